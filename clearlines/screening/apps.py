from django.apps import AppConfig


class Screening(AppConfig):
    name = "clearlines.screening"

    def ready(self) -> None:
        from clearlines.screening import checks  # noqa: F401
