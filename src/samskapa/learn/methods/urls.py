"""Knowledge, under /kunskap/."""

from django.urls import path

from . import views

app_name = "methods"
urlpatterns = [
    path("", views.home, name="home"),
    path("metoder/", views.methods, name="methods"),
    path("metoder/<slug:slug>/", views.method, name="method"),
    path("att-vara-vard/", views.host, name="host"),
]
