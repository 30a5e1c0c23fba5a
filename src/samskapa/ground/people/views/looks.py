"""Who has been shown one's details: to read, and to take along."""

from __future__ import annotations

import csv

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..access import PersonRequest, signed_in
from ..queries import looks_at, looks_in_words

LOOKS_PER_PAGE = 50


@signed_in
@require_GET
def looks(request: PersonRequest) -> HttpResponse:
    """Who has been shown one's details, when, and in which capacity."""
    page = Paginator(looks_at(request.user.pk), LOOKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/looks.html", {"page": page, "looks": looks_in_words(page.object_list)})


@signed_in
@require_GET
def looks_extract(request: PersonRequest) -> HttpResponse:
    """All of it, as a file that a spreadsheet reads."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _("who-has-looked") + ".csv")
    response.write("\ufeff")  # without it Excel takes å for Ã¥
    write = csv.writer(response, delimiter=";").writerow
    write([_("When"), _("Who"), _("In which role"), _("On behalf of"), _("What")])
    for look in looks_in_words(looks_at(request.user.pk)):
        at = timezone.localtime(look.at).strftime("%Y-%m-%d %H:%M:%S")
        write([at, *map(_cell, (look.who, look.capacity, look.on_behalf_of, look.what))])
    return response


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
