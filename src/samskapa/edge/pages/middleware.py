"""Answers the health question before anything that needs the database."""

from __future__ import annotations

from .views import healthz


class HealthFirst:
    """Stands before sessions: they, and the host name, are read further in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            return healthz(request)
        return self.get_response(request)
