"""Check-ins, and whether each promise was kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.people.access import signed_in

from .. import access
from ..domain import BadDay, Moment, NotNow, SaidAlready, Side, waited_for
from ..forms import CheckInForm, DayForm, promise_forms
from ..models import Work
from ..queries.page import Reader, who_is
from ..queries.promises import promise_rows
from ..services import checking_in, reading


def _look(request: HttpRequest, agreement: Agreement, reader: Reader) -> None:
    """The host's side is shown who it is about."""
    if reader.is_host_side:
        work = Work.objects.get(assignment=agreement.root_id)
        reading.note_work_read(work, [agreement.application.person_id], by=request.actor, now=timezone.now())


def _context(agreement: Agreement, reader: Reader, **more: Any) -> dict[str, Any]:
    return {
        "assignment": agreement.root,
        "agreement": agreement,
        "reader": reader,
        "who": who_is(agreement, reader),
        **more,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how it goes, and read what the other noted."""
    if request.method == "POST":
        found, agreement, reader, side = access.check_in_to_note(request.actor, pk)
    else:
        found, agreement, reader = access.check_in_for(request.actor, pk)
        side = reader.side or Side.HOST
    is_call = found.moment == Moment.CALL
    form = CheckInForm(request.POST if request.method == "POST" else None, is_call=is_call)
    if form.is_valid():
        try:
            checking_in.note_check_in(
                found,
                side=side,
                goes_well=form.cleaned_data["goes_well"],
                text=form.cleaned_data["text"],
                by=request.actor,
                now=timezone.now(),
            )
        except SaidAlready:
            form.add_error(None, _("It is noted already, and stands. Put in one more check-in to say something new."))
        except NotNow:
            form.add_error(None, _("The work is over, or the representative has left. Nothing was saved."))
        else:
            messages.success(
                request,
                _("The call is noted, and who you called can read it.")
                if is_call
                else _("It is noted, and the other has been told."),
            )
            return redirect("underway:check_in", pk)
    _look(request, agreement, reader)
    notes = {note.side: note for note in found.notes.all()}
    context = _context(
        agreement,
        reader,
        check_in=found,
        person=notes.get(Side.PERSON),
        host=notes.get(Side.HOST),
        is_call=is_call,
        may_note=reader.side in waited_for(found.moment) and (reader.side not in notes or bool(form.errors)),
        may_move=reader.side is not None and not notes,
        is_before=found.due_on > timezone.localdate(),
        form=form,
    )
    return render(request, "underway/check_in.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day."""
    found, agreement, reader, _side = access.check_in_to_move(request.actor, pk)
    form = DayForm(request.POST if request.method == "POST" else None, initial={"day": found.due_on})
    if form.is_valid() and _save_day(
        form, lambda day: checking_in.move_check_in(found, day=day, by=request.actor, now=timezone.now())
    ):
        messages.success(request, _("The day is changed, and the other has been told."))
        return redirect("underway:work", agreement.root_id)
    _look(request, agreement, reader)
    context = _context(agreement, reader, check_in=found, form=form)
    return render(request, "underway/day.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more check-in."""
    agreement, reader, _side = access.agreement_to_speak(request.actor, pk)
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _save_day(
        form, lambda day: checking_in.add_check_in(agreement, day=day, by=request.actor, now=timezone.now())
    ):
        messages.success(request, _("The check-in is put in, and the other has been told."))
        return redirect("underway:work", agreement.root_id)
    _look(request, agreement, reader)
    context = _context(agreement, reader, form=form)
    return render(request, "underway/day.html", context, status=422 if form.errors else 200)


def _save_day(form: DayForm, save: Any) -> bool:
    """Save the day; what is refused is said beside it."""
    day: date = form.cleaned_data["day"]
    try:
        save(day)
    except BadDay:
        form.add_error("day", _("Choose a day from today and within two years, on which there is no check-in yet."))
    except SaidAlready:
        form.add_error(None, _("Somebody has noted something of this check-in already, so its day stands."))
    except NotNow:
        form.add_error(None, _("The work is over, or the representative has left. Nothing was saved."))
    else:
        return True
    return False


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: HttpRequest, pk: int) -> HttpResponse:
    """Each point of the agreement: was it kept? Asked of both; each sees what the other says."""
    if request.method == "POST":
        agreement, reader, side = access.agreement_to_speak(request.actor, pk)
    else:
        agreement, reader = access.agreement_for(request.actor, pk)
        side = reader.side or Side.HOST
    rows = promise_forms(promise_rows(agreement), side, request.POST if request.method == "POST" else None)
    is_wrong = False
    if request.method == "POST":
        is_wrong = bool([form for _row, form in rows if not form.is_valid()])
        if not is_wrong:
            said = {
                row.line_id: (form.cleaned_data["kept"], form.cleaned_data["word"])
                for row, form in rows
                if form.cleaned_data["kept"]
            }
            try:
                checking_in.say_promises(agreement, said=said, side=side, by=request.actor, now=timezone.now())
            except NotNow:
                messages.warning(request, _("The assignment is called off. Nothing was saved."))
            else:
                messages.success(request, _("Thank you. The other party sees what you have said."))
            return redirect("underway:promises", pk)
    _look(request, agreement, reader)
    wrong = [form for _row, form in rows if form.errors]
    context = _context(agreement, reader, rows=rows, wrong=wrong, may_speak=reader.side is not None)
    return render(request, "underway/promises.html", context, status=422 if is_wrong else 200)
