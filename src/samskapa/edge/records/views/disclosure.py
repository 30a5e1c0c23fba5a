"""Somebody asks to read documents."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access, queries, services
from ..domain import AnsweredAlready, NotDecided, Outcome
from ..forms import DocumentForm, RequestForm
from .diary import MANY


@require_safe
@signed_in
def requests(request: PersonRequest) -> HttpResponse:
    """Every request, those that wait first."""
    page = Paginator(access.requests_for(request.actor), MANY).get_page(request.GET.get("page"))
    return render(request, "records/requests.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def request_new(request: PersonRequest) -> HttpResponse:
    """Note one, and gather."""
    node = access.public_body_of(request.actor)
    form = RequestForm(request.POST or None, node=node, initial={"asked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        noted = services.note_request(node, **form.cleaned_data, by=request.actor, now=timezone.now())
        messages.success(request, _("The request is noted, and the documents are gathered."))
        return redirect("records:request", pk=noted.pk)
    return render(request, "records/request_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def request_page(request: PersonRequest, pk: int) -> HttpResponse:
    """What was gathered, and what is decided of each."""
    return _page(request, pk)


def _page(request: PersonRequest, pk: int, *, status: int = 200) -> HttpResponse:
    found = access.request_for(request.actor, pk)
    page = Paginator(found.documents.order_by("at", "pk"), MANY).get_page(request.GET.get("page"))
    context = {
        "asked": found,
        "page": page,
        "gathered": queries.documents_of(found, page.object_list),
        "days": (timezone.localdate() - found.asked_on).days,
        "kinds": [kind.title for kind in queries.kinds() if kind.key in found.kinds],
    }
    return render(request, "records/request.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def document(request: PersonRequest, pk: int, document_pk: int) -> HttpResponse:
    """One document as it reads, and what is decided of it."""
    found = access.document_for(request.actor, pk, document_pk)
    now, gathered = timezone.now(), queries.document_of(found)
    whole = gathered.found.text() if gathered.found else ""
    initial = {
        "outcome": found.outcome,
        "rule": found.rule,
        "reason": found.reason,
        "text_out": found.text_out or whole,
    }
    form = DocumentForm(request.POST or None, whole=whole, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.decide_document(
                found,
                outcome=Outcome(data["outcome"]),
                rule=data["rule"],
                reason=data["reason"],
                text_out=data["text_out"],
                by=request.actor,
                now=now,
            )
        except AnsweredAlready:
            form.add_error(None, _("The request is answered already: what was decided stands."))
        else:
            messages.success(request, _("Your decision of %(number)s is noted.") % {"number": found.number})
            return redirect("records:request", pk=pk)
    services.note_documents_read([gathered], by=request.actor, now=now)
    context = {"form": form, "asked": found.request, "document": found, "found": gathered.found}
    return render(request, "records/document.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """All is decided."""
    found = access.request_for(request.actor, pk)
    try:
        services.answer_request(found, by=request.actor, now=timezone.now())
    except NotDecided:
        messages.error(request, _("Decide of every document first."))
    else:
        messages.success(request, _("The request is answered. Fetch what is handed out, and send it."))
    return redirect("records:request", pk=pk)


@never_cache
@require_safe
@signed_in
def for_assessment(request: PersonRequest, pk: int) -> HttpResponse:
    """All of it, for whoever assesses."""
    found = access.request_for(request.actor, pk)
    return _archive(
        services.pack_for_assessment(found, by=request.actor, now=timezone.now()), f"att-bedoma-{found.pk}.zip"
    )


@never_cache
@require_safe
@signed_in
def to_hand_out(request: PersonRequest, pk: int) -> HttpResponse:
    """What may be handed out. Not there before the request is answered."""
    found = access.request_for(request.actor, pk)
    try:
        archive = services.pack_to_hand_out(found, by=request.actor, now=timezone.now())
    except NotDecided as error:
        raise Http404 from error
    return _archive(archive, f"att-lamna-ut-{found.pk}.zip")


def _archive(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
