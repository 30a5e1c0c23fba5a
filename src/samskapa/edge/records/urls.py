"""What a public body does with its documents."""

from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("", views.home, name="home"),
    path("gallring/<slug:key>/", views.decide, name="decide"),
    path("diarium/", views.diary, name="diary"),
    path("diarium/<int:pk>/", views.export, name="export"),
    path("diarium/<int:pk>.csv", views.export_csv, name="export_csv"),
    path("diarium/<int:pk>.json", views.export_json, name="export_json"),
    path("utlamnande/", views.requests, name="requests"),
    path("utlamnande/ny/", views.request_new, name="request_new"),
    path("utlamnande/<int:pk>/", views.request_page, name="request"),
    path("utlamnande/<int:pk>/svara/", views.answer, name="answer"),
    path("utlamnande/<int:pk>/att-bedoma.zip", views.for_assessment, name="for_assessment"),
    path("utlamnande/<int:pk>/att-lamna-ut.zip", views.to_hand_out, name="to_hand_out"),
    path("utlamnande/<int:pk>/<int:document_pk>/", views.document, name="document"),
]
