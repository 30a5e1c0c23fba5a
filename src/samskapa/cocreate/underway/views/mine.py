"""One's own part in everything, for life; and a certificate of it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.people.access import signed_in

from .. import access
from ..queries import mine as queries

PER_PAGE = 10


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I said, what it led to, agreements, time, certificates, and what is asked of me now."""
    times = queries.own_time(request.actor)
    page = Paginator(times, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.mine(page, timezone.localdate()),
        "minutes": sum(time.agreed or 0 for time in times),
        "noted": sum(time.noted for time in times),
    }
    return render(request, "underway/mine.html", context)


@signed_in
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate of one's own part, as a PDF."""
    agreement = access.own_agreement(request.actor, pk)
    data = queries.certificate(agreement)
    work = agreement.root.work
    at = work.done_at or work.closing_at or work.begun_at
    pdf = make_pdf("underway/certificate", data, title=str(data["title"]), at=at, language=get_language() or "sv")
    return pdf_response(pdf, _("Certificate") + f" {agreement.pk}.pdf")
