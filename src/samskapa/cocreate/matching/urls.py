"""Pages of matching, under /matchning/."""

from django.urls import path

from .views import answering, asking

app_name = "matching"

urlpatterns = [
    path("uppdrag/<int:pk>/", asking.fits, name="fits"),
    path("uppdrag/<int:pk>/omgangar/", asking.waves_page, name="waves"),
    path("uppdrag/<int:pk>/medlem/<int:member_pk>/", asking.why, name="why"),
    path("omgang/<int:pk>/stanna/", asking.stop_next, name="stop_next"),
    path("inbjudan/<int:pk>/", answering.invitation, name="invitation"),
    path("inbjudan/<int:pk>/ta-tillbaka/", asking.take_back, name="take_back"),
    path("svar/<str:token>/", answering.by_link, name="by_link"),
]
