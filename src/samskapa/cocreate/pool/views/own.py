"""One's own part in a group: the form, one question a page; one's own page; rest, come back, leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.domain.my_data import NotGiven
from samskapa.ground.people.models import display_name

from .. import access
from ..domain import ChangedMeanwhile, Closed, ConsentTo, NotThatMove, Status, TooYoung, Unanswered, is_minor
from ..domain.questions import Question
from ..forms.questions import QUESTION_FORMS, DiagnosisForm, QuestionForm
from ..forms.running import NoteAnswerForm
from ..models import Member, Reply
from ..queries import members as queries
from ..queries import wording
from ..queries.agreement import stands
from ..queries.asked import asked_of
from ..queries.came_by import came_by_in_words, in_words
from ..queries.labels import rows_on
from ..queries.letters import letters_of
from ..queries.reach import reach_in_words
from ..services import joining as services
from ..services import notes
from ..services.consenting import standing_consents


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked and what it means, before one begins."""
    group = access.open_group(pk)
    known = access.own_member_or_none(request.actor, group)
    via = (request.POST if request.method == "POST" else request.GET).get("via", "")
    came_by = in_words(group, via)
    if request.method == "POST" or known:
        kept = via if came_by and "leave_out" not in request.POST else ""
        try:
            member = known or services.begin(group, came_by=kept, by=request.actor, now=timezone.now())
        except Closed:
            messages.info(request, _("One cannot join the group right now."))
            return redirect("pool:group", pk)
        return _to_next_question(member, pk)
    context = {
        "group": group,
        "means": wording.MEANS,
        "number": len(QUESTION_FORMS),
        "via": via,
        "came_by": came_by,
    }
    return render(request, "pool/join.html", context)


def _to_next_question(member: Member, pk: int) -> HttpResponse:
    """The first question that nobody has answered; the page with all answers once there is none, or it is sent."""
    if member.status != Status.BEGUN:
        return redirect("pool:mine", pk)
    answered = queries.versions_of(member)
    for each in queries.questions_for(member):
        if each.key not in answered:
            return redirect("pool:question", pk, each.key)
    return redirect("pool:check", pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """One question: why it is asked, and the answer. Saved, one comes to the next."""
    member = access.own_member(request.actor, pk)
    spec = access.question_of(member, key)
    reply = queries.versions_of(member).get(key)
    initial = queries.values_of(member, spec) | {"version": reply.version if reply else 0}
    form = QUESTION_FORMS[key](request.POST or None, initial=initial, member=member)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.save_answer(
                    member,
                    key,
                    form.values(),
                    based_on=form.based_on,
                    consent=form.consent if isinstance(form, DiagnosisForm) else "",
                    by=request.actor,
                    now=timezone.now(),
                )
            except ChangedMeanwhile as meanwhile:
                return _both(request, member, spec, form, meanwhile)
            except TooYoung:
                form.add_error("age", _("The group has just changed its lowest age. Look at the choices once more."))
            else:
                return _onwards(request, member, spec)
    return render(request, "pool/question.html", _context(member, spec, form, reply), status=status)


def _context(member: Member, spec: Question, form: QuestionForm, reply: Reply | None) -> dict[str, Any]:
    asked = queries.questions_for(member)
    at = [each.key for each in asked].index(spec.key)
    return {
        "member": member,
        "group": member.group,
        "form": form,
        "words": wording.QUESTIONS[spec.key],
        "key": spec.key,
        "number": at + 1,
        "of": len(asked),
        "before": asked[at - 1].key if at else "",
        "following": asked[at + 1].key if at + 1 < len(asked) else "",
        "is_sent": member.status != Status.BEGUN,
        "may_skip": not spec.must,
        "reply": reply,
        "saved_by": display_name(reply.saved_by) if reply and reply.saved_by_id != member.person_id else "",
        "has_diagnosis": spec.key == "diagnosis" and member.diagnosis_consent_id is not None,
    }


def _onwards(request: PersonRequest, member: Member, spec: Question) -> HttpResponse:
    pk = member.group.node_id
    if member.status != Status.BEGUN:
        messages.success(request, _("Saved."))
        return redirect("pool:mine", pk)
    keys = [each.key for each in queries.questions_for(member)]
    following = keys[keys.index(spec.key) + 1 :]
    if "back" in request.POST or not following:
        return redirect("pool:check", pk)
    return redirect("pool:question", pk, following[0])


def _both(
    request: PersonRequest, member: Member, spec: Question, form: QuestionForm, meanwhile: ChangedMeanwhile
) -> HttpResponse:
    """Another answer was saved meanwhile, in another window or by a coordinator who helps: both are shown."""
    now = access.own_member(request.actor, member.group.node_id)
    data = request.POST.copy()
    data["version"] = str(meanwhile.version)
    again = type(form)(data, initial=form.initial, member=now)
    again.is_valid()
    places = queries.places_of([now]) | queries.names_of_nodes(form.values())
    context = _context(now, spec, again, queries.versions_of(now).get(spec.key)) | {
        "theirs": queries.lines(spec, queries.values_of(now, spec), places=places),
        "own": queries.lines(spec, form.values(), places=places),
    }
    return render(request, "pool/conflict.html", context, status=409)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest, pk: int) -> HttpResponse:
    """All answers on one page, to look through and send."""
    member = access.own_member(request.actor, pk)
    if member.status != Status.BEGUN:
        return redirect("pool:mine", pk)
    missing: list[str] = []
    if request.method == "POST":
        try:
            services.send(member, words=str(wording.MEANS), by=request.actor, now=timezone.now())
        except Unanswered as unanswered:
            missing = unanswered.args[0]
        except Closed:
            messages.info(request, _("One cannot join the group right now. Your answers are kept here."))
            return redirect("pool:group", pk)
        except TooYoung:
            messages.info(request, _("The group has just changed its lowest age. Look at the choices once more."))
            return redirect("pool:question", pk, "age")
        else:
            messages.success(request, _("Thank you! Your answers have been sent."))
            return redirect("pool:mine", pk)
    context = {
        "member": member,
        "group": member.group,
        "rows": queries.answer_rows(member),
        "missing": [(key, wording.QUESTIONS[key].name) for key in missing],
        "means": wording.MEANS,
    }
    return render(request, "pool/check.html", context, status=422 if missing else 200)


@never_cache
@signed_in
@require_safe
def mine(request: PersonRequest, pk: int) -> HttpResponse:
    """All that is held of one in the group: where one stands, answers, notes, what has happened, when one was asked."""
    member = access.own_member(request.actor, pk)
    if member.status == Status.BEGUN:
        return redirect("pool:check", pk)
    waiting, is_young = queries.yearly_waiting(member), is_minor(member.age)
    minor = getattr(member, "minor", None) if is_young else None
    needs_guardian = is_young and (minor is None or not minor.has_yes)
    context = {
        "member": member,
        "group": member.group,
        "to_you": wording.STATUS_TO_YOU[member.status],
        "stands": stands(member, "person"),
        "rows": queries.answer_rows(member),
        "notes": queries.note_rows(member),
        "labels": rows_on(member),
        "letters": letters_of(member),
        "yeses": standing_consents(member, *ConsentTo).order_by("pk"),
        "moments": queries.moments_of(member),
        "points": queries.introduction_of(member),
        "asked": asked_of(member.person_id),
        "came_by": came_by_in_words(member),
        "contact": display_name(member.contact) if member.contact else "",
        "reach": reach_in_words(member),
        "yearly_token": access.still_token(waiting) if waiting else "",
        "minor": minor,
        "needs_guardian": needs_guardian,
    }
    return render(request, "pool/mine.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_note(request: PersonRequest, pk: int, note_pk: int) -> HttpResponse:
    """Answer what a coordinator has noted."""
    note = access.note_to_answer(request.actor, pk, note_pk)
    form = NoteAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        notes.answer_note(note, text=form.cleaned_data["text"], by=request.actor, now=timezone.now())
        messages.success(request, _("Your answer is sent, and stands beside the note."))
        return redirect("pool:mine", pk)
    context = {"form": form, "note": note, "who": display_name(note.written_by), "group": note.member.group}
    return render(request, "pool/answer_note.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def rest(request: PersonRequest, pk: int) -> HttpResponse:
    """Be asked by nobody until one says so."""
    member = access.sent_member(request.actor, pk)
    services.rest(member, by=request.actor, now=timezone.now())
    messages.success(request, _("You are resting now. Nobody asks you until you say so."))
    return redirect("pool:mine", pk)


@signed_in
@require_POST
def back(request: PersonRequest, pk: int) -> HttpResponse:
    """Be asked again."""
    member = access.sent_member(request.actor, pk)
    services.come_back(member, by=request.actor, now=timezone.now())
    messages.success(request, _("Welcome back!"))
    return redirect("pool:mine", pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """What goes when one leaves; and leaving."""
    member = access.own_member(request.actor, pk)
    if request.method == "POST":
        services.leave(member, by=request.actor, now=timezone.now())
        messages.success(request, _("You have left the group, and what you had told is removed. Thank you!"))
        return redirect("pool:group", pk)
    context = {"member": member, "group": member.group, "stands": stands(member, "person")}
    return render(request, "pool/leave.html", context)


@signed_in
@require_POST
def take_back_diagnosis(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back the yes to keep a diagnosis."""
    member = access.own_member(request.actor, pk)
    try:
        services.take_back_diagnosis(member, by=request.actor, now=timezone.now())
    except (NotGiven, NotThatMove):
        messages.info(request, _("There is no diagnosis here."))
    else:
        messages.success(request, _("Your yes is taken back, and the diagnosis is removed."))
    return redirect("pool:check" if member.status == Status.BEGUN else "pool:mine", pk)
