"""Pages of matching, under /matchning/."""

from django.urls import path

from .views import answering, asking, enquiring, looking_up

app_name = "matching"

urlpatterns = [
    path("uppdrag/<int:pk>/", asking.fits, name="fits"),
    path("uppdrag/<int:pk>/omgangar/", asking.waves_page, name="waves"),
    path("uppdrag/<int:pk>/sok/", looking_up.look_up, name="look_up"),
    path("uppdrag/<int:pk>/medlem/<int:member_pk>/", looking_up.why, name="why"),
    path("medlem/<int:pk>/", looking_up.of_member, name="of_member"),
    path("uppdrag/<int:pk>/andra/", enquiring.whom, name="whom"),
    path("uppdrag/<int:pk>/andra/fraga/", enquiring.enquire, name="enquire"),
    path("forfragan/<int:pk>/", enquiring.enquiry, name="enquiry"),
    path("forfragan/<int:pk>/svara/", enquiring.answer, name="answer_enquiry"),
    path("forfragan/<int:pk>/ta-tillbaka/", enquiring.take_back, name="take_back_enquiry"),
    path("omgang/<int:pk>/stanna/", asking.stop_next, name="stop_next"),
    path("inbjudan/<int:pk>/", answering.invitation, name="invitation"),
    path("inbjudan/<int:pk>/ta-tillbaka/", asking.take_back, name="take_back"),
    path("svar/<str:token>/", answering.by_link, name="by_link"),
]
