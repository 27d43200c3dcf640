from django.apps import AppConfig


class Disruptions(AppConfig):
    name = "clearlines.disruptions"

    def ready(self) -> None:
        from clearlines.disruptions import checks  # noqa: F401
