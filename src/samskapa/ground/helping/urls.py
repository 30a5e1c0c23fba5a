"""Addresses: the coordinator's, and the person's own."""

from django.urls import path

from . import views

app_name = "helping"
urlpatterns = [
    path("hjalp/", views.desk, name="desk"),
    path("hjalp/registrera/", views.register, name="register"),
    path("hjalp/avsluta/", views.end, name="end"),
    path("hjalp/<int:pk>/", views.person, name="person"),
    path("hjalp/<int:pk>/borja/", views.begin, name="begin"),
    path("hjalp/<int:pk>/bjud-in/", views.invite, name="invite"),
    path("hjalp/brev/<int:pk>.pdf", views.letter, name="letter"),
    path("hjalp/brev/<int:pk>/postat/", views.posted, name="posted"),
    path("hjalp/mejl/<int:pk>/", views.mail, name="mail"),
    path("konto/hjalp/", views.own, name="own"),
    path("konto/ta-over/<str:token>/", views.take_over, name="take_over"),
]
