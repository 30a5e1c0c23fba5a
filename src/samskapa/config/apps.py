from django.apps import AppConfig


class Config(AppConfig):
    name = "samskapa.config"

    def ready(self):
        from samskapa.config import checks  # noqa: F401, PLC0415 -- registers them
