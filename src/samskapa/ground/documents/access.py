"""The one door to a file: a link that the owning app has signed, for a few minutes, and for one person unless everybody
may read the file."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from samskapa.ground.core.domain import Actor

from .domain import Link
from .models import Upload

#: Seconds that a link holds: enough to press it on a page that has just been drawn, and to save the file.
HOLDS = 10 * 60
_SALT = "documents.upload"


class LinkIsOld(Exception):
    """It was signed by us, and has run out."""


def link_to(upload: Upload, *, by: Actor, for_anybody: bool = False) -> str:
    """Where `by` may fetch the file for some minutes; "" for nobody, and for a file that has been removed.

    The caller has asked its own doorway whether `by` may. for_anybody: the file stands on a page for everybody, so
    the link is nobody's, opens for visitors too and holds as short a time (docs/decisions/0021-material.md).
    """
    person_id = None if for_anybody else by.person_id
    if upload.removed_at is not None or (person_id is None and not for_anybody):
        return ""
    token = signing.dumps([upload.pk.hex, person_id], salt=_SALT)
    return f"{settings.FILES_URL}{reverse('documents:upload', args=[token])}"


def upload_for_link(token: str, request: HttpRequest) -> tuple[Upload, Link]:
    """The file, and for whom the link was made.

    On our own host it opens for that person alone, and for anybody where it was made so. A host of its own
    (SAMSKAPA_FILES_URL) gets no cookie of ours, so there the link alone counts, and nothing else is served. Raises
    Http404, LinkIsOld.
    """
    if is_files_host(request) != bool(settings.FILES_URL):
        raise Http404
    try:
        link = Link(*signing.loads(token, salt=_SALT, max_age=HOLDS))
    except signing.SignatureExpired as problem:
        raise LinkIsOld from problem
    except signing.BadSignature as problem:
        raise Http404 from problem
    actor = getattr(request, "actor", None) or Actor()
    if not settings.FILES_URL and link.person_id not in (None, actor.person_id):
        raise Http404
    return get_object_or_404(Upload, pk=UUID(link.upload), removed_at=None), link


def is_files_host(request: HttpRequest) -> bool:
    """Whether the request came to the host that serves files and nothing else."""
    return bool(settings.FILES_URL) and request.get_host() == urlsplit(settings.FILES_URL).netloc
