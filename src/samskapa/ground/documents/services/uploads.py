"""Keep, attach and remove files. The file is on the disk before its row is committed, and its row marked before the
file goes: whenever we are killed, no row that counts lacks its file, and what has no row is tidied away."""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record

from ..domain import Received
from ..models import Upload
from ..queries import path_of
from .scanning import scan

log = logging.getLogger("samskapa.documents")
#: How long a file may be nobody's: somebody is still filling in the form that it belongs to.
WAITS = timedelta(days=1)


def keep_upload(file: Received, *, by: Actor, now: datetime) -> Upload:
    """Have a file scanned and keep it, for the moment nobody's (`attach_upload`).

    file: from `forms.UploadField`, or `domain.received`, which have looked at what it is.
    Raises Infected, ScannerSilent.
    """
    is_scanned = scan(file.content)
    upload = Upload(
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        digest=sha256(file.content).hexdigest(),
        is_scanned=is_scanned,
        person_id=by.person_id,
        kept_at=now,
    )
    _write(path_of(upload.pk), file.content)
    with transaction.atomic():
        upload.save(force_insert=True)
        record("documents.upload_kept", by=by, at=now, on=upload)
    return upload


def attach_upload(upload: Upload, *, by: Actor, now: datetime) -> Upload:
    """It belongs to a thing from now on: call it in the transaction that points at it.

    Raises Upload.DoesNotExist when it has been tidied away or removed.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk, removed_at=None)
        if upload.attached_at is None:
            upload.attached_at = now
            upload.save(update_fields=["attached_at"])
            record("documents.upload_attached", by=by, at=now, on=upload)
    return upload


def remove_upload(upload: Upload, *, by: Actor, now: datetime) -> None:
    """The file goes, the row stays. Once more changes nothing."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.removed_at is None:
            upload.removed_at = now
            upload.save(update_fields=["removed_at"])
            record("documents.upload_removed", by=by, at=now, on=upload)
        transaction.on_commit(partial(path_of(upload.pk).unlink, missing_ok=True))


def note_reading(upload: Upload, *, by: Actor, now: datetime) -> None:
    """Somebody has fetched the file."""
    with transaction.atomic():
        record("documents.upload_read", by=by, at=now, on=upload)


def tidy_uploads(*, now: datetime) -> None:
    """Remove what was never attached, and files that no row counts (we were killed between the two)."""
    for upload in Upload.objects.filter(attached_at=None, removed_at=None, kept_at__lt=now - WAITS):
        remove_upload(upload, by=SYSTEM, now=now)
    counts = {pk.hex for pk in Upload.objects.filter(removed_at=None).values_list("pk", flat=True)}
    gone, old = 0, (now - WAITS).timestamp()
    for file in Path(settings.FILES_FOLDER).glob("??/*"):
        if file.name not in counts and file.stat().st_mtime < old:
            file.unlink(missing_ok=True)
            gone += 1
    log.info("files tidied gone=%d", gone)


def _write(path: Path, content: bytes) -> None:
    """All of it on the disk, or nothing under that name."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
