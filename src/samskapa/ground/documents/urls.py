"""Files that people have sent."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [path("<str:token>/", views.upload, name="upload")]
