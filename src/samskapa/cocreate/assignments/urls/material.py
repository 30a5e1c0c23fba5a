"""Addresses of an assignment's material."""

from __future__ import annotations

from django.urls import path

from ..views import material

urlpatterns = [
    path("<int:pk>/material/", material.materials, name="materials"),
    path("<int:pk>/material/nytt/", material.material_add, name="material_add"),
    path("material/<int:pk>/", material.material, name="material"),
    path("material/<int:pk>/oppet/", material.material_open, name="material_open"),
    path("material/<int:pk>/andra/", material.material_change, name="material_change"),
    path("material/<int:pk>/upp/", material.material_up, name="material_up"),
    path("material/<int:pk>/ta-bort/", material.material_remove, name="material_remove"),
]
