"""Pages of lists, under /resursgrupp/."""

from django.urls import path

from . import views

app_name = "importing"

urlpatterns = [
    path("<int:pk>/lista/", views.start, name="start"),
    path("<int:pk>/medlemmar.<str:kind>", views.export, name="export"),
    path("lista/<int:pk>/", views.progress, name="progress"),
    path("lista/<int:pk>/kolumner/", views.columns, name="columns"),
    path("lista/<int:pk>/rader/<str:kind>/", views.rows, name="rows"),
    path("lista/<int:pk>/kanske-samma/", views.twins, name="twins"),
    path("lista/<int:pk>/ta-in/", views.take_in, name="take_in"),
    path("lista/<int:pk>/meddela/", views.tell, name="tell"),
    path("lista/<int:pk>/fortsatt/", views.go_on, name="go_on"),
    path("lista/<int:pk>/klar/", views.close, name="close"),
    path("nej/<str:token>/", views.no, name="no"),
]
