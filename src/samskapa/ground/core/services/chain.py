"""The chain through the trail: one link a row, laid by the worker, and how far it has come told outside."""

from __future__ import annotations

import fcntl
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min, QuerySet

from ..domain import TrailHead, head_line, link_digest, thinned
from ..models import AuditEntry, AuditLink
from ..queries.trail import trail_head

log = logging.getLogger("samskapa.trail")

#: Rows that one transaction links.
BATCH = 500
#: How many links back a quick look goes: a row whose transaction was open while more than this were linked is found
#: by the hourly look from the start.
WINDOW = 1000
#: PostgreSQL's number of the lock that whoever lays links holds.
CHAIN_LOCK = 0x74726169
#: The file of heads is thinned when it is longer: the last lines stay, of older days one each.
HEADS_BYTES, HEADS_KEPT = 1_000_000, 2_000


def link_all(*, now: datetime, from_the_start: bool = False) -> int:
    """Put every row that is not in the chain into it, in the order of their numbers; returns how many.

    Then tell the log and the file of heads how far it has come. Another worker at it at the same time: 0.
    """
    total = 0
    while linked := _link_some(from_the_start):
        total += linked
    if total:
        head = trail_head()
        if head is None:
            raise RuntimeError("linked rows but no head")
        log.info("trail linked rows=%d position=%d digest=%s", total, head.position, head.digest)
        write_down(head, now)
    return total


def _link_some(from_the_start: bool) -> int:
    if not _unlinked(from_the_start).exists():
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        head = trail_head()
        position, digest = (head.position, head.digest) if head else (0, "")
        links = []
        for entry_id, mac in _unlinked(from_the_start).order_by("pk").values_list("pk", "mac")[:BATCH]:
            position += 1
            digest = link_digest(digest, position=position, entry_id=entry_id, mac=mac, key=settings.TRAIL_KEY)
            links.append(AuditLink(entry_id=entry_id, position=position, digest=digest))
        AuditLink.objects.bulk_create(links)
    return len(links)


def _alone() -> bool:
    """Whether nobody else is linking, until this transaction ends. On SQLite a transaction is alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHAIN_LOCK])
        return cursor.fetchone()[0]


def _unlinked(from_the_start: bool) -> QuerySet[AuditEntry]:
    head = None if from_the_start else trail_head()
    if head is None:
        return AuditEntry.objects.filter(link=None)
    # Numbers are given at INSERT and seen at COMMIT: a row with a lower number may turn up after a higher one.
    recent = AuditLink.objects.filter(position__gt=head.position - WINDOW)
    lowest = recent.aggregate(lowest=Min("entry_id"))["lowest"]
    # Not a join: PostgreSQL would read all links for it (0.7 ms against 65 ms at 100 000).
    linked = AuditLink.objects.filter(entry_id__gt=lowest).values("entry_id")
    return AuditEntry.objects.filter(pk__gt=lowest).exclude(pk__in=linked)


def write_down(head: TrailHead, now: datetime) -> None:
    """Add a line to the file of heads. One that cannot be written must not stop the worker, and is told."""
    if not settings.TRAIL_HEAD:
        return
    try:
        path = Path(settings.TRAIL_HEAD)
        with _opened(path) as file:
            file.write(head_line(head, now))
            file.flush()
            os.fsync(file.fileno())
            if path.stat().st_size > HEADS_BYTES:
                _thin(path)
    except OSError as problem:
        log.error("head of the trail not written error=%s", type(problem).__name__)


def _opened(path: Path) -> IO[str]:
    """The file, locked: and the one that lies there now, not one that was thinned away while we waited for it."""
    while True:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a")
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
            return file
        file.close()


def _thin(path: Path) -> None:
    half = path.with_name(f"{path.name}.half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(thinned(path.read_text().splitlines(keepends=True), kept=HEADS_KEPT))
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
