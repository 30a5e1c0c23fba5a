"""The file a person takes along: the same facts as JSON, and as a page to read without us."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.models import Person

from ..domain import as_json
from ..queries import Part, everything_about, how_long

FORMAT = 1


@transaction.atomic
def take_along(person: Person, *, by: Actor, now: datetime) -> bytes:
    """A ZIP archive with all that is held about the person: uppgifter.json, uppgifter.html and its style.

    In the trail, and in what is taken along the next time.
    """
    record("my_data.taken_along", by=by, at=now, on=person)
    parts = everything_about(person.pk)
    told = {
        "uppgifter.json": json.dumps(_told(parts, now), ensure_ascii=False, indent=2),
        "uppgifter.html": render_to_string("my_data/archive.html", {"parts": parts, "person": person, "now": now}),
        "uppgifter.css": render_to_string("my_data/archive.css"),
    }
    archive = io.BytesIO()
    at = timezone.localtime(now).timetuple()[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in told.items():
            entry = zipfile.ZipInfo(name, date_time=at)  # the same data at the same moment is the same file
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            file.writestr(entry, text)
    return archive.getvalue()


def _told(parts: list[Part], now: datetime) -> dict:
    return {
        "format": FORMAT,
        "made_at": as_json(now),
        "kinds": [
            {
                "key": part.kind.key,
                "title": str(part.kind.title),
                "what": str(part.kind.what),
                "why": str(part.kind.why),
                "how_long": how_long(part.kind),
                "kept_when_forgotten": str(part.kind.kept),
                "rows": [
                    {"title": str(row.title)} | {fact.key: as_json(fact.value) for fact in row.facts}
                    for row in part.rows
                ],
            }
            for part in parts
        ],
    }
