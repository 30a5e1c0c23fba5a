"""The figures of the work, under /siffror/."""

from django.urls import path

from . import views
from .views import year

app_name = "statistics"
_MONTH = "<int:pk>/<str:month>/"
_YEAR = "grupp/<int:pk>/<int:number>/"
_SHARED = f"{_YEAR}att-lamna-vidare/"
urlpatterns = [
    path("", views.home, name="home"),
    path("grupp/<int:pk>/", year.year, name="this_year"),
    path(_YEAR, year.year, name="year"),
    path(f"{_YEAR}siffror.xlsx", year.year_xlsx, name="year_xlsx"),
    path(f"{_YEAR}siffror.pdf", year.year_pdf, name="year_pdf"),
    path(_SHARED, year.year, {"is_shared": True}, name="year_shared"),
    path(f"{_SHARED}siffror.xlsx", year.year_xlsx, {"is_shared": True}, name="year_shared_xlsx"),
    path(f"{_SHARED}siffror.pdf", year.year_pdf, {"is_shared": True}, name="year_shared_pdf"),
    path(_MONTH, views.month, name="month"),
    path(f"{_MONTH}siffror.csv", views.month_csv, name="month_csv"),
    path(f"{_MONTH}siffror.xlsx", views.month_xlsx, name="month_xlsx"),
    path(f"{_MONTH}siffror.pdf", views.month_pdf, name="month_pdf"),
    path(f"{_MONTH}kommentar/", views.comment, name="comment"),
]
