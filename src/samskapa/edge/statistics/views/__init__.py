"""The figures of the work: a page, three files of the same, and the unit's own words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.figures.domain import TooLate
from samskapa.ground.figures.queries import comment_on
from samskapa.ground.figures.services import as_csv, as_xlsx, say_of_figures
from samskapa.ground.people.access import ActorRequest, PersonRequest, signed_in

from .. import access, queries
from ..forms import CommentForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """The newest month of one's own place, or of the nation; a page that says so where there is none yet."""
    node = access.first_place(request.actor)
    if node is not None:
        view = access.view_for(request.actor, node.pk)
        newest = access.months_for(view, timezone.localdate()).first()
        if newest is not None:
            return redirect("statistics:month", pk=node.pk, month=f"{newest.month:%Y-%m}")
    return render(request, "statistics/none_yet.html")


def _page(request: ActorRequest, pk: int, month: str) -> queries.Page:
    today = timezone.localdate()
    view = access.view_for(request.actor, pk)
    return queries.page_of(view, access.month_for(view, month, today), access.months_for(view, today), today=today)


@require_safe
def month(request: ActorRequest, pk: int, month: str) -> HttpResponse:
    """One month of one place."""
    page = _page(request, pk, month)
    above = page.view.node.parent
    context = {
        "page": page,
        "node": page.view.node,
        "above": above if above and access.may_see(request.actor, above) else None,
        "places": queries.places_to_choose(request.actor, page.view.node, page.snapshot),
    }
    return render(request, "statistics/month.html", context)


@never_cache
@require_safe
def month_csv(request: ActorRequest, pk: int, month: str) -> HttpResponse:
    """For a program."""
    page = _page(request, pk, month)
    return file_response(as_csv(queries.csv_rows(page)), "text/csv; charset=utf-8", _name(page, "csv"))


@never_cache
@require_safe
def month_xlsx(request: ActorRequest, pk: int, month: str) -> HttpResponse:
    """A workbook."""
    page = _page(request, pk, month)
    return file_response(as_xlsx(queries.sheets(page)), XLSX, _name(page, "xlsx"))


@require_safe
def month_pdf(request: ActorRequest, pk: int, month: str) -> HttpResponse:
    """On paper."""
    page = _page(request, pk, month)
    language = (get_language() or "sv").split("-")[0]
    data = queries.paper(page, timezone.now())
    title = f"{data['title']}, {data['lead']}"
    pdf = make_pdf("statistics/month", data, title=title, at=page.snapshot.frozen_at, language=language)
    return pdf_response(pdf, _name(page, "pdf"))


def _name(page: queries.Page, ending: str) -> str:
    place = page.view.node.name
    return _("Figures %(place)s %(month)s") % {"place": place, "month": page.key} + f".{ending}"


def file_response(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Hand over a file under its name."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


@signed_in
@require_http_methods(["GET", "POST"])
def comment(request: PersonRequest, pk: int, month: str) -> HttpResponse:
    """What the unit wants said beside its figures, before everybody sees them."""
    now = timezone.now()
    view, snapshot = access.month_to_comment(request.actor, pk, month, timezone.localdate(now))
    said = comment_on(snapshot, view.node.pk)
    form = CommentForm(request.POST or None, initial={"text": said.text if said else ""})
    if request.method == "POST" and form.is_valid():
        try:
            say_of_figures(snapshot, view.node.pk, text=form.cleaned_data["text"], by=request.actor, now=now)
        except TooLate:
            form.add_error(
                "text", _("Everybody sees the figures now, so it is too late to say something of them here.")
            )
        else:
            messages.success(request, _("Saved. It is shown beside the figures."))
            return redirect("statistics:month", pk=view.node.pk, month=month)
    context = {"form": form, "node": view.node, "key": month, "month": queries.month_words(snapshot.month)}
    return render(request, "statistics/comment.html", context, status=422 if form.errors else 200)
