"""Addresses of the open list, asking, applying and choosing."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import apply, choose, feeds, nominate
from ..views import open as open_views

urlpatterns: list[URLPattern] = [
    path("", open_views.open_list, name="open"),
    path("lista.json", feeds.open_json, name="open_json"),
    path("atom.xml", feeds.open_atom, name="open_atom"),
    path("<int:pk>/", open_views.assignment, name="assignment"),
    path("<int:pk>/fraga/", open_views.ask, name="ask"),
    path("fraga/<int:pk>/svara/", open_views.answer_question, name="answer_question"),
    path("fraga/<int:pk>/dolj/", open_views.hide_question, name="hide_question"),
    path("<int:pk>/anmal/", apply.apply, name="apply"),
    path("mina/", apply.my_applications, name="my_applications"),
    path("mina/<int:pk>/", apply.my_application, name="my_application"),
    path("mina/<int:pk>/tack/", apply.applied, name="applied"),
    path("mina/<int:pk>/andra/", apply.change_application, name="change_application"),
    path("mina/<int:pk>/dra-tillbaka/", apply.withdraw, name="withdraw"),
    path("mina/<int:pk>/presentera/", apply.present, name="present"),
    path("<int:pk>/nominera/", nominate.nominate, name="nominate"),
    path("nomineringar/", nominate.nominations, name="nominations"),
    path("nominering/<int:pk>/", nominate.nomination, name="nomination"),
    path("nominering/<int:pk>/ja/", nominate.accept_nomination, name="accept_nomination"),
    path("nominering/<int:pk>/nej/", nominate.decline_nomination, name="decline_nomination"),
    path("<int:pk>/sokande/", choose.applicants, name="applicants"),
    path("<int:pk>/sokande/<int:application_pk>/", choose.applicant, name="applicant"),
    path("<int:pk>/sokande/<int:application_pk>/jav/", choose.assess_conflict, name="assess_conflict"),
    path("<int:pk>/sokande/<int:application_pk>/svar/", choose.answer_applicant, name="answer_applicant"),
    path("<int:pk>/valj/", choose.choose, name="choose"),
    path("<int:pk>/klart/", choose.finish_choosing, name="finish_choosing"),
    path("<int:pk>/stang/", choose.close_early, name="close_early"),
    path("<int:pk>/forlang/", choose.extend, name="extend"),
    path("<int:pk>/stall-in/", choose.call_off, name="call_off"),
]
