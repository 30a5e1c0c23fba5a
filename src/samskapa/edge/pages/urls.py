"""Start, my page, the desk, and pages that join apps."""

from django.urls import include, path

from . import views

pages = [
    path("", views.start, name="start"),
    path("mitt/", views.my_page, name="my_page"),
    path("oversikt/", views.desk, name="desk"),
    path("verksamhet/", views.host, name="host"),
    path("drift/", views.operations, name="operations"),
    path("drift/jobb/<uuid:pk>/", views.run_job_again, name="run_job_again"),
    path("drift/brev/<int:pk>/", views.send_mail_again, name="send_mail_again"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("dina-uppgifter/", views.your_data, name="your_data"),
]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("metrics", views.metrics, name="metrics"),
    path("", include((pages, "pages"))),
]
