"""The gallery of components."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("exempel/<slug:name>/", views.example, name="example"),
]
