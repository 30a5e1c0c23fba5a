"""Addresses of describing a need and publishing it."""

from __future__ import annotations

from django.urls import path

from ..views import need, publishing

urlpatterns = [
    path("behov/", need.needs, name="needs"),
    path("behov/ny/", need.need_new, name="need_new"),
    path("behov/kort/", need.need_quick, name="need_quick"),
    path("behov/<int:pk>/", need.need, name="need"),
    path("behov/<int:pk>/granska/", publishing.need_review, name="need_review"),
    path("behov/<int:pk>/historik/", need.need_history, name="need_history"),
    path("behov/<int:pk>/skicka/", publishing.need_send, name="need_send"),
    path("behov/<int:pk>/ta-tillbaka/", publishing.need_take_back, name="need_take_back"),
    path("behov/<int:pk>/skicka-tillbaka/", publishing.need_send_back, name="need_send_back"),
    path("behov/<int:pk>/publicera/", publishing.need_publish, name="need_publish"),
    path("behov/<int:pk>/avbryt/", publishing.need_cancel, name="need_cancel"),
    path("behov/<int:pk>/verksamhet/", publishing.need_unit, name="need_unit"),
    path("behov/<int:pk>/kommentar/<int:comment_pk>/klar/", need.need_comment_done, name="need_comment_done"),
    path("behov/<int:pk>/<slug:key>/", need.need_part, name="need_part"),
    path("behov/<int:pk>/<slug:key>/kommentar/", need.need_comment, name="need_comment"),
]
