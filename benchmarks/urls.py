"""Every address of the product, and a constant page beside each measured one: `/konstant/...`."""

from importlib import import_module

from django.urls import include, path

from samskapa.cocreate.assignments.views import open as open_views
from samskapa.cocreate.matching.views import asking
from samskapa.cocreate.pool.views import group, running
from samskapa.cocreate.underway.views import mine, work
from samskapa.edge.statistics import views as statistics

from .constant import constant

urlpatterns = [
    path("konstant/uppdrag/", constant(open_views, "open_list")),
    path("konstant/uppdrag/<int:pk>/", constant(open_views, "assignment")),
    path("konstant/uppdrag/<int:pk>/arbetet/", constant(work, "work")),
    path("konstant/uppdrag/mitt/", constant(mine, "mine")),
    path("konstant/resursgrupp/<int:pk>/medlemmar/", constant(group, "members")),
    path("konstant/resursgrupp/<int:pk>/vantar/", constant(running, "waiting")),
    path("konstant/matchning/uppdrag/<int:pk>/", constant(asking, "fits")),
    path("konstant/oversikt/", constant(import_module("samskapa.edge.pages.views.desk"), "desk")),
    path("konstant/siffror/<int:pk>/<str:month>/", constant(statistics, "month")),
    path("", include("samskapa.config.urls")),
]
handler404 = "samskapa.edge.pages.views.not_found"
