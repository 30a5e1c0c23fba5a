"""A year of a resource group, for its coordinators: exact, and in a variant that may be passed on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.figures.queries import midnight
from samskapa.ground.figures.services import as_xlsx
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..queries import year_page as queries
from . import XLSX, file_response


def _page(request: PersonRequest, pk: int, number: int | None, *, is_shared: bool) -> queries.YearPage:
    today = timezone.localdate()
    group, year, years = access.year_for(request.actor, pk, number, today=today, is_shared=is_shared)
    return queries.year_page(group, year, is_shared=is_shared, years=years, today=today)


@never_cache
@signed_in
@require_safe
def year(request: PersonRequest, pk: int, number: int | None = None, *, is_shared: bool = False) -> HttpResponse:
    """The year on a page; without a number the one that goes on."""
    page = _page(request, pk, number, is_shared=is_shared)
    context = {"page": page, "group": page.group, "year": page.year, "notes": queries.notes_of(page)}
    return render(request, "statistics/year.html", context)


@never_cache
@signed_in
@require_safe
def year_xlsx(request: PersonRequest, pk: int, number: int, *, is_shared: bool = False) -> HttpResponse:
    """A workbook."""
    page = _page(request, pk, number, is_shared=is_shared)
    return file_response(as_xlsx(queries.sheets(page)), XLSX, _name(page, "xlsx"))


@never_cache
@signed_in
@require_safe
def year_pdf(request: PersonRequest, pk: int, number: int, *, is_shared: bool = False) -> HttpResponse:
    """On paper."""
    page = _page(request, pk, number, is_shared=is_shared)
    language = (get_language() or "sv").split("-")[0]
    data = queries.paper(page, timezone.now())
    pdf = make_pdf("statistics/month", data, title=data["title"], at=midnight(page.year.until), language=language)
    return pdf_response(pdf, _name(page, "pdf"))


def _name(page: queries.YearPage, ending: str) -> str:
    variant = _("to pass on") if page.is_shared else _("exact, not to pass on")
    words = {"year": page.year.number, "group": page.group.name, "variant": variant}
    return _("%(group)s %(year)s, %(variant)s") % words + f".{ending}"
