"""Addresses of following, and of saved searches."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import feeds, informed

urlpatterns: list[URLPattern] = [
    path("foljer/", informed.following, name="following"),
    path("<int:pk>/folj/", informed.follow, name="follow"),
    path("<int:pk>/sluta-folja/", informed.unfollow, name="unfollow"),
    path("foljer/<int:pk>/hur/", informed.follow_pace, name="follow_pace"),
    path("sokningar/spara/", informed.save_search, name="save_search"),
    path("sokningar/<int:pk>/hur/", informed.search_pace, name="search_pace"),
    path("sokningar/<int:pk>/ta-bort/", informed.remove_search, name="remove_search"),
    path("sokningar/<int:pk>/ny-adress/", informed.renew_feed, name="renew_feed"),
    path("sokningar/flode/<str:token>/atom.xml", feeds.search_atom, name="search_atom"),
    path("sluta/<str:token>/", informed.stop_news, name="stop_news"),
]
