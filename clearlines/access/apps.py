from django.apps import AppConfig


class Access(AppConfig):
    name = "clearlines.access"

    def ready(self) -> None:
        from clearlines.access import starting  # noqa: F401
