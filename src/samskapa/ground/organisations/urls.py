"""Addresses: the public directory, invitations, and the people of one's own organisation."""

from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("konto/inbjudan/<str:token>/", views.invitation, name="invitation"),
]
