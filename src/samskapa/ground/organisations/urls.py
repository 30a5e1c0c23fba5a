"""Addresses: the public directory, invitations, and the people of one's own organisation."""

from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("organisationer/", views.directory, name="directory"),
    path("organisationer/<int:pk>/", views.organisation, name="organisation"),
    path("organisationer/personer/", views.people, name="people"),
    path("organisationer/personer/bjud-in/", views.invite, name="invite"),
    path("organisationer/personer/<int:pk>/avsluta/", views.end_role, name="end_role"),
    path("konto/steg/<str:token>/", views.step, name="step"),
    path("konto/inbjudan/<str:token>/", views.invitation, name="invitation"),
]
