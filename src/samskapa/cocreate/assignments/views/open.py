"""The public list, the page of one assignment, and questions to the host."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.people.access import is_within_limits, signed_in

from ..access import applications as access
from ..access.informed import may_follow
from ..domain.applying import AnsweredBefore, NotOpen
from ..forms.open import AnswerQuestionForm, HideForm, QuestionForm
from ..queries import beyond, standing
from ..queries import open as queries
from ..queries.informed import address_of, is_following
from ..queries.material import material_for_everybody
from ..services import asking


@require_safe
def open_list(request: HttpRequest) -> HttpResponse:
    """Everything one can apply to today, filtered as the address says."""
    today = timezone.localdate()
    filters = queries.filters_from(request.GET)
    page = Paginator(queries.open_assignments(today, filters), queries.PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "assignments/open/list.html",
        {
            "page_obj": page,
            "filters": filters,
            "options": queries.options(today, filters),
            "search": address_of(filters),
        },
    )


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The plain facts of one assignment, for anybody."""
    found = access.public_assignment(pk)
    actor, section = request.actor, beyond.told_of(found)
    years = section.years if section else set()  # those that stand there, with what the representatives answered
    return render(
        request,
        "assignments/open/assignment.html",
        {
            "assignment": found,
            "facts": queries.facts_of(found, timezone.localdate()),
            "questions": queries.public_questions(found),
            "material": material_for_everybody(found),
            "told_back": [each for each in standing.told_back_of(found) if each.pk not in years],
            "section": section,
            "mine": queries.own_application(found, actor.whose),
            "runs": access.runs(actor, found),
            "may_nominate": access.may_nominate(actor),
            "may_apply": actor.is_visitor or access.may_apply(actor),
            "may_follow": may_follow(actor),
            "follows": may_follow(actor) and is_following(actor, found),
        },
    )


def _to_questions(pk: int) -> HttpResponse:
    return redirect(f"{reverse('assignments:assignment', args=[pk])}#questions")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.public_assignment(pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not is_within_limits(request, "ask"):
        form.add_error(None, _("That was many questions in a short time. Wait an hour. Your text is still here."))
    elif form.is_valid():
        try:
            asking.ask_question(found, text=form.cleaned_data["text"], by=request.actor, now=timezone.now())
        except NotOpen:
            form.add_error(None, _("The assignment has closed, so no more questions can be asked."))
        else:
            messages.success(request, _("Your question is on the page. We write to you when it has been answered."))
            return _to_questions(pk)
    status = 422 if form.errors else 200
    return render(request, "assignments/open/ask.html", {"assignment": found, "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = access.run_question(request.actor, pk)
    form = AnswerQuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asking.answer_question(question, text=form.cleaned_data["text"], by=request.actor, now=timezone.now())
        except AnsweredBefore:
            question.refresh_from_db()
            form.add_error(None, _("Somebody else answered first. Your text is still here."))
        else:
            messages.success(request, _("The answer is on the page, and the one who asked has been told."))
            return _to_questions(question.assignment_id)
    status = 422 if form.errors else 200
    return render(request, "assignments/open/answer_question.html", {"question": question, "form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hide_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = access.run_question(request.actor, pk)
    form = HideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asking.hide_question(question, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        except AnsweredBefore:
            form.add_error(None, _("Somebody else has taken it down already."))
        else:
            messages.success(request, _("The question is taken down, and the one who asked has been told why."))
            return _to_questions(question.assignment_id)
    status = 422 if form.errors else 200
    return render(request, "assignments/open/hide_question.html", {"question": question, "form": form}, status=status)
