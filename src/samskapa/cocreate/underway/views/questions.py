"""The closing questions: a step before one tells or confirms, and a page of its own until the work is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskapa.ground.people.access import signed_in
from samskapa.listen.surveys.domain import ChangedMeanwhile, NotOpen, stamp_of
from samskapa.listen.surveys.forms import SheetForm
from samskapa.listen.surveys.queries import answer_in_words

from .. import access
from ..domain import Kind, NotNow, Side
from ..models import Work
from ..queries import kind_to_tell
from ..queries.closing import OwnSheet, own_sheet, place_after
from ..services.questions import answer_questions

#: In the address of the page: the words in easy read, as where one answers by a link.
EASY = "lattlast"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """How was it to work together? No question must be answered, and the answers can be changed until it is done."""
    work, side = access.work_to_look_back_on(request.actor, pk)
    easy = request.GET.get(EASY) == "ja"
    sheet = own_sheet(work, request.actor.whose, side, language=get_language() or "sv", easy=easy)
    form = SheetForm(
        request.POST if request.method == "POST" else None, worded=sheet.words.questions, answers=sheet.answers
    )
    is_later, status = "later" in request.POST, 200
    if form.is_valid():
        try:
            answer_questions(
                work,
                form.given,
                based_on=form.based_on,
                side=side,
                is_finished=not is_later,
                by=request.actor,
                now=timezone.now(),
            )
        except ChangedMeanwhile as meanwhile:
            _say_what_is_saved(form, sheet, meanwhile)
        except (NotOpen, NotNow):
            form.add_error(
                None, _("It is closed now, so nothing was saved. What you wrote is still here to be copied.")
            )
        else:
            if is_later:
                messages.success(request, _("It is saved. You can go on until the work is done."))
                return redirect("underway:questions", pk)
            if any(form.given.values()):
                messages.success(request, _("Thank you. Your answers are saved."))
            return redirect(_next(work, side, request.actor.whose))
    if form.errors:
        status = 422
    going_on = _next(work, side, request.actor.whose)
    context = {
        "assignment": work.assignment,
        "sheet": sheet,
        "side": side.value,
        "going_on": going_on,
        "has_left": going_on == reverse("underway:mine"),
        "easy": easy,
        "form": form,
    }
    return render(request, "underway/questions.html", context, status=status)


def _next(work: Work, side: Side, person_id: int | None) -> str:
    """What comes after the questions: telling, confirming, or the page one came from."""
    if side is Side.HOST and kind_to_tell(work, today=timezone.localdate()) is Kind.CLOSING:
        return reverse("underway:tell", args=[work.assignment_id])
    return place_after(work, side, person_id)


def _say_what_is_saved(form: SheetForm, sheet: OwnSheet, meanwhile: ChangedMeanwhile) -> None:
    """Answered in another window meanwhile: it is said beside the question, and sending once more is then a choice."""
    data = form.data.copy()
    for key in meanwhile.keys:
        saved = meanwhile.theirs.get(key)
        said = answer_in_words(sheet.words.worded(key), saved) if saved is not None else _("nothing")
        form.add_error(
            f"q_{key}",
            _("You answered this in another window too, and there it says: %(answer)s. Send once more to save this.")
            % {"answer": said},
        )
        data[f"on_{key}"] = stamp_of(saved)
    form.data = data
