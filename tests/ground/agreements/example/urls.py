from django.urls import path

from samskapa.config.urls import urlpatterns as product

from . import views

urlpatterns = [
    *product,
    path("example/<int:pk>/", views.agreement, name="agreement"),
    path("example/<int:pk>/answer/", views.answer, name="answer"),
    path("example/<int:pk>/history/", views.history, name="history"),
]
