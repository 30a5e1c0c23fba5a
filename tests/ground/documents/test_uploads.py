"""Files kept, attached, removed and tidied: row and file tell the same, whenever we are killed."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.queries import trail_of
from samskapa.ground.documents.domain import received
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.queries import path_of
from samskapa.ground.documents.services import attach_upload, keep_upload, remove_upload, tidy_uploads
from tests.factories.files import PDF, photograph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = str(tmp_path / "files")
    return tmp_path / "files"


def kept(content=PDF, *, now=None, name="Kallelse.pdf"):
    return keep_upload(received(name, content, most_bytes=10**6), by=SYSTEM, now=now or timezone.now())


def test_what_is_kept_is_what_the_row_says_and_only_we_can_read_it(folder):
    upload = kept(photograph(), name="IMG.jpg")
    file = path_of(upload.pk)
    assert sha256(file.read_bytes()).hexdigest() == upload.digest
    assert (file.stat().st_size, file.stat().st_mode & 0o777) == (upload.size, 0o600)
    assert (folder / upload.pk.hex[:2]).stat().st_mode & 0o777 == 0o700
    assert "IMG" not in str(file)
    assert [entry.action for entry in trail_of(upload)] == ["documents.upload_kept"]


def test_a_row_that_lies_is_refused():
    now = timezone.now()
    right = {"name": "a.pdf", "kind": "pdf", "size": 1, "digest": "0" * 64, "is_scanned": False, "kept_at": now}
    for wrong in (
        {"size": 0},
        {"kind": "exe"},
        {"attached_at": now - timedelta(1)},
        {"removed_at": now - timedelta(1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Upload.objects.create(**right | wrong)


def test_removing_takes_the_file_and_leaves_the_row(folder):
    upload, now = kept(), timezone.now()
    remove_upload(upload, by=SYSTEM, now=now)
    remove_upload(upload, by=SYSTEM, now=now)
    assert not path_of(upload.pk).exists()
    assert [entry.action for entry in trail_of(upload)] == ["documents.upload_kept", "documents.upload_removed"]
    with pytest.raises(Upload.DoesNotExist):
        attach_upload(upload, by=SYSTEM, now=now)


def test_a_removal_that_is_not_committed_keeps_the_file():
    upload = kept()
    with transaction.atomic():
        remove_upload(upload, by=SYSTEM, now=timezone.now())
        transaction.set_rollback(True)
    assert path_of(upload.pk).exists()
    assert Upload.objects.get(pk=upload.pk).removed_at is None


def test_tidying_takes_what_was_never_attached_and_what_no_row_counts(folder):
    now = timezone.now()
    long_ago = now - timedelta(days=1, minutes=1)
    attached, forgotten, new = kept(now=long_ago), kept(now=long_ago), kept(now=now)
    attach_upload(attached, by=SYSTEM, now=now)
    stray, young = path_of(uuid4()), path_of(uuid4())
    for file, at in ((stray, long_ago), (young, now)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"killed before the row was written")
        os.utime(file, (at.timestamp(), at.timestamp()))
    tidy_uploads(now=now)
    tidy_uploads(now=now)
    assert set(folder.glob("??/*")) == {path_of(attached.pk), path_of(new.pk), young}
    assert Upload.objects.get(pk=forgotten.pk).removed_at == now
