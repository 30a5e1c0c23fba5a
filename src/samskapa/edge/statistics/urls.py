"""The figures of the work, under /siffror/."""

from django.urls import path

from . import views

app_name = "statistics"
_MONTH = "<int:pk>/<str:month>/"
urlpatterns = [
    path("", views.home, name="home"),
    path(_MONTH, views.month, name="month"),
    path(f"{_MONTH}siffror.csv", views.month_csv, name="month_csv"),
    path(f"{_MONTH}siffror.xlsx", views.month_xlsx, name="month_xlsx"),
    path(f"{_MONTH}siffror.pdf", views.month_pdf, name="month_pdf"),
    path(f"{_MONTH}kommentar/", views.comment, name="comment"),
]
