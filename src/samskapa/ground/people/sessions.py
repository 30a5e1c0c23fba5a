"""The session store: Django's own in the database, with whose it is and from where, so that one can end one's own.

Each column is read off the session's data when it is saved, so looking at a page costs no query more.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from .domain import PLACE, STRENGTH
from .models import Session


class SessionStore(db.SessionStore):
    """settings.SESSION_ENGINE."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        person_id, place = data.get(SESSION_KEY), data.get(PLACE)
        row.person_id = int(person_id) if person_id else None
        if person_id and place:
            row.handle, row.browser, row.system = place["handle"], place["browser"], place["system"]
            row.began_at, row.seen_at = _moment(place["began"]), _moment(place["seen"])
        row.strength = int(data.get(STRENGTH) or 0)
        return row


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
