"""Who is in a group and who is missing, under /vilka-ar-med/."""

from django.urls import path

from . import views

app_name = "coverage"

urlpatterns = [
    path("befolkning/", views.population, name="population"),
    path("befolkning/<int:pk>/ta-bort/", views.remove_table, name="remove_table"),
    path("<int:pk>/", views.told, name="told"),
    path("<int:pk>/manad/<str:month>/", views.told, name="told_then"),
    path("<int:pk>/nu/", views.now, name="now"),
    path("<int:pk>/mata/", views.measure, name="measure"),
]
