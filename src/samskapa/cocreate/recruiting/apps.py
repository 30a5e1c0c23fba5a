from django.apps import AppConfig


class Config(AppConfig):
    name = "samskapa.cocreate.recruiting"
