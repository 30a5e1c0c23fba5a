"""Answers the health question before anything that needs the database; tells the log and the watcher of every request;
and what every answer says of itself."""

from __future__ import annotations

import logging
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.http import Http404

from samskapa.ground.core.domain import HIGHEST_ID, BeingRestored
from samskapa.ground.core.services.maintenance import at_work

from .metrics import METHODS, count_request
from .views import being_restored, healthz

log = logging.getLogger("samskapa.request")

#: What our pages never ask a browser for, and what may therefore not be asked for in their name either.
PERMISSIONS = ", ".join(
    f"{what}=()"
    for what in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
    )
)
#: Passkeys, for our own pages and nobody framed in them.
PERMISSIONS += ", publickey-credentials-create=(self), publickey-credentials-get=(self)"


class NumbersThatExist:
    """No row has a number of more than 64 bits: an address with one leads to what is missing, before a database that
    cannot hold it is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(isinstance(value, int) and value > HIGHEST_ID for value in kwargs.values()):
            raise Http404


class Observed:
    """Outermost. A line in the log for each request, with a number that the answer bears too (X-Request-ID), and
    where it is asked for a count. Routes and ids: an address may hold a key or what somebody searched for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id, began = uuid4().hex, perf_counter()
        response = self.get_response(request)
        seconds = perf_counter() - began
        response.headers["X-Request-ID"] = request.id
        match = request.resolver_match
        route = match.view_name or "-" if match else "-"  # what the health question and static files are, too
        log.log(
            logging.DEBUG if match is None and response.status_code < 400 else logging.INFO,
            "request answered request=%s route=%s object=%s method=%s status=%d ms=%d person=%s",
            request.id,
            route,
            next((value for value in match.kwargs.values() if isinstance(value, int)), "-") if match else "-",
            request.method if request.method in METHODS else "other",
            response.status_code,
            round(seconds * 1000),
            getattr(getattr(request, "actor", None), "person_id", None) or "-",
        )
        if settings.METRICS_TOKEN:
            count_request(route, request.method, response.status_code, seconds)
        return response


class HealthFirst:
    """Stands before sessions: they, and the host name, are read further in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            return healthz(request)
        return self.get_response(request)


class ClosedWhileRestoring:
    """Nobody reads or writes while a backup is put back. Each request says that it is at work, so that the one who
    puts back can wait for the last of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            with at_work():
                return self.get_response(request)
        except BeingRestored:
            return being_restored(request)


class Discreet:
    """Outermost. A page that somebody read while logged in is kept nowhere: on a shared computer the back button
    shows it to nobody once they have logged out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        # Both: after log-in the user is new and the actor is old, after log-out the other way round. `actor` is
        # there when sessions have been read, so asking costs no query.
        actor = getattr(request, "actor", None)
        somebody = actor is not None and (actor.person_id is not None or request.user.is_authenticated)
        if somebody and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response
