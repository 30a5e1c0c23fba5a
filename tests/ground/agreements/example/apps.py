from django.apps import AppConfig


class Config(AppConfig):
    name = "tests.ground.agreements.example"
    label = "example"
