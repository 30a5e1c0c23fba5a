"""Addresses of assignments, under /uppdrag/."""

from . import journey, need

app_name = "assignments"
urlpatterns = need.urlpatterns + journey.urlpatterns
