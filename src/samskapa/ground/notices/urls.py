"""Addresses: what has happened, what one wants to know, and the link that ends the digest."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("mitt/hant/", views.page, name="page"),
    path("mitt/hant/last/", views.read, name="read"),
    path("konto/mejl/", views.choose, name="choose"),
    path("konto/mejl/samlat/", views.digest, name="digest"),
    path("mejl/sluta/<str:token>/", views.stop, name="stop"),
]
