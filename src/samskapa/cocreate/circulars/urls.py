"""Pages of letters to many, under /resursgrupp/."""

from django.urls import path

from . import views

app_name = "circulars"

urlpatterns = [
    path("<int:pk>/brev/", views.circulars, name="circulars"),
    path("<int:pk>/brev/nytt/", views.new, name="new"),
    path("brev/<int:pk>/", views.circular, name="circular"),
    path("brev/<int:pk>/andra/", views.change, name="change"),
    path("brev/<int:pk>/skicka/", views.send, name="send"),
    path("brev/<int:pk>/fortsatt/", views.go_on, name="go_on"),
    path("brev/<int:pk>/slang/", views.throw_away, name="throw_away"),
    path("brev/<int:pk>/last/", views.letter, name="letter"),
]
