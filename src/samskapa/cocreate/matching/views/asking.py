"""For the coordinator: who fits, whom to ask, and how it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.cocreate.assignments.domain.applying import NotOpen, OnlyByNomination
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.services.running import note_members_read
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import (
    MOST,
    AnsweredAlready,
    AskedAlready,
    AskedElsewhere,
    CannotBeAsked,
    CannotBeNamed,
    OnlyOne,
    WrongDay,
    suggested,
)
from ..forms import TWO_AND_TWO, AskForm, SoughtForm
from ..forms.looking_up import LookUpForm
from ..models import Wave
from ..queries import fitting, waves
from ..queries.enquiries import enquiries_of, yes_in_all
from ..queries.filling import Filling, counts_by_group, unseen_groups
from ..queries.wanted import Sought, sought_from, text_of_need, wanted_of
from ..queries.wording import CRITERION, sought_lines
from ..services import asking as services
from ..services.enquiring import is_open_now
from .pairing import Pairing


def sought_of(request: PersonRequest, latest: Wave | None) -> Sought:
    """What the address says; where it says nothing, what was looked for the last time."""
    if "look" in request.GET:
        return sought_from({name: request.GET.getlist(name) for name in request.GET})
    return sought_from(latest.sought) if latest else {}


def kept_of(request: PersonRequest) -> list[tuple[str, str]]:
    """What the address says is looked for, to be sent along: names and values; none where it says nothing."""
    if "look" not in request.GET:
        return []
    return [("look", "1"), *((name, value) for name, values in sought_of(request, None).items() for value in values)]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def fits(request: PersonRequest, pk: int) -> HttpResponse:
    """Those who may be asked, the one whose turn it is first, with each criterion in words; and asking them."""
    chosen = request.GET.get("group", "")
    filling = access.assignment_to_fill(request.actor, pk, chosen)
    assignment = filling.assignment
    group, groups = access.group_to_ask(filling, chosen)
    prefetch_related_objects([assignment], "fixed_days")
    now = timezone.now()
    if group is None or assignment.closes_on is None or not services.is_for_asking(assignment, now):
        is_open = is_open_now(assignment, now)
        context = {
            "assignment": assignment,
            "filling": filling,
            "group": group,
            "has_group": bool(groups),
            "is_open": is_open,
            "look_up": LookUpForm(),
        }
        return render(request, "matching/closed.html", context)
    latest = waves.latest_wave(filling)
    sought = sought_of(request, latest)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        closes_on=assignment.closes_on,
        people_wanted=filling.enquiry.wanted if filling.enquiry else assignment.people_wanted,
    )
    elsewhere: dict[int, str] = {}
    if request.method == "POST" and form.is_valid() and "choose" not in request.POST:
        pairing = Pairing(request, group, form)
        try:
            if pairing.is_new:  # told at once, and not when the pairs are made
                services.check_not_asked_elsewhere(pairing.members, assignment, form.anyway, now)
            if not pairing.is_looked_through:
                return pairing.page(filling)
            wave = services.open_wave(
                assignment,
                group,
                pairing.order,
                answer_by=form.cleaned_data["answer_by"],
                wanted=form.cleaned_data["wanted"],
                next_by_itself=form.cleaned_data["next_by_itself"],
                sought=sought,
                alone=form.cleaned_data["alone"],
                anyway=form.anyway,
                together=form.cleaned_data["together"],
                named=pairing.named,
                by=request.actor,
                now=now,
            )
        except (NotOpen, OnlyByNomination, WrongDay):
            form.add_error(None, _("The assignment closed, or its days were moved, while you were choosing."))
        except CannotBeNamed:
            pairing.refuse_names(form)
            if pairing.form is not None:
                return pairing.page(filling)
        except OnlyOne:
            form.ask_whether_alone()
        except (AskedAlready, CannotBeAsked) as refusal:
            form.chosen = [each for each in form.chosen if each not in refusal.ids]
            form.add_error(None, _already_said(len(refusal.ids)))
        except AskedElsewhere as refusal:
            elsewhere = refusal.titles
            form.add_error(None, _("Somebody has just been asked to something else. Look at those who are marked."))
        else:
            messages.success(request, _asked_said(wave.size))
            return redirect(waves_url(filling))
    return _page(request, filling, group, groups, sought, form, elsewhere, has_waves=latest is not None)


def waves_url(filling: Filling) -> str:
    """Where it says how it goes: for the group through which she sees it."""
    url = reverse("matching:waves", args=[filling.assignment.pk])
    return f"{url}?group={filling.enquiry.group_id}" if filling.enquiry else url


def _already_said(number: int) -> str:
    return ngettext(
        "%(n)s of those you chose has just been asked, or can no longer be asked. Nobody was asked now. Look through "
        "your choice and ask again.",
        "%(n)s of those you chose have just been asked, or can no longer be asked. Nobody was asked now. Look through "
        "your choice and ask again.",
        number,
    ) % {"n": number}


def _asked_said(number: int) -> str:
    return ngettext("%(n)s person has been asked.", "%(n)s people have been asked.", number) % {"n": number}


def _page(
    request: PersonRequest,
    filling: Filling,
    group: Group,
    groups: list[Group],
    sought: Sought,
    form: AskForm,
    elsewhere: dict[int, str],
    *,
    has_waves: bool,
) -> HttpResponse:
    now, assignment = timezone.now(), filling.assignment
    wanted = wanted_of(assignment, sought)
    turns = fitting.turn_list(group, assignment, wanted, sought.get("only", ()), now)
    page = fitting.page_of_turns(turns, request.GET.get("page", ""), MOST)
    members = fitting.shown(page, now)
    _note_read(group, members, request)
    rows = fitting.rows_of(members, assignment, wanted, now)
    status = 422 if form.errors else 200
    context: dict[str, Any] = {
        "assignment": assignment,
        "filling": filling,
        "waves_url": waves_url(filling),
        "group": group,
        "groups": groups,
        "page": page,
        "rows": rows,
        "ticked": form.chosen if form.is_bound else _suggest(page, rows, form),
        "anyway": form.anyway,
        "elsewhere": elsewhere,
        "form": form,
        "look": SoughtForm(sought=sought),
        "need": text_of_need(assignment),
        "unsaid": [name for key, name in CRITERION.items() if key in fitting.unsaid(wanted)],
        "sought": sought_lines(sought),
        "only": [CRITERION[key] for key in sought.get("only", ())],
        "has_waves": has_waves,
        "look_up": LookUpForm(),
        "kept": (kept := kept_of(request)),
        "kept_in_words": urlencode(kept),
    }
    return render(request, "matching/fits.html", context, status=status)


def _note_read(group: Group, members: list[Member], request: PersonRequest) -> None:
    """A list shows many at once: one row of the trail."""
    note_members_read(group, members, by=request.actor, now=timezone.now())


def _suggest(page: Page, rows: list[fitting.Row], form: AskForm) -> list[int]:
    """Those whose turn it is are ticked from the beginning: as many as are needed, never fewer than two, and nobody who
    was just asked to something else, or for whom something does not fit. Two and two is suggested where nobody would be
    left over. All of it is seen on the page, and changed."""
    free = [row.member.pk for row in rows if not row.elsewhere and not row.not_met]
    number, in_pairs = suggested(form.initial["wanted"], len(free))
    form.initial["together"] = TWO_AND_TWO if in_pairs else ""
    return free[:number] if page.number == 1 else []


@never_cache
@signed_in
@require_safe
def waves_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Every wave: who was asked, who has answered, who is waited for, and what happens next; and of others who were
    asked to ask how it goes, in numbers."""
    filling = access.assignment_to_fill(request.actor, pk, request.GET.get("group", ""))
    assignment, now = filling.assignment, timezone.now()
    rows = waves.waves_of(filling)
    for group in {row.wave.group for row in rows}:
        asked = [each.invitation.member for row in rows if row.wave.group == group for each in row.rows]
        _note_read(group, asked, request)
    context = {
        "assignment": assignment,
        "filling": filling,
        "fits_url": fits_url(filling),
        "rows": [(row, sought_lines(row.wave.sought)) for row in rows],
        "latest": rows[0] if rows else None,
        "yes": sum(row.yes for row in rows),
        "may_ask": services.is_for_asking(assignment, now),
    }
    if filling.runs:
        counts = counts_by_group(assignment)
        enquiries = enquiries_of(assignment, counts)
        known = {row.wave.group_id for row in rows} | {
            row.enquiry.group_id for row in enquiries if row.enquiry.group_id
        }
        context |= {
            "enquiries": enquiries,
            "unseen": unseen_groups(counts, known),
            "yes_in_all": yes_in_all(assignment) if enquiries else 0,
            "may_enquire": is_open_now(assignment, now),
        }
    return render(request, "matching/waves.html", context)


def fits_url(filling: Filling) -> str:
    url = reverse("matching:fits", args=[filling.assignment.pk])
    return f"{url}?group={filling.enquiry.group_id}" if filling.enquiry else url


@signed_in
@require_POST
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The question no longer waits; the member is told."""
    invitation = access.invitation_to_run(request.actor, pk)
    try:
        services.take_back_invitation(invitation, by=request.actor, now=timezone.now())
    except AnsweredAlready:
        messages.info(request, _("There is an answer already. Look at it below."))
    else:
        messages.success(request, _("The question is taken back, and the member is told so."))
    return redirect(_back_to_waves(request, invitation.wave))


@signed_in
@require_POST
def stop_next(request: PersonRequest, pk: int) -> HttpResponse:
    """No other wave opens by itself."""
    wave = access.wave_to_run(request.actor, pk)
    services.stop_next(wave, by=request.actor, now=timezone.now())
    messages.success(request, _("Nobody else is asked by itself."))
    return redirect(_back_to_waves(request, wave))


def _back_to_waves(request: PersonRequest, wave: Wave) -> str:
    return waves_url(access.assignment_to_fill(request.actor, wave.assignment_id, str(wave.group_id)))
