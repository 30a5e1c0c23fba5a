"""Everything about oneself, and noting that somebody has died."""

from django.urls import path

from . import views

app_name = "my_data"
urlpatterns = [
    path("konto/mina-uppgifter/", views.mine, name="mine"),
    path("konto/mina-uppgifter/ta-med/", views.take_along, name="take_along"),
    path("konto/mina-uppgifter/ta-tillbaka/", views.take_back, name="take_back"),
    path("konto/mina-uppgifter/bli-glomd/", views.forget, name="forget"),
    path("avlidna/", views.deaths, name="deaths"),
    path("avlidna/<int:pk>/", views.note_death, name="note_death"),
    path("avlidna/<int:pk>/angra/", views.undo_death, name="undo_death"),
]
