"""For the one who is asked: what it is, and yes or no."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskapa.cocreate.assignments.domain.applying import NotOpen
from samskapa.cocreate.assignments.queries.open import facts_of, own_application
from samskapa.cocreate.pool.domain import GuardianNeeded
from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import AnsweredAlready, Reply
from ..models import Invitation
from ..queries.elsewhere import at_the_same_time
from ..queries.pairs import together_of
from ..queries.wording import clash_line
from ..services.answering import answer_invitation


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own invitation. A yes leads on to the application."""
    found = access.own_invitation(request.actor, pk)
    return _answer(request, found, request.actor, reverse("matching:invitation", args=[pk]), is_known=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link in a mail. Opening it changes nothing: mail scanners open it too. It shows what everybody
    may read of the assignment, and nothing of who was asked."""
    found = access.invitation_of(token)
    by = Actor(person_id=found.person_id, strength=Strength.LINK)
    return _answer(request, found, by, reverse("matching:by_link", args=[token]), is_known=False)


def _answer(request: HttpRequest, found: Invitation, by: Actor, path: str, *, is_known: bool) -> HttpResponse:
    said, is_late, lacks_guardian = request.POST.get("answer", ""), False, False
    if request.method == "POST" and said in (Reply.YES, Reply.NO):
        try:
            found.answer = answer_invitation(found, Reply(said), by=by, now=timezone.now()).answer
        except (AnsweredAlready, NotOpen):
            found.refresh_from_db(fields=["answer"])
            is_late = True
        except GuardianNeeded:
            lacks_guardian = True
        else:
            waits = (pair := together_of(found)) is not None and pair.waits
            if (
                said == Reply.YES
                and is_known
                and not waits
                and own_application(found.assignment, found.person_id) is None
            ):
                return redirect("assignments:apply", found.assignment_id)
            return redirect(path)
    today, together = timezone.localdate(), together_of(found)
    facts = facts_of(found.assignment, today)
    is_over = found.wave.answer_by < today or not facts.is_open
    context = {
        "invitation": found,
        "assignment": found.assignment,
        "group": found.member.group,
        "facts": facts,
        "path": path,
        "is_late": is_late,
        "lacks_guardian": lacks_guardian,
        "may_answer": found.answer in ("", Reply.YES, Reply.NO) and not is_over,
        "application": own_application(found.assignment, found.person_id) if is_known else None,
        "is_known": is_known,
        "together": together,
        "clashes": _clashes(found) if is_known else [],
    }
    return render(request, "matching/invitation.html", context)


def _clashes(found: Invitation) -> list[str]:
    """What else they have at the same time. Only to the one who has logged in: a link can be passed on."""
    elsewhere = at_the_same_time([found.person_id], found.assignment, timezone.now())
    return [clash_line(each, to_member=True) for each in elsewhere.get(found.person_id, [])]
