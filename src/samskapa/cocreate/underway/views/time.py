"""The time it took: one page with the rows and the form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.open import total_minutes
from samskapa.ground.people.access import signed_in

from .. import access
from ..domain import BadDay, NotedAlready, NotNow, SaidAlready
from ..forms import RemoveTimeForm, TimeForm
from ..models import TimeNote
from ..queries.timing import is_open, noted_minutes, notes_of
from ..services import timing

PER_PAGE = 40


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """Note, change and remove one's own time; `?andra=<row>` puts that row in the form."""
    agreement = access.own_agreement(request.actor, pk)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, agreement)
    changing = access.own_time_note(request.actor, pk, _asked(request.GET.get("andra")))
    form = TimeForm(request.POST if request.method == "POST" else None, initial=_initial(changing))
    if form.is_valid() and _save(request, form, agreement):
        return redirect("underway:time", pk)
    work = agreement.root.work
    work.assignment = agreement.root
    context = {
        "agreement": agreement,
        "assignment": agreement.root,
        "may_note": is_open(agreement, work),
        "is_change": bool(form["note"].value()),
        "page_obj": Paginator(notes_of(agreement), PER_PAGE).get_page(request.GET.get("page")),
        "agreed": total_minutes(agreement.root),
        "noted": noted_minutes([pk]).get(pk, 0),
        "form": form,
    }
    return render(request, "underway/time.html", context, status=422 if form.errors else 200)


def _asked(value: str | None) -> int | None:
    """The id of a row, as somebody wrote it in the address."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def _initial(note: TimeNote | None) -> dict[str, Any]:
    if note is None:
        return {}
    return {
        "day": note.day,
        "what": note.what,
        "quarters": note.quarters,
        "note": note.pk,
        "based_on": note.changes,
    }


def _save(request: HttpRequest, form: TimeForm, agreement: Agreement) -> bool:
    """Save the row; what is refused is said beside it, and nothing typed is lost."""
    given = dict(form.cleaned_data)
    pk, based_on = given.pop("note"), given.pop("based_on")
    note = access.own_time_note(request.actor, agreement.pk, pk)
    if pk and note is None:
        return _is_gone(form)
    try:
        if note is None:
            timing.note_time(agreement, **given, by=request.actor, now=timezone.now())
        else:
            timing.change_time(note, **given, based_on=based_on or 0, by=request.actor, now=timezone.now())
    except BadDay:
        form.add_error("day", _("Choose a day from when you made the agreement until today, while you took part."))
    except NotedAlready:
        form.add_error("day", _("You have noted time of that kind for that day already. Change that row instead."))
    except SaidAlready:
        now = access.own_time_note(request.actor, agreement.pk, pk)
        if now is None:
            return _is_gone(form)
        _set(form, note=str(now.pk), based_on=str(now.changes))
        form.add_error(
            None, _("The row was changed in another window, and you see it in the list. Save once more to use yours.")
        )
    except NotNow:
        form.add_error(None, _("The work is over, so the time cannot be changed. Nothing was saved."))
    else:
        messages.success(request, _("The time is changed.") if note else _("The time is noted."))
        return True
    return False


def _is_gone(form: TimeForm) -> bool:
    """The row that is changed was removed in another window: what was typed can be a new one."""
    _set(form, note="", based_on="")
    form.add_error(None, _("The row was removed in another window. Save once more to note it anew."))
    return False


def _set(form: TimeForm, **values: str) -> None:
    data = form.data.copy()
    for name, value in values.items():
        data[name] = value
    form.data = data


def _remove(request: HttpRequest, agreement: Agreement) -> HttpResponseRedirect:
    """Remove a row; one that is gone already is removed."""
    form = RemoveTimeForm(request.POST)
    if form.is_valid():
        note = access.own_time_note(request.actor, agreement.pk, form.cleaned_data["note"])
        try:
            if note is not None:
                based_on = form.cleaned_data["based_on"]
                timing.remove_time(note, based_on=based_on, by=request.actor, now=timezone.now())
        except SaidAlready:
            messages.warning(request, _("The row was changed in another window and is still here. Look at it first."))
        except NotNow:
            messages.warning(request, _("The work is over, so the time cannot be changed. Nothing was saved."))
        else:
            messages.success(request, _("The row is removed."))
    return redirect("underway:time", agreement.pk)
