from django.apps import AppConfig


class Config(AppConfig):
    name = "tests.ground.core.secretive"
    label = "secretive"
