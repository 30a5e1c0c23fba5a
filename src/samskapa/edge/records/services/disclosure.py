"""Somebody asks to read documents: they are gathered, a person decides of each, and only then is anything handed
out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from samskapa.cocreate.assignments.models import Assignment
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.organisations.models import Node

from ..domain import AnsweredAlready, NotDecided, Outcome, person_of
from ..models import DisclosureDocument, DisclosureRequest
from ..queries import Gathered, documents_of, gathered_by, paper_of, undecided_in

#: What is handed out is Swedish, whoever packs it.
LANGUAGE = "sv"


@transaction.atomic
def note_request(
    node: Node,
    *,
    asked_on: date,
    words: str,
    answer_to: str,
    assignment: Assignment | None,
    since: date | None,
    until: date | None,
    kinds: list[str],
    containing: str,
    by: Actor,
    now: datetime,
) -> DisclosureRequest:
    """Note what somebody asks to read, and gather the documents that it reaches. Nothing is handed out by this."""
    request = DisclosureRequest.objects.create(
        node=node,
        asked_on=asked_on,
        words=words,
        answer_to=answer_to,
        assignment=assignment,
        since=since,
        until=until,
        kinds=kinds,
        containing=containing,
        noted_at=now,
        noted_by_id=person_of(by),
    )
    found = gathered_by(request, now=now)
    DisclosureDocument.objects.bulk_create(
        DisclosureDocument(request=request, kind=each.kind.key, number=each.number, at=each.record.at) for each in found
    )
    record("records.request_noted", by=by, at=now, on=request, count=len(found))
    return request


@transaction.atomic
def decide_document(
    document: DisclosureDocument,
    *,
    outcome: Outcome,
    rule: str,
    reason: str,
    text_out: str,
    by: Actor,
    now: datetime,
) -> None:
    """Write down what is decided of one document: handed out, in part, or not, and by which rule. It can be decided
    anew until the request is answered. Raises AnsweredAlready."""
    request = _lock(document.request)
    if request.answered_at:
        raise AnsweredAlready
    document.outcome, document.decided_at, document.decided_by_id = outcome, now, person_of(by)
    document.rule, document.reason = ("", "") if outcome == Outcome.WHOLE else (rule, reason)
    document.text_out = text_out if outcome == Outcome.PART else ""
    document.save(update_fields=["outcome", "rule", "reason", "text_out", "decided_at", "decided_by"])
    record("records.document_decided", by=by, at=now, on=document, outcome=str(outcome), number=document.number)


@transaction.atomic
def answer_request(request: DisclosureRequest, *, by: Actor, now: datetime) -> None:
    """Every document is decided of: from now on it can be handed out, and nothing is decided anew. Twice is once.
    Raises NotDecided."""
    locked = _lock(request)
    if locked.answered_at:
        return
    if waiting := undecided_in(locked):
        raise NotDecided(waiting)
    locked.answered_at, locked.answered_by_id = now, person_of(by)
    locked.save(update_fields=["answered_at", "answered_by"])
    record("records.request_answered", by=by, at=now, on=locked)


@transaction.atomic
def note_documents_read(gathered: Iterable[Gathered], *, by: Actor, now: datetime) -> None:
    """Somebody was shown what the documents say: whoever they are about finds it among those who have looked."""
    people = {each.found.record.person_id for each in gathered if each.found} - {None, by.person_id}
    if people:
        record("records.gathered_read", by=by, at=now, people=sorted(people))


@transaction.atomic
def pack_for_assessment(request: DisclosureRequest, *, by: Actor, now: datetime) -> bytes:
    """A ZIP archive with every gathered document whole, for whoever assesses and for nobody else: a list first, which
    says what secrecy is to be assessed and where to look."""
    gathered = documents_of(request)
    note_documents_read(gathered, by=by, now=now)
    record("records.packed_for_assessment", by=by, at=now, on=request, count=len(gathered))
    with translation.override(LANGUAGE):
        files: dict[str, bytes] = {"00-lista.html": _page("assessment", request, gathered, now)}
        for each in gathered:
            files |= _whole(each, request, now)
    return _archive(files, now)


@transaction.atomic
def pack_to_hand_out(request: DisclosureRequest, *, by: Actor, now: datetime) -> bytes:
    """A ZIP archive with what is handed out, and the decision with how to appeal where something is not. Raises
    NotDecided while the request is not answered."""
    if request.answered_at is None:
        raise NotDecided(undecided_in(request))
    gathered = documents_of(request)
    note_documents_read(gathered, by=by, now=now)
    record("records.packed_to_hand_out", by=by, at=now, on=request)
    withheld = [each.document for each in gathered if each.document.outcome != Outcome.WHOLE]
    with translation.override(LANGUAGE):
        files: dict[str, bytes] = {"00-svar.html": _page("answer", request, gathered, now, withheld=withheld)}
        if withheld:
            files["00-beslut.html"] = _page("refusal", request, gathered, now, withheld=withheld)
        for each in gathered:
            if each.document.outcome == Outcome.WHOLE:
                files |= _whole(each, request, now)
            elif each.document.outcome == Outcome.PART:
                files[f"{each.document.number}-delvis.txt"] = each.document.text_out.encode()
    return _archive(files, now)


def _lock(request: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _whole(gathered: Gathered, request: DisclosureRequest, now: datetime) -> dict[str, bytes]:
    """The document: its paper where it has one, and a page with what the paper does not say."""
    found, number = gathered.found, gathered.document.number
    paper = paper_of(found) if found else None
    files = {paper.named(number): paper.content} if paper else {}
    if paper is None or (found and found.record.passages):
        files[f"{number}.html"] = _page("document", request, [gathered], now)
    return files


def _page(name: str, request: DisclosureRequest, gathered: list[Gathered], now: datetime, **more: object) -> bytes:
    context = {"request_to_read": request, "gathered": gathered, "now": now, "node": request.node, **more}
    return render_to_string(f"records/paper/{name}.html", context).encode()


def _archive(files: dict[str, bytes], now: datetime) -> bytes:
    archive = io.BytesIO()
    at = timezone.localtime(now).timetuple()[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=at)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            file.writestr(entry, content)
    return archive.getvalue()
