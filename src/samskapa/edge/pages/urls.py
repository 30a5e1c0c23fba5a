"""Addresses."""

from django.urls import path

from . import views

urlpatterns: list = [
    path("healthz", views.healthz, name="healthz"),
]
