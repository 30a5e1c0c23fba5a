"""When a session was last used, for the person's own list: noted at most every ten minutes."""

from __future__ import annotations

import time

from .domain import PLACE

#: Seconds between two notes; each one writes the session.
NOTED_EVERY = 10 * 60


class LastSeen:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            place, now = request.session.get(PLACE), time.time()
            if place and now - place["seen"] > NOTED_EVERY:
                request.session[PLACE] = place | {"seen": now}
        return self.get_response(request)
