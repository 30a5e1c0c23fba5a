"""Addresses of assignments, under /uppdrag/."""

from . import agree, journey, material, need

app_name = "assignments"
urlpatterns = need.urlpatterns + journey.urlpatterns + agree.urlpatterns + material.urlpatterns
