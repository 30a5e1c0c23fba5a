"""Every address. Each one stands in docs/roles.md, and a test compares the two."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("samskapa.edge.pages.urls")),
    path("", include("samskapa.edge.my_data.urls")),
    path("handlingar/", include("samskapa.edge.records.urls")),
    path("siffror/", include("samskapa.edge.statistics.urls")),
    path("konto/", include("samskapa.ground.people.urls")),
    path("", include("samskapa.ground.organisations.urls")),
    path("", include("samskapa.ground.notices.urls")),
    path("", include("samskapa.ground.protection.urls")),
    path("", include("samskapa.ground.helping.urls")),
    path("", include("samskapa.ground.concerns.urls")),
    path("resursgrupp/", include("samskapa.cocreate.pool.urls")),
    path("starta-resursgrupp/", include("samskapa.cocreate.starting.urls")),
    path("resursgrupp/", include("samskapa.cocreate.importing.urls")),
    path("vilka-ar-med/", include("samskapa.cocreate.coverage.urls")),
    path("", include("samskapa.cocreate.recruiting.urls")),
    path("resursgrupp/", include("samskapa.cocreate.circulars.urls")),
    path("uppdrag/", include("samskapa.cocreate.assignments.urls")),
    path("matchning/", include("samskapa.cocreate.matching.urls")),
    path("", include("samskapa.listen.surveys.urls")),
    path("uppdrag/", include("samskapa.cocreate.underway.urls")),
    path("kunskap/", include("samskapa.learn.methods.urls")),
    path("fil/", include("samskapa.ground.documents.urls")),
    path("komponenter/", include("samskapa.ground.design.urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("samskapa.edge.demo.urls"))]

handler404 = "samskapa.edge.pages.views.not_found"
handler403 = "samskapa.edge.pages.views.forbidden"
