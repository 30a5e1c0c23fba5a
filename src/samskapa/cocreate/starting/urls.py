"""Pages of starting a resource group, under /starta-resursgrupp/."""

from django.urls import path

from . import views

app_name = "starting"

urlpatterns = [
    path("<int:pk>/", views.start, name="start"),
    path("<int:pk>/<str:key>/", views.step, name="step"),
]
