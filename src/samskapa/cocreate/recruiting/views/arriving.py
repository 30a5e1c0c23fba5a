"""Where a short link leads: the group's page, and the way in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samskapa.cocreate.pool.access import may_run, own_member_or_none
from samskapa.cocreate.pool.queries.page import group_page
from samskapa.ground.people.access import ActorRequest, is_within_limits

from .. import access
from ..domain import is_opened_by_somebody
from ..services.channels import count_opened


@never_cache
@require_safe
def arrive(request: ActorRequest, code: str) -> HttpResponse:
    """The page of the group, as everybody reads it. That it was opened is counted, and nothing of who opened it: no
    cookie is set, and the links to joining carry the code.

    Not counted are programs, what is fetched before anybody has pressed anything, the group's own coordinators,
    and what is too much from one address; all of them see the page.
    """
    channel = access.channel_of_link(code)
    group, actor = channel.group, request.actor
    context = group_page(group, own_member_or_none(actor, group), runs=may_run(actor, group.node), via=channel.code)
    page = render(request, "pool/group.html", context)
    page["X-Robots-Tag"] = "noindex"  # who searches finds the group's own page
    if _is_opened(request) and is_within_limits(request, "opened"):
        count_opened(channel, by=actor, now=timezone.now())
    return page


def _is_opened(request: ActorRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and is_opened_by_somebody(request.headers.get("User-Agent", ""), purpose)
