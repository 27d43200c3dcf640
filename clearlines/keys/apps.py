from django.apps import AppConfig


class Keys(AppConfig):
    name = "clearlines.keys"

    def ready(self) -> None:
        from clearlines.keys import checks  # noqa: F401
