"""Answer by one's own link: what it is about, one question a page, look through, and what came out of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, queries, services
from ..access import Door
from ..domain import (
    AnsweredAlready,
    Answers,
    BadAnswer,
    ChangedMeanwhile,
    Mode,
    NothingAnswered,
    NotOpen,
    Value,
    is_open,
    shown,
    stamp_of,
)
from ..forms import SheetForm
from ..queries.results import results_in_words
from ..queries.sets import SetInWords, Worded

#: In the address of a page: the words in easy read.
EASY = "lattlast"


@never_cache
@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """What it is about, how far one has come, and the way on. Opening it changes nothing: mail scanners open it too."""
    door = access.door_for(token)
    context = _context(request, door)
    words, answers = context["words"], queries.answers_so_far(door.asked, token=token)
    context["begun"] = bool(answers) and not door.asked.has_answered
    context["answers"] = answers
    visible = shown(words.asks, answers, door.asked.side)
    unanswered = [question.key for question in visible if question.key not in answers]
    context["following"] = (unanswered or [question.key for question in visible])[0]
    return render(request, "surveys/answer/sheet.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """One question. What is answered is kept at once."""
    door = access.door_for(token)
    context = _context(request, door)
    words: SetInWords = context["words"]
    answers = queries.answers_so_far(door.asked, token=token)
    try:
        worded = words.worded(key)
    except KeyError:
        raise Http404 from None
    if request.method != "POST":
        if not context["is_open"] or context["is_over"]:
            return redirect(context["home"])
        if worded.question not in shown(words.asks, answers, door.asked.side):
            return redirect(context["check"])
        return _ask(request, context, worded, SheetForm(worded=[worded], answers=answers), answers)
    form = SheetForm(request.POST, worded=[worded], answers=answers)
    if not form.is_valid():
        return _ask(request, context, worded, form, answers, status=422)
    try:
        answers = services.save_answers(
            door.asked,
            form.given,
            based_on=form.based_on,
            token=token,
            by=door.actor,
            now=timezone.now(),
        )
    except (NotOpen, AnsweredAlready) as why:
        return _too_late(request, context, worded, form.given[key], is_closed=isinstance(why, NotOpen))
    except ChangedMeanwhile as meanwhile:
        return _both(request, context, worded, form.given[key], meanwhile)
    except BadAnswer:
        raise Http404 from None  # the form takes nothing that the question does not
    return redirect(context["home"] if "later" in request.POST else _after(context, answers, key))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Look through all answers, and hand them in."""
    door = access.door_for(token)
    context = _context(request, door)
    answers = queries.answers_so_far(door.asked, token=token)
    status = 200
    if request.method == "POST":
        try:
            services.hand_in(door.asked, token=token, by=door.actor, now=timezone.now())
        except NothingAnswered:
            context["nothing"], status = True, 422
        except NotOpen:
            return redirect(context["home"])
        else:
            return redirect(context["home"])
    elif not context["is_open"] or context["is_over"]:
        return redirect(context["home"])
    words: SetInWords = context["words"]
    visible = shown(words.asks, answers, door.asked.side)
    context["rows"] = [
        (each, _address(door, request, each.question.key), _said(each, answers.get(each.question.key)))
        for each in words.questions
        if each.question in visible
    ]
    return render(request, "surveys/answer/check.html", context, status=status)


@never_cache
@require_safe
def results(request: HttpRequest, token: str) -> HttpResponse:
    """What came out of it, for everybody who was asked, once those who asked have told it."""
    door = access.door_for(token)
    found = results_in_words(door.asking) if door.asking.told_at else None
    if found is None:
        return redirect("surveys:sheet", token)
    context = {"asking": door.asking, "results": found, "home": reverse("surveys:sheet", args=[token])}
    return render(request, "surveys/answer/results.html", context)


# --- within ---------------------------------------------------------------------------------------


def _context(request: HttpRequest, door: Door) -> dict[str, Any]:
    """What every page behind a link knows."""
    asking = door.asking
    easy = request.GET.get(EASY) == "ja"
    words = access.side_of(asking, door.asked.side, language=get_language() or "sv", easy=easy)
    easy = easy and words.has_easy
    home = reverse("surveys:sheet", args=[door.token])
    opened = is_open(
        opens_at=asking.opens_at, closes_at=asking.closes_at, closed_at=asking.closed_at, now=timezone.now()
    )
    is_anonymous = asking.mode == Mode.ANONYMOUS
    return {
        "asking": asking,
        "asked": door.asked,
        "token": door.token,
        "words": words,
        "easy": easy,
        "as_easy": f"?{EASY}=ja" if easy else "",
        "easy_address": f"{home}?{EASY}=ja",
        "plain_address": home,
        "home": home + (f"?{EASY}=ja" if easy else ""),
        "check": reverse("surveys:check", args=[door.token]) + (f"?{EASY}=ja" if easy else ""),
        "is_open": opened,
        "not_yet": asking.opens_at > timezone.now(),
        "is_anonymous": is_anonymous,
        # Handed in without a name: it cannot be found again.
        "is_over": is_anonymous and door.asked.has_answered,
    }


def _address(door: Door, request: HttpRequest, key: str) -> str:
    easy = f"?{EASY}=ja" if request.GET.get(EASY) == "ja" else ""
    return reverse("surveys:question", args=[door.token, key]) + easy


def _said(worded: Worded, value: Value | None) -> str:
    return "" if value is None else queries.answer_in_words(worded, value)


def _after(context: dict[str, Any], answers: Answers, key: str) -> str:
    """Where one goes after the question `key`: to the next that is shown, or to look through."""
    words: SetInWords = context["words"]
    order = [each.question.key for each in words.questions]
    visible = {question.key for question in shown(words.asks, answers, context["asked"].side)}
    following = [each for each in order[order.index(key) + 1 :] if each in visible]
    if not following:
        return str(context["check"])
    return reverse("surveys:question", args=[context["token"], following[0]]) + str(context["as_easy"])


def _ask(
    request: HttpRequest,
    context: dict[str, Any],
    worded: Worded,
    form: SheetForm,
    answers: Answers,
    *,
    status: int = 200,
) -> HttpResponse:
    words: SetInWords = context["words"]
    visible = [question.key for question in shown(words.asks, answers, context["asked"].side)]
    key = worded.question.key
    place = visible.index(key) + 1 if key in visible else 1
    before = visible[place - 2] if place > 1 else ""
    context |= {
        "form": form,
        "worded": worded,
        "number": place,
        "of": len(visible),
        "before": reverse("surveys:question", args=[context["token"], before]) + context["as_easy"] if before else "",
    }
    return render(request, "surveys/answer/question.html", context, status=status)


def _both(
    request: HttpRequest, context: dict[str, Any], worded: Worded, own: Value | None, meanwhile: ChangedMeanwhile
) -> HttpResponse:
    """Answered in another window meanwhile: both are shown, and one chooses."""
    key = worded.question.key
    data = {f"q_{key}": own or "", f"on_{key}": stamp_of(meanwhile.theirs.get(key))}
    context |= {
        "worded": worded,
        "theirs": _said(worded, meanwhile.theirs.get(key)),
        "own": _said(worded, own),
        "form": SheetForm(data, worded=[worded], answers=meanwhile.theirs),
    }
    return render(request, "surveys/answer/both.html", context, status=409)


def _too_late(
    request: HttpRequest, context: dict[str, Any], worded: Worded, own: Value | None, *, is_closed: bool
) -> HttpResponse:
    """Closed, or handed in, while one was writing: what was written is shown, to be copied."""
    context |= {"worded": worded, "own": _said(worded, own), "is_closed": is_closed}
    return render(request, "surveys/answer/too_late.html", context, status=409)
