"""Addresses of assignments, under /uppdrag/."""

from . import agree, informed, journey, need

app_name = "assignments"
urlpatterns = need.urlpatterns + informed.urlpatterns + journey.urlpatterns + agree.urlpatterns
