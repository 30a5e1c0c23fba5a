"""Addresses of the work, under /uppdrag/."""

from __future__ import annotations

from django.urls import path

from .views import check_ins, closing, mine, questions, time, work

app_name = "underway"
urlpatterns = [
    path("<int:pk>/arbetet/", work.work, name="work"),
    path("<int:pk>/arbetet/bidrag/", work.contribute, name="contribute"),
    path("bidrag/<int:pk>/", work.outcome, name="outcome"),
    path("bidrag/<int:pk>/ta-tillbaka/", work.take_back, name="take_back"),
    path("avstamning/<int:pk>/", check_ins.check_in, name="check_in"),
    path("avstamning/<int:pk>/flytta/", check_ins.move, name="move_check_in"),
    path("overenskommelse/<int:pk>/avstamning/", check_ins.add, name="add_check_in"),
    path("overenskommelse/<int:pk>/hallet/", check_ins.promises, name="promises"),
    path("overenskommelse/<int:pk>/tid/", time.time, name="time"),
    path("<int:pk>/arbetet/fragor/", questions.questions, name="questions"),
    path("<int:pk>/arbetet/beratta/", closing.tell, name="tell"),
    path("aterkoppling/<int:pk>/", closing.confirm, name="confirm"),
    path("overenskommelse/<int:pk>/mitt-namn/", closing.credit, name="credit"),
    path("mitt/", mine.mine, name="mine"),
    path("overenskommelse/<int:pk>/intyg/pdf/", mine.certificate, name="certificate"),
]
