"""Addresses of the demo; there are none outside demo mode."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:pk>/", views.step_into, name="step_into"),
]
