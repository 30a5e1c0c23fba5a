"""Whoever asks: begin a round, see how it goes, remind, close, read the answers, tell what came out of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samskapa.ground.core.services import record
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.access import PersonRequest, is_within_limits, signed_in

from .. import access, queries, services
from ..domain import Mode, NotOpen, TooMany, Whom
from ..forms import AskForm, PeopleForm, TellForm
from ..models import Asking
from ..queries.askings import asked_in, askings_seen_by, side_counts, with_counts, without_mail
from ..queries.results import results_in_words
from ..queries.sets import FREE
from ..queries.words import who_in_words

PER_PAGE = 25
PEOPLE_PER_PAGE = 100


@signed_in
@require_GET
def askings(request: PersonRequest) -> HttpResponse:
    """The rounds of one's own place, the newest first."""
    actor = access.asker(request.actor)
    page = Paginator(with_counts(askings_seen_by(actor)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/rounds/askings.html", {"page": page})


@signed_in
@require_GET
def choose(request: PersonRequest) -> HttpResponse:
    """Which questions to ask."""
    access.asker(request.actor)
    sets = [access.free_set(key, language=_language()) for key in FREE]
    return render(request, "surveys/rounds/choose.html", {"sets": sets})


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: PersonRequest, key: str) -> HttpResponse:
    """Begin a round with the set `key`."""
    actor = access.asker(request.actor)
    words, now = access.free_set(key, language=_language()), timezone.now()
    form = AskForm(
        request.POST or None,
        sides=words.sides,
        actor=actor,
        today=timezone.localdate(now),
        initial={"key": uuid4().hex, "mode": Mode.ANONYMOUS.value, "node": actor.node_id},
    )
    if request.method == "POST" and form.is_valid() and not is_within_limits(request, "survey"):
        form.add_error(None, _("That was many rounds in a short time. Wait an hour, and go on then."))
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        people = _people(form, data["node"])
        if not people:
            form.add_error("addresses_0", _("Nobody has that role there. Write addresses, or choose another role."))
        else:
            try:
                with transaction.atomic():
                    asking = services.ask(
                        services.make_set(queries.shipped(key), by=actor, now=now),
                        people,
                        key=f"surveys.ask:{actor.person_id}:{data['key']}",
                        title=data["title"],
                        why=data["why"],
                        node=data["node"],
                        mode=data["mode"],
                        closes_at=form.closes_at(),
                        by=actor,
                        now=now,
                    )
            except TooMany:
                form.add_error("addresses_0", _("That is too many people for one round."))
            else:
                messages.success(request, _("The questions are on their way."))
                return redirect("surveys:asking", asking.pk)
    context = {"form": form, "words": words}
    return render(request, "surveys/rounds/ask.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    """How a round goes: how many have answered, and what can be done. Of an anonymous one not who."""
    found = access.asking_for(request.actor, pk)
    return render(request, "surveys/rounds/asking.html", _round(request, found))


@signed_in
@require_http_methods(["GET", "POST"])
def more(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask others too."""
    found = access.asking_for(request.actor, pk)
    words = _words(found)
    form = PeopleForm(request.POST or None, sides=words.sides, actor=request.actor)
    if request.method == "POST" and form.is_valid() and not is_within_limits(request, "survey"):
        form.add_error(None, _("That was many rounds in a short time. Wait an hour, and go on then."))
    elif request.method == "POST" and form.is_valid():
        try:
            many = services.ask_more(found, _people(form, found.node), by=request.actor, now=timezone.now())
        except NotOpen:
            messages.info(request, _("The round is closed."))
            return redirect("surveys:asking", pk)
        except TooMany:
            form.add_error("addresses_0", _("That is too many people for one round."))
        else:
            told = ngettext("%(many)d more is asked.", "%(many)d more are asked.", many) % {"many": many}
            messages.success(request, told)
            return redirect("surveys:asking", pk)
    context = {"asking": found, "form": form}
    return render(request, "surveys/rounds/more.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def remind(request: PersonRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered, and nobody else."""
    many = services.remind_now(access.asking_for(request.actor, pk), by=request.actor, now=timezone.now())
    if many:
        told = ngettext("%(many)d reminder is on its way.", "%(many)d reminders are on their way.", many)
        messages.success(request, told % {"many": many})
    else:
        messages.info(request, _("Nobody to remind just now: all have answered, or had a mail in the last day."))
    return redirect("surveys:asking", pk)


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Close the round, after a question."""
    found = access.asking_for(request.actor, pk)
    if request.method == "POST":
        services.close(found, by=request.actor, now=timezone.now())
        messages.success(request, _("The round is closed. Read the answers, and tell everybody what came out of it."))
        return redirect("surveys:results", pk)
    if found.closed_at:
        return redirect("surveys:asking", pk)
    return render(request, "surveys/rounds/close.html", {"asking": found, "sides": _sides(found)})


@signed_in
@require_GET
def results(request: PersonRequest, pk: int) -> HttpResponse:
    """What may be shown of a closed round, with what was written in own words."""
    found = access.asking_for(request.actor, pk)
    if found.closed_at is None:
        return redirect("surveys:asking", pk)
    context = {"asking": found, "results": results_in_words(found, with_texts=True), "sides": _sides(found)}
    return render(request, "surveys/rounds/results.html", context)


@signed_in
@require_GET
def answers(request: PersonRequest, pk: int) -> HttpResponse:
    """Who answered what, in a round by name. The trail notes that it was read, and each finds it on their own page."""
    found = access.asking_for(request.actor, pk)
    if found.mode != Mode.NAMED:
        return redirect("surveys:asking", pk)
    given = Paginator(queries.answers_of(found), PER_PAGE).get_page(request.GET.get("page"))
    spec = queries.spec_of(found.set_version)
    words = {side: queries.in_words(spec, side=side, language=_language()) for side in spec.sides}
    rows = [
        (who_in_words(each.asked), each, [
            (worded.words.text, queries.answer_in_words(worded, each.answers[worded.question.key]))
            for worded in words[each.asked.side].questions
            if worded.question.key in each.answers
        ])
        for each in given
    ]  # fmt: skip
    people = [each.asked.person_id for each in given if each.asked.person_id]
    if people:
        with transaction.atomic():
            record("surveys.answers_read", by=request.actor, at=timezone.now(), on=found, people=people)
    return render(request, "surveys/rounds/answers.html", {"asking": found, "page": given, "rows": rows})


@signed_in
@require_http_methods(["GET", "POST"])
def tell(request: PersonRequest, pk: int) -> HttpResponse:
    """The last step: tell everybody who was asked."""
    found = access.asking_for(request.actor, pk)
    if found.closed_at is None or found.told_at:
        if found.told_at and request.method == "POST":
            messages.info(request, _("It is told already."))
        return redirect("surveys:asking", pk)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.tell_results(found, words=form.cleaned_data["words"], by=request.actor, now=timezone.now())
        messages.success(request, _("A mail is on its way to everybody who was asked."))
        return redirect("surveys:asking", pk)
    context = {"asking": found, "form": form}
    return render(request, "surveys/rounds/tell.html", context, status=422 if form.is_bound else 200)


# --- within ---------------------------------------------------------------------------------------


def _language() -> str:
    return get_language() or "sv"


def _words(found: Asking) -> queries.SetInWords:
    spec = queries.spec_of(found.set_version)
    return queries.in_words(spec, side=next(iter(spec.sides)), language=_language())


def _people(form: PeopleForm, node: Node) -> list[Whom]:
    """Everybody the form names: groups first, so that who is asked as a person is not asked by address too."""
    people = [
        Whom(person_id=person_id, side=side)
        for side, role in form.roles()
        for person_id in access.people_to_ask(role, node)
    ]
    return people + [Whom(address=address, side=side) for side, address in form.addresses()]


def _sides(found: Asking) -> list[dict[str, Any]]:
    names = _words(found).sides
    return [
        {"number": number, "name": names[each.side], "asked": each.asked, "answered": each.answered}
        for number, each in enumerate(side_counts(found), start=1)
    ]


def _round(request: PersonRequest, found: Asking) -> dict[str, Any]:
    words, sides = _words(found), _sides(found)
    is_named = found.mode == Mode.NAMED
    page = Paginator(asked_in(found), PEOPLE_PER_PAGE).get_page(request.GET.get("page")) if is_named else None
    many, answered = sum(side["asked"] for side in sides), sum(side["answered"] for side in sides)
    return {
        "asking": found,
        "words": words,
        "sides": sides,
        "many": many,
        "answered": answered,
        "waiting": many - answered,
        "without_mail": without_mail(found),
        "is_named": is_named,
        "page": page,
        "rows": [(who_in_words(each), words.sides[each.side], each.has_answered) for each in page or []],
    }
