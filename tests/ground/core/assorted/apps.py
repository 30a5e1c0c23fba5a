from django.apps import AppConfig


class Config(AppConfig):
    name = "tests.ground.core.assorted"
    label = "assorted"
