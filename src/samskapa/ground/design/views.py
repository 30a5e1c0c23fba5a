"""The gallery: every component in every state, with when to use it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components. Public: it is documentation."""
    return render(request, "design/gallery.html", {})
