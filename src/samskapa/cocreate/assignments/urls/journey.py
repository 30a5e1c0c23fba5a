"""Addresses of the open list, applying, choosing and agreeing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
