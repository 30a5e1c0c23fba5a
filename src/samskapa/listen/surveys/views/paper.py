"""On paper: the questions to print, and a sheet that came back, typed in."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.language.domain import write_day
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access, services
from ..domain import AnsweredAlready, NothingAnswered, NotOpen
from ..forms import PaperForm
from ..models import Asking
from ..queries.paper import paper_data
from ..queries.sets import SetInWords
from .answering import EASY


@never_cache
@signed_in
@require_safe
def paper(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """The questions of one side, to print."""
    asking = access.asking_for(request.actor, pk)
    language = get_language() or "sv"
    _side, words = _side_of(asking, number, easy=request.GET.get(EASY) == "ja")
    day = timezone.localdate(asking.closes_at) if asking.closes_at else None
    last_day = write_day(day, language=language, today=timezone.localdate()) if day else ""
    data = paper_data(asking, words, last_day=last_day)
    title = f"{words.title}: {asking.title}"
    pdf = make_pdf("surveys/paper", data, title=title, at=asking.created_at, language=language)
    return pdf_response(pdf, f"{words.title} {asking.pk}.pdf")


@signed_in
@require_http_methods(["GET", "POST"])
def type_in(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Type in a sheet that came on paper."""
    asking = access.asking_for(request.actor, pk)
    side, words = _side_of(asking, number)
    if asking.closed_at:
        messages.info(request, _("The round is closed."))
        return redirect("surveys:asking", pk)
    form = PaperForm(request.POST or None, asking=asking, side=side, words=words, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            services.type_in_paper(
                asking,
                form.given,
                side=side,
                asked=form.cleaned_data.get("asked"),
                key=form.cleaned_data["key"],
                by=request.actor,
                now=timezone.now(),
            )
        except NothingAnswered:
            form.add_error(None, _("Nothing is answered. Fill in at least one answer."))
        except AnsweredAlready:
            form.add_error("asked", _("That person has answered already."))
        except NotOpen:
            form.add_error(None, _("The round has been closed, so the sheet cannot be added."))
        else:
            messages.success(request, _("The sheet is added."))
            again = "again" in request.POST
            return redirect("surveys:type_in", pk, number) if again else redirect("surveys:asking", pk)
    context = {"asking": asking, "form": form, "side_name": words.sides[side], "many_sides": len(words.sides) > 1}
    return render(request, "surveys/rounds/type_in.html", context, status=422 if form.is_bound else 200)


def _side_of(asking: Asking, number: int, *, easy: bool = False) -> tuple[str, SetInWords]:
    """The side of that number, from 1, and its questions in words. Raises Http404."""
    sides = list(asking.set_version.sides)
    if not 1 <= number <= len(sides):
        raise Http404
    side = sides[number - 1]
    return side, access.side_of(asking, side, language=get_language() or "sv", easy=easy)
