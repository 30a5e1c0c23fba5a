"""Addresses."""

from django.urls import include, path

from . import views

pages: list = []

urlpatterns: list = [
    path("healthz", views.healthz, name="healthz"),
    path("", include((pages, "pages"))),
]
