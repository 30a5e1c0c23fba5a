"""For the coordinators of a group: a member, and the way from the first talk to where they can be asked."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from .. import access
from ..domain import (
    AgeUnknown,
    GuardianNeeded,
    NotAgreed,
    NotIntroduced,
    NotThatMove,
    Status,
    is_minor,
)
from ..domain.moving import first_check_in
from ..forms.running import ContactForm, IntroductionForm, NoForm, NoteForm, TalkForm, WelcomeForm
from ..models import Member
from ..queries import members as queries
from ..queries import wording
from ..queries.agreement import WITH_AGREEMENT, agreement_of, is_confirmed, stands
from ..queries.came_by import came_by_in_words
from ..queries.going_on import goes_on_with
from ..queries.labels import rows_on
from ..queries.reach import is_passed_on
from ..queries.tools import tools_of_member
from ..queries.waiting import Waiting
from ..services import running as services
from .group import PER_PAGE

#: From here on something may go on with a member.
AFTER_WELCOME = (Status.WELCOMED, Status.ACTIVE, Status.RESTING)


@never_cache
@signed_in
@require_safe
def member(request: PersonRequest, pk: int) -> HttpResponse:
    """What somebody has told, where they stand, and the next step. The member sees the same on their own page."""
    found = access.member_to_run(request.actor, pk)
    return member_page(request, found, "pool/member.html", {})


@never_cache
@signed_in
@require_safe
def waiting(request: PersonRequest, pk: int) -> HttpResponse:
    """What waits for who runs the group, the oldest promise first; `?kind=` narrows it."""
    group = access.group_to_run(request.actor, pk)
    found = Waiting(group, timezone.localdate(), request.GET.get("kind", ""))
    page = found.page(request.GET.get("page"), PER_PAGE)
    rows = list(page)
    first = rows[:1] if page.number == 1 else found[0:1]
    shown = {row.member for row in [*rows, *first] if row.member}
    services.note_members_read(group, shown, by=request.actor, now=timezone.now())
    context = {"group": group, "page": page, "rows": rows, "first": next(iter(first), None), "found": found}
    return render(request, "pool/waiting.html", context)


def member_page(
    request: PersonRequest, found: Member, template: str, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page on a member: what they have told, where they stand, and what `more` adds. It leaves a trace."""
    services.note_member_read(found, by=request.actor, now=timezone.now())
    minor, is_young = getattr(found, "minor", None), is_minor(found.age)
    needs_guardian = is_young and (minor is None or not minor.has_yes)
    points = queries.introduction_of(found)
    context = {
        "member": found,
        "group": found.group,
        "name": queries.called(found),
        "came_by": came_by_in_words(found),
        "rows": queries.answer_rows(found),
        "notes": queries.note_rows(found),
        "labels": rows_on(found),
        "moments": queries.moments_of(found),
        "points": points,
        "is_introduced": all(point.done for point in points),
        "is_agreed": is_confirmed(found),
        "has_agreement": found.status in WITH_AGREEMENT,
        "stands": stands(found, "care"),
        "contact": display_name(found.contact) if found.contact else "",
        "is_minor": is_young,
        "minor": minor if is_young else None,
        "needs_guardian": needs_guardian,
        "goes_on": goes_on_with(found, request.actor) if needs_guardian and found.status in AFTER_WELCOME else [],
        "guide": wording.GUIDE,
        "is_passed_on": is_passed_on(found),
        "tools": tools_of_member(found),
    }
    return render(request, template, context | more, status=status)


def _step(request: PersonRequest, pk: int, template: str, make: Any, carry_out: Any, said: Any) -> HttpResponse:
    """One form on a page of its own, beside what the member has told; then back to the member. said: what is said when
    it is done, or what says it of a member."""
    found = access.member_to_run(request.actor, pk)
    form: django_forms.Form = make(found)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(found, form)
        except AgeUnknown:
            messages.info(request, _("First the age is told: ask, and answer that question together."))
            return redirect("helping:person", found.person_id)
        except NotThatMove:
            messages.info(request, _("Something has happened meanwhile. Look at where it stands now."))
            return redirect("pool:member", pk)
        except GuardianNeeded:
            messages.info(request, _("First note a guardian's yes, a guide and a known adult."))
            return redirect("pool:minor", pk)
        messages.success(request, said(found) if callable(said) else said)
        return redirect("pool:member", pk)
    return member_page(request, found, template, {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: PersonRequest, pk: int) -> HttpResponse:
    """The first talk: a guide, and what one wants to remember."""
    return _step(
        request,
        pk,
        "pool/talk.html",
        lambda found: TalkForm(request.POST or None, initial={"on_day": timezone.localdate()}),
        lambda found, form: services.note_talk(found, **form.cleaned_data, by=request.actor, now=timezone.now()),
        _("Noted. The next step is to say welcome."),
    )


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: PersonRequest, pk: int) -> HttpResponse:
    """Say welcome, with a named contact person."""
    return _step(
        request,
        pk,
        "pool/welcome.html",
        lambda found: _contact_form(request, found, make=WelcomeForm),
        lambda found, form: services.welcome(
            found,
            contact=form.chosen,
            check_in=form.cleaned_data["next_check_in"],
            by=request.actor,
            now=timezone.now(),
        ),
        lambda found: (
            _("The member is welcomed. What to tell them comes up where you help somebody.")
            if is_passed_on(found)
            else _("The member is welcomed and has been told who the contact person is.")
        ),
    )


def _contact_form(request: PersonRequest, found: Member, *, make: type[ContactForm] = ContactForm) -> ContactForm:
    return make(
        request.POST or None,
        initial={
            "contact": str(found.contact_id or request.actor.person_id),
            "next_check_in": found.next_check_in or first_check_in(timezone.localdate()),
        },
        coordinators=queries.coordinators_of(found.group),
    )


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: PersonRequest, pk: int) -> HttpResponse:
    """Another contact person."""
    return _step(
        request,
        pk,
        "pool/contact.html",
        lambda found: _contact_form(request, found),
        lambda found, form: services.change_contact(found, contact=form.chosen, by=request.actor, now=timezone.now()),
        lambda found: (
            _("Saved. What to tell the member comes up where you help somebody.")
            if is_passed_on(found)
            else _("Saved, and the member has been told.")
        ),
    )


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: PersonRequest, pk: int) -> HttpResponse:
    """Which points of the introduction have been gone through."""
    return _step(
        request,
        pk,
        "pool/introduction.html",
        lambda found: _introduction_form(request, found),
        lambda found, form: services.introduce(
            found, form.cleaned_data["points"], by=request.actor, now=timezone.now()
        ),
        _("Saved."),
    )


def _introduction_form(request: PersonRequest, found: Member) -> IntroductionForm:
    done = [row.point.value for row in queries.introduction_of(found) if row.done]
    return IntroductionForm(request.POST if request.method == "POST" else None, initial={"points": done})


@signed_in
@require_POST
def activate(request: PersonRequest, pk: int) -> HttpResponse:
    """The introduction is done and the agreement confirmed: the member can be asked."""
    found = access.member_to_run(request.actor, pk)
    try:
        services.activate(found, by=request.actor, now=timezone.now())
    except NotIntroduced:
        messages.info(request, _("Some of the introduction is left."))
        return redirect("pool:introduction", pk)
    except NotAgreed:
        messages.info(request, _("Both have to confirm the agreement first."))
        agreement = agreement_of(found)
        return redirect("pool:agreement", agreement.pk) if agreement else redirect("pool:member", pk)
    except NotThatMove:
        messages.info(request, _("Something has happened meanwhile. Look at where it stands now."))
    else:
        messages.success(
            request,
            _("The member can be asked from now on. What to tell them comes up where you help somebody.")
            if is_passed_on(found)
            else _("The member can be asked from now on, and has been told."),
        )
    return redirect("pool:member", pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: PersonRequest, pk: int) -> HttpResponse:
    """Note something, which the member reads too."""

    def carry_out(found: Member, form: Any) -> None:
        given = dict(form.cleaned_data)
        if "next_check_in" not in form.changed_data:  # another may have changed it meanwhile
            given["next_check_in"] = found.next_check_in
        services.write_note(found, **given, by=request.actor, now=timezone.now())

    return _step(
        request,
        pk,
        "pool/note.html",
        lambda found: NoteForm(
            request.POST or None,
            initial={"on_day": timezone.localdate(), "next_check_in": found.next_check_in, "kind": "check_in"},
        ),
        carry_out,
        _("Saved. The member reads it too."),
    )


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def say_no(request: PersonRequest, pk: int) -> HttpResponse:
    """Say no to somebody who wanted to join, with words that they are sent."""
    found = access.member_to_run(request.actor, pk)
    form = NoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_no(found, word=form.cleaned_data["word"], by=request.actor, now=timezone.now())
        except NotThatMove:
            messages.info(request, _("Something has happened meanwhile. Look at where it stands now."))
            return redirect("pool:member", pk)
        messages.success(request, _("Your answer is sent, and what the person had told is removed."))
        return redirect("pool:members", found.group.node_id)
    return member_page(request, found, "pool/say_no.html", {"form": form}, status=422 if form.is_bound else 200)
