"""Who applied, choosing, and answering everybody: for host and coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import signed_in

from ..access import applications as access
from ..domain import AnswersTooEarly, ApplicationState, ClosesTooEarly, State
from ..domain.choosing import (
    AlreadyAnswered,
    AnsweredOtherwise,
    CannotMove,
    ConflictNotAssessed,
    ExcludedByConflict,
    NobodyChosen,
    NoChoiceYet,
    NotAmongApplicants,
    NotAsChosen,
    NotChoosing,
    NotWaiting,
    OnlyDeputies,
    OwnMatter,
    StillUnanswered,
)
from ..domain.standing import TooManyDeputies
from ..forms import wording
from ..forms.choose import AnswerForm, AssessForm, CallOffForm, ChooseForm, ExtendForm
from ..models import Application, Assignment
from ..queries import applications as queries
from ..queries import beyond
from ..queries.open import applicant_questions, facts_of, standing_terms
from ..queries.ways import ways_of_choosing
from ..services import choosing as services
from ..services import closing, reading


def _own_matter() -> str:
    return _("You have applied to this yourself, so somebody else has to do it.")


def _common(request: HttpRequest, assignment: Assignment) -> dict:
    facts = facts_of(assignment, timezone.localdate())
    return {
        "assignment": assignment,
        "facts": facts,
        "is_coordinator": access.is_coordinator(request.actor),
        # The page says the same as the closing job, also in the hour before it has run.
        "is_choosing": assignment.state == State.CHOOSING,
        "is_open": facts.is_open,
    }


@signed_in
@require_safe
def applicants(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who applied, by number."""
    assignment = access.run_assignment(request.actor, pk)
    everybody = queries.applicants(assignment, request.actor)
    page = Paginator(everybody, 20).get_page(request.GET.get("page"))
    reading.note_list_read(assignment, page, by=request.actor, now=timezone.now())
    return render(
        request,
        "assignments/choose/applicants.html",
        {
            **_common(request, assignment),
            "page_obj": page,
            "waiting": sum(a.waits for a in everybody),
            "fits": beyond.who_fits(assignment) if access.is_coordinator(request.actor) else None,
        },
    )


@signed_in
@require_safe
def applicant(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """One applicant, as far as one may see them."""
    assignment, found = access.run_applicant(request.actor, pk, application_pk)
    reading.note_applicant_read(assignment, found, by=request.actor, now=timezone.now())
    context = {**_common(request, assignment), "applicant": found, "form": AssessForm()}
    return render(request, "assignments/choose/applicant.html", context)


@signed_in
@require_POST
def assess_conflict(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """The coordinator's assessment of a declared conflict of interest."""
    assignment, found = access.run_applicant(request.actor, pk, application_pk, only_coordinator=True)
    application = get_object_or_404(Application, pk=found.id, conflict__isnull=False)
    form = AssessForm(request.POST)
    if form.is_valid():
        try:
            services.assess_conflict(application, **form.cleaned_data, by=request.actor, now=timezone.now())
        except OwnMatter:
            form.add_error(None, _own_matter())
        except AlreadyAnswered:
            form.add_error(None, _("The person has been answered, so the assessment stands."))
        else:
            messages.success(request, _("Your assessment is saved."))
            return redirect("assignments:applicant", pk, found.id)
    reading.note_applicant_read(assignment, found, by=request.actor, now=timezone.now())
    context = {**_common(request, assignment), "applicant": found, "form": form}
    return render(request, "assignments/choose/applicant.html", context, status=422)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who applied beside what was sought; say who is chosen and why."""
    assignment = access.run_assignment(request.actor, pk)
    everybody = queries.applicants(assignment, request.actor)
    ways = ways_of_choosing()
    choice = queries.latest_choice(assignment)
    terms = standing_terms(assignment)
    form = ChooseForm(
        request.POST if request.method == "POST" else None,
        applicants=everybody,
        ways=[(way.key, way.label) for way in ways],
        deputies=terms.deputies if terms else 0,
        initial={
            "method": ways[0].key,
            "chosen": [str(a.id) for a in everybody if a.is_picked and not a.is_picked_as_deputy],
            "deputies": [str(a.id) for a in everybody if a.is_picked_as_deputy],
            "reason": choice.reason if choice else "",
        },
    )
    if form.is_valid():
        chosen_ids, deputy_ids = form.picked
        try:
            services.make_choice(
                assignment,
                chosen=chosen_ids,
                deputies=deputy_ids,
                reason=form.cleaned_data["reason"],
                method=form.cleaned_data["method"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotChoosing:
            form.add_error(None, _("The assignment is not at the stage of choosing."))
        except OwnMatter:
            form.add_error(None, _own_matter())
        except NobodyChosen:
            form.add_error("chosen", _("Choose at least one."))
        except OnlyDeputies:
            form.add_error("chosen", _("Choose at least one as ordinary: a deputy steps in for somebody."))
        except TooManyDeputies as limit:
            form.add_error(
                "deputies" if "deputies" in form.fields else "chosen",
                ngettext(
                    "%(most)s deputy is sought. Choose no more than that.",
                    "%(most)s deputies are sought. Choose no more than that.",
                    limit.most,
                )
                % {"most": limit.most},
            )
        except NotAmongApplicants:
            form.add_error("chosen", _("Somebody you chose has withdrawn. Look through the list again."))
        except (ExcludedByConflict, ConflictNotAssessed):
            form.add_error("chosen", _("Somebody you chose has a conflict of interest that stands in the way."))
        except AnsweredOtherwise:
            form.add_error("chosen", _("Somebody has had an answer already, and it cannot be taken back."))
        else:
            messages.success(request, _("The choice is saved. Now everybody gets an answer."))
            return redirect("assignments:choose", pk)
    reading.note_list_read(assignment, everybody, by=request.actor, now=timezone.now())
    chosen = {str(value) for value in (form["chosen"].value() or [])}
    as_deputy = {str(value) for value in (form["deputies"].value() or [])} if "deputies" in form.fields else set()
    context = {
        **_common(request, assignment),
        "applicants": everybody,
        "questions": applicant_questions(assignment),
        "choice": choice,
        "form": form,
        "ticked": {a.id for a in everybody if str(a.id) in chosen},
        "ticked_as_deputy": {a.id for a in everybody if str(a.id) in as_deputy},
        "deputies": terms.deputies if terms else 0,
        "waiting": [a for a in everybody if a.waits],
        "other_ways": [way for way in ways if way.url != "assignments:choose"],
    }
    status = 422 if form.errors else 200
    return render(request, "assignments/choose/choose.html", context, status=status)


def _suggestion(assignment: Assignment, *, is_picked: bool, as_deputy: bool) -> str:
    """Kind words to begin with; what stands in brackets must be replaced."""
    if as_deputy:
        return _(
            "Thank you for wanting to take part. You are chosen as deputy, because [what in your experience we need]. "
            "You step in when somebody who is ordinary cannot come. You can still say no, without saying why."
        )
    if is_picked:
        return _(
            "Thank you for wanting to take part. You are chosen, because [what in your experience we need]. "
            "We look forward to working with you. You can still say no, without saying why."
        )
    return _(
        "Thank you for wanting to take part. We cannot ask everybody, and this time we chose others, because "
        "[what decided it]. What you told us has been read with care. You are welcome to apply again."
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_applicant(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Write to one applicant. Whoever comes second sees what the first wrote."""
    assignment, found = access.run_applicant(request.actor, pk, application_pk)
    suggestion = _suggestion(assignment, is_picked=found.is_picked, as_deputy=found.is_picked_as_deputy)
    outcome = ApplicationState.CHOSEN if found.is_picked else ApplicationState.NOT_CHOSEN
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        suggestion=suggestion,
        initial={"reason": suggestion, "version": found.version},
    )
    theirs = None
    if form.is_valid():
        try:
            services.answer_applicant(
                get_object_or_404(Application, pk=found.id),
                # What the page said when it was read: if the choice has changed since, nothing is sent.
                outcome=request.POST.get("outcome") or outcome,
                reason=form.cleaned_data["reason"],
                as_deputy=bool(request.POST["as_deputy"]) if "as_deputy" in request.POST else None,
                expected_version=form.cleaned_data["version"],
                by=request.actor,
                now=timezone.now(),
            )
        except AlreadyAnswered as answered:
            theirs = answered.theirs
            form.add_error(None, _("Somebody else has answered this person. Nothing was sent a second time."))
        except NotWaiting:
            form.add_error(None, _("The person has withdrawn or changed something. Nothing was sent."))
        except OwnMatter:
            form.add_error(None, _own_matter())
        except NoChoiceYet:
            form.add_error(None, _("Choose first, then answer."))
        except (NotAsChosen, ValueError):
            form.add_error(None, _("The choice was changed while you were writing. Nothing was sent."))
        except NotChoosing:
            form.add_error(None, _("The assignment is not at the stage of choosing. Nothing was sent."))
        else:
            messages.success(request, _("The answer is sent."))
            return redirect("assignments:choose", pk)
    reading.note_applicant_read(assignment, found, by=request.actor, now=timezone.now())
    context = {
        **_common(request, assignment),
        "applicant": found,
        "form": form,
        "theirs": theirs,
        "outcome": outcome,
        "choice": queries.latest_choice(assignment),
    }
    status = 422 if form.errors else 200
    return render(request, "assignments/choose/answer.html", context, status=status)


@signed_in
@require_POST
def finish_choosing(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the agreements, once everybody has an answer."""
    assignment = access.run_assignment(request.actor, pk)
    try:
        services.finish_choosing(assignment, by=request.actor, now=timezone.now())
    except StillUnanswered as waiting:
        number = len(waiting.ids)
        messages.warning(
            request,
            ngettext(
                "%(number)s person still waits for an answer.", "%(number)s people still wait for an answer.", number
            )
            % {"number": number},
        )
    except NobodyChosen:
        messages.warning(request, _("Nobody is chosen. Choose somebody, or call the assignment off and say why."))
    except NotChoosing:
        messages.warning(request, _("The assignment is not at the stage of choosing."))
    else:
        messages.success(request, _("Everybody has an answer. The agreements come next."))
    return redirect("assignments:choose", pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close_early(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.run_assignment(request.actor, pk, only_coordinator=True)
    if request.method == "POST":
        try:
            closing.close_early(assignment, by=request.actor, now=timezone.now())
        except CannotMove:
            messages.info(request, _("The assignment is closed already."))
        else:
            messages.success(request, _("The assignment is closed."))
        return redirect("assignments:applicants", pk)
    if assignment.state != State.OPEN:  # the link was old: there is nothing left to ask
        messages.info(request, _("The assignment is closed already."))
        return redirect("assignments:applicants", pk)
    return render(request, "assignments/choose/close_early.html", _common(request, assignment))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.run_assignment(request.actor, pk, only_coordinator=True)
    form = ExtendForm(
        request.POST if request.method == "POST" else None,
        initial={"closes_on": assignment.closes_on, "answer_by": assignment.answer_by},
    )
    if form.is_valid():
        try:
            closing.extend(assignment, **form.cleaned_data, by=request.actor, now=timezone.now())
        except CannotMove:
            form.add_error(None, _("A choice has been made, so the assignment cannot be opened again."))
        except ClosesTooEarly:
            form.add_error("closes_on", _("Choose a later day than before, but before the work begins."))
        except AnswersTooEarly:
            form.add_error("answer_by", wording.ANSWERS_TOO_EARLY)
        else:
            messages.success(request, _("The days are moved, and those who have applied are told."))
            return redirect("assignments:applicants", pk)
    status = 422 if form.errors else 200
    return render(
        request, "assignments/choose/extend.html", {**_common(request, assignment), "form": form}, status=status
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off what has been open. Host or coordinator; everybody is told why."""
    assignment = access.run_assignment(request.actor, pk)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            closing.call_off(assignment, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        except NotChoosing:
            form.add_error(None, _("The assignment cannot be called off any more, or has been called off already."))
        else:
            messages.success(request, _("The assignment is called off, and everybody has been told why."))
            return redirect("assignments:assignment", pk)
    status = 422 if form.errors else 200
    return render(
        request, "assignments/choose/call_off.html", {**_common(request, assignment), "form": form}, status=status
    )
