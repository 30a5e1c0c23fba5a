"""Addresses: help now for everybody; for coordinators what waits to be read, and the routine."""

from django.urls import path

from . import views

app_name = "concerns"
urlpatterns = [
    path("hjalp-nu/", views.help_now, name="help_now"),
    path("oro/", views.concerns, name="concerns"),
    path("oro/rutin/", views.routine, name="routine"),
    path("oro/<int:pk>/", views.concern, name="concern"),
]
