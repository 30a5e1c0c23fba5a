"""Pages that everybody reads: the start of Knowledge, the methods, one method, and to be a host."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.domain import Influence
from samskapa.cocreate.assignments.queries.wording import INFLUENCE

from . import access, queries
from .domain import FIRST_LANGUAGE, Method
from .queries import wording

#: Where nothing can be influenced there is no method to look for.
_STEPS = [step for step in Influence if step is not Influence.INFORMATION]


def _language() -> str:
    return get_language() or FIRST_LANGUAGE


def _row(method: Method) -> dict[str, Any]:
    """A method in a list: its words in the reader's language, and how much influence it gives."""
    return {"key": method.key, "text": method.text(_language()), "levels": [INFLUENCE[step] for step in method.levels]}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is to read, and the methods by what one wants."""
    context = {
        "aims": [(aim, wording.AIM[aim]) for aim in queries.AIMS],
        "number": len(queries.bank()),
        "more": settings.KNOWLEDGE,
    }
    return render(request, "methods/home.html", context)


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """The methods that fit what the address asks for."""
    filters = queries.filters_from(request.GET.dict())
    context = {
        "filters": filters,
        "rows": [_row(method) for method in queries.found(filters, _language())],
        "aims": [(aim, wording.AIM[aim]) for aim in queries.AIMS],
        "steps": [(step, INFLUENCE[step]) for step in _STEPS],
        "support": queries.SUPPORT,
    }
    return render(request, "methods/list.html", context)


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """One method, to be read in two minutes."""
    it = access.method_for(slug)
    context = {
        "method": it,
        "text": it.text(_language()),
        "levels": [INFLUENCE[step] for step in it.levels],
        "pairs": [_row(pair) for pair in queries.pairs_of(it)],
        "sourced": [wording.SOURCED[name] for name in it.sourced],
    }
    return render(request, "methods/method.html", context)


@require_safe
def host(request: HttpRequest) -> HttpResponse:
    """To be a host: ten minutes, and a list to tick off on paper. The questions store nothing."""
    return render(request, "methods/host.html", {"guide": queries.guide(_language())})
