"""Addresses: one's own link, and the rounds of those who ask."""

from django.urls import path

from .views import answering, paper, rounds

app_name = "surveys"
urlpatterns = [
    path("fraga/<str:token>/", answering.sheet, name="sheet"),
    path("fraga/<str:token>/svara/<slug:key>/", answering.question, name="question"),
    path("fraga/<str:token>/titta-igenom/", answering.check, name="check"),
    path("fraga/<str:token>/resultat/", answering.results, name="results_by_link"),
    path("fragor/", rounds.askings, name="askings"),
    path("fragor/ny/", rounds.choose, name="choose"),
    path("fragor/ny/<slug:key>/", rounds.ask, name="ask"),
    path("fragor/<int:pk>/", rounds.asking, name="asking"),
    path("fragor/<int:pk>/fler/", rounds.more, name="more"),
    path("fragor/<int:pk>/paminn/", rounds.remind, name="remind"),
    path("fragor/<int:pk>/stang/", rounds.close, name="close"),
    path("fragor/<int:pk>/svar/", rounds.answers, name="answers"),
    path("fragor/<int:pk>/resultat/", rounds.results, name="results"),
    path("fragor/<int:pk>/beratta/", rounds.tell, name="tell"),
    path("fragor/<int:pk>/papper/<int:number>/", paper.paper, name="paper"),
    path("fragor/<int:pk>/papper/<int:number>/svar/", paper.type_in, name="type_in"),
]
