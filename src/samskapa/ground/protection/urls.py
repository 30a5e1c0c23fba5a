"""Addresses: one's own protection, and that of the people of a coordinator's area."""

from django.urls import path

from . import views

app_name = "protection"
urlpatterns = [
    path("konto/skydd/", views.own, name="own"),
    path("konto/skydd/ta-bort/", views.own_lift, name="own_lift"),
    path("personer/", views.people, name="people"),
    path("personer/<int:pk>/skydda/", views.protect, name="protect"),
    path("personer/<int:pk>/skyddad/", views.person, name="person"),
    path("personer/<int:pk>/skyddad/samordnare/", views.name, name="name"),
    path("personer/<int:pk>/skyddad/ta-bort/", views.lift, name="lift"),
]
