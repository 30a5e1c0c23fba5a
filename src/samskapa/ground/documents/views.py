"""A file, handed over so that a browser saves it and runs nothing in it."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.ground.core.domain import Actor

from .access import LinkIsOld, upload_for_link
from .domain import Kind
from .queries import path_of
from .services import note_reading

log = logging.getLogger("samskapa.documents")
#: Should a browser show it after all, it is a page of nobody's: no scripts, no forms, nothing fetched.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def upload(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file as an attachment. 404 for whoever the link was not made for; 410 when it has run out.

    Who reads what everybody may read is nobody's business, so that leaves no trace.
    """
    try:
        found, link = upload_for_link(token, request)
    except LinkIsOld:
        return render(request, "documents/link_is_old.html", status=410)
    try:
        file = path_of(found.pk).open("rb")
    except FileNotFoundError:
        log.error("file missing id=%s", found.pk)
        raise Http404 from None
    if link.person_id is not None:
        actor = getattr(request, "actor", None) or Actor()
        note_reading(found, by=actor if actor.person_id else Actor(person_id=link.person_id), now=timezone.now())
    answer = FileResponse(file, as_attachment=True, filename=found.name, content_type=Kind(found.kind).media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cache-Control"] = "private, no-store"
    return answer
