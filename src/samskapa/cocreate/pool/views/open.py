"""What everybody reads of a group; the form on paper; and the yearly question, by the link in a mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.people.access import ActorRequest

from .. import access
from ..domain import Answer, AnsweredAlready, NotThatMove
from ..queries import members as queries
from ..queries.agreement_paper import ended_agreements
from ..queries.came_by import in_words
from ..queries.page import group_page
from ..queries.paper import form_on_paper
from ..services import yearly


@require_safe
def groups(request: ActorRequest) -> HttpResponse:
    """The groups that one can join, and those one is in; for a coordinator the way to her own."""
    actor = request.actor
    context = {
        "groups": queries.groups().filter(is_open=True),
        "own": queries.own_members(actor).select_related("group__node").order_by("pk") if actor.whose else [],
        "place": access.own_place(actor),
    }
    return render(request, "pool/groups.html", context)


@require_safe
def group(request: ActorRequest, pk: int) -> HttpResponse:
    """What the group is, what joining means, and the way in."""
    found = access.open_group(pk)
    via = request.GET.get("via", "")
    context = group_page(
        found,
        access.own_member_or_none(request.actor, found),
        ended=ended_agreements(request.actor, found) if request.actor.whose else (),
        runs=access.may_run(request.actor, found.node),
        via=via if in_words(found, via) else "",
    )
    return render(request, "pool/group.html", context)


@require_safe
def paper(request: ActorRequest, pk: int) -> HttpResponse:
    """The same questions on paper, to fill in by hand."""
    found = access.open_group(pk)
    language = get_language() or "sv"
    data = form_on_paper(found)
    pdf = make_pdf("pool/form", data, title=data["title"], at=found.changed_at, language=language)
    return pdf_response(pdf, _("Joining the resource group") + ".pdf")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still(request: HttpRequest, token: str) -> HttpResponse:
    """Do you still want to be asked? Opening it changes nothing: mail scanners open it too."""
    asked = access.yearly_of(token)
    said = request.POST.get("answer", "")
    is_done = is_late = False
    if request.method == "POST" and said in (Answer.YES, Answer.REST):
        by = Actor(person_id=asked.member.person_id, strength=Strength.LINK)
        try:
            yearly.answer(asked, Answer(said), by=by, now=timezone.now())
            is_done = True
        except (AnsweredAlready, NotThatMove):
            is_late = True
    context = {
        "group": asked.member.group,
        "token": token,
        "said": said,
        "is_done": is_done,
        "is_late": is_late or (not is_done and bool(asked.answer) and asked.answer != Answer.NO_ANSWER),
        "rests": asked.answer == Answer.NO_ANSWER,
        "mine": reverse("pool:mine", args=[asked.member.group.node_id]),
    }
    return render(request, "pool/still.html", context)
