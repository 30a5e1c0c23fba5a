"""Addresses of assignments, under /uppdrag/."""

from . import agree, informed, journey, material, need

app_name = "assignments"
urlpatterns = need.urlpatterns + informed.urlpatterns + journey.urlpatterns + agree.urlpatterns + material.urlpatterns
