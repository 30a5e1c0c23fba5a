"""Requests to read documents: what is gathered, what is decided, what may be handed out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Way
from samskapa.ground.organisations.models import Node

from ..models import DisclosureDocument, DisclosureRequest
from .table import BEGINNING, Found, documents


def requests_at(node: Node) -> QuerySet[DisclosureRequest]:
    """The organisation's requests, those that wait for an answer first, then the newest."""
    return (
        DisclosureRequest.objects.filter(node=node)
        .select_related("node", "assignment", "noted_by", "answered_by")
        .annotate(count=Count("documents"), undecided=Count("documents", filter=Q(documents__outcome="")))
        .order_by(F("answered_at").desc(nulls_first=True), "-pk")
    )


def gathered_by(request: DisclosureRequest, *, now: datetime) -> list[Found]:
    """The documents that the request reaches: within all that it names. `containing` looks in what they say, from whom
    and about what they are, whatever the case of the letters."""
    since = timezone.make_aware(datetime.combine(request.since, time())) if request.since else BEGINNING
    until = now
    if request.until:
        until = min(now, timezone.make_aware(datetime.combine(request.until + timedelta(days=1), time())))
    found = documents(request.node.path, since, until, keys=request.kinds or None)
    if request.assignment_id:
        found = [each for each in found if each.record.assignment_id == request.assignment_id]
    if request.containing:
        words = request.containing.casefold()
        found = [each for each in found if words in _all_of(each).casefold()]
    return found


def _all_of(found: Found) -> str:
    return "\n".join((found.record.who, found.record.about, found.text()))


@dataclass(frozen=True, slots=True)
class Gathered:
    """A gathered document, and what it says today. found: None where it can no longer be read."""

    document: DisclosureDocument
    found: Found | None


def documents_of(request: DisclosureRequest, rows: Iterable[DisclosureDocument] | None = None) -> list[Gathered]:
    """The gathered documents, the oldest first, with what each says today; or `rows` of them. A fixed number of
    queries, and one more for each agreement that is read as text."""
    wanted = list(request.documents.order_by("at", "pk") if rows is None else rows)
    if not wanted:
        return []
    since, until = min(each.at for each in wanted), max(each.at for each in wanted) + timedelta(microseconds=1)
    keys = {each.kind for each in wanted}
    by_number = {each.number: each for each in documents(request.node.path, since, until, keys=keys)}
    return [Gathered(each, by_number.get(each.number)) for each in wanted]


def document_of(document: DisclosureDocument) -> Gathered:
    """One of them."""
    return documents_of(document.request, [document])[0]


def undecided_in(request: DisclosureRequest) -> int:
    """How many of its documents nobody has decided of."""
    return request.documents.filter(outcome="").count()


def disclosure_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Requests that were noted, and answers to them: they are documents too. Who asked is not told."""
    in_time = Q(noted_at__gte=since, noted_at__lt=until) | Q(answered_at__gte=since, answered_at__lt=until)
    records = []
    for request in DisclosureRequest.objects.filter(in_time, node__path=node_path).order_by("pk"):
        words = (Passage(gettext_lazy("What was asked for"), request.words),)
        about, who = _("Request to read public documents"), _("Somebody who asked")
        if since <= request.noted_at < until:
            records.append(Record(str(request.pk), request.noted_at, Way.IN, who, about, words, request.assignment_id))
        if request.answered_at and since <= request.answered_at < until:
            about = _("Answer to a request to read public documents")
            records.append(
                Record(f"{request.pk}-S", request.answered_at, Way.OUT, who, about, words, request.assignment_id)
            )
    return sorted(records, key=lambda record: (record.at, record.ref))
