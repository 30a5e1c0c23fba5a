"""Answers the health question before anything that needs the database; and what every answer says of itself."""

from __future__ import annotations

from samskapa.ground.core.domain import BeingRestored
from samskapa.ground.core.services.maintenance import at_work

from .views import being_restored, healthz

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
