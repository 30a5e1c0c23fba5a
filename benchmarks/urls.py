"""Every address of the product, and a constant page beside each measured one: `/konstant/...`."""

from django.urls import include, path

from benchmarks import constant

urlpatterns = [
    path("konstant/lista/", constant.open_list),
    path("konstant/uppdrag/<int:pk>/", constant.assignment),
    path("", include("samskapa.config.urls")),
]
handler404 = "samskapa.edge.pages.views.not_found"
