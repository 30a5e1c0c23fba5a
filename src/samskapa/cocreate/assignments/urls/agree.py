"""Addresses of the agreements of an assignment."""

from __future__ import annotations

from django.urls import path

from ..views import agree, standing

urlpatterns = [
    path("<int:pk>/overenskommelser/", agree.agreements, name="agreements"),
    path("overenskommelse/<int:pk>/", agree.agreement, name="agreement"),
    path("overenskommelse/<int:pk>/svara/", agree.agreement_answer, name="agreement_answer"),
    path("overenskommelse/<int:pk>/historik/", agree.agreement_history, name="agreement_history"),
    path("overenskommelse/<int:pk>/pdf/", agree.agreement_pdf, name="agreement_pdf"),
    path("overenskommelse/<int:pk>/version/<int:number>/", agree.agreement_version, name="agreement_version"),
    path("overenskommelse/<int:pk>/period/", standing.agreement_term, name="agreement_term"),
    path("overenskommelse/<int:pk>/period/slut/", standing.agreement_term_end, name="agreement_term_end"),
    path("overenskommelse/<int:pk>/overlamning/", standing.agreement_hand_over, name="agreement_hand_over"),
    path("overlamning/<int:pk>/klar/", standing.hand_over_done, name="hand_over_done"),
    path("<int:pk>/aterkoppla/", standing.tell_back, name="tell_back"),
    path(
        "overenskommelse/<int:pk>/version/<int:number>/pdf/", agree.agreement_version_pdf, name="agreement_version_pdf"
    ),
]
