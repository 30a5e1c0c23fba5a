"""What the database says in the end, as JSON: `python -m tests.soak.examine`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from samskapa.ground.core.models import AuditEntry, Event, OutboxMail  # noqa: E402
from samskapa.ground.core.queries import Verification, read_heads  # noqa: E402
from samskapa.ground.core.services import is_unbroken  # noqa: E402


def trail_faults() -> list[str]:
    """What `samskapa audit verify` would say: the chain, and every head that was told outside."""
    return [str(fault) for fault in Verification(heads=read_heads(Path(settings.TRAIL_HEAD))).faults()]


def findings() -> dict:
    return {
        "trail": sorted(AuditEntry.objects.filter(action="soak.written").values_list("details__number", flat=True)),
        "broken_seals": [entry.pk for entry in AuditEntry.objects.all() if not is_unbroken(entry)],
        "trail_faults": trail_faults(),
        "events": {
            name: sorted(int(key) for key in Event.objects.filter(name=name).values_list("key", flat=True))
            for name in ("soak.written", "soak.followed", "soak.stumbled", "soak.got_up")
        },
        "unhandled": Event.objects.filter(handled_at=None).count(),
        "jobs": Counter(DBTaskResult.objects.values_list("status", flat=True)),
        "failed_jobs": [str(pk) for pk in DBTaskResult.objects.filter(status="FAILED").values_list("pk", flat=True)],
        "mails": Counter(OutboxMail.objects.values_list("state", flat=True)),
        "message_ids": sorted(OutboxMail.objects.values_list("message_id", flat=True)),
        "mails_tried_more_than_once": OutboxMail.objects.filter(attempts__gt=1).count(),
    }


if __name__ == "__main__":
    print(json.dumps(findings()))
