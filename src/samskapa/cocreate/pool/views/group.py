"""For the coordinators of a group: what its page says, and who is in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import SEEN, GroupChangedMeanwhile, Status
from ..domain.searching import ViewNameTaken
from ..forms.finding import FindForm, ViewForm
from ..forms.running import GroupForm
from ..models import Group
from ..queries import finding, wording
from ..queries import members as queries
from ..queries.tools import tools_of
from ..services import running as services
from ..services import viewing
from ..services.naming import make_sheets

PER_PAGE = 50


def with_version(request: PersonRequest, version: int) -> Any:
    """What was sent, as if it had been written on the newest version: sent once more it is saved."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the group of a place, or change what its page says."""
    node = access.node_to_arrange(request.actor, pk)
    group = Group.objects.filter(node=node).first()
    initial: dict[str, Any] = {"name": wording.DEFAULT_NAME, "lowest_age": 18, "is_open": True, "version": 0}
    if group:
        initial = {name: getattr(group, name) for name in ("name", "about", "pay", "lowest_age", "is_open", "version")}
    form, theirs = GroupForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            services.arrange_group(
                node,
                **form.said(),
                based_on=form.cleaned_data["version"] or 0,
                by=request.actor,
                now=timezone.now(),
            )
        except GroupChangedMeanwhile:
            theirs = Group.objects.get(node=node)
            form = GroupForm(with_version(request, theirs.version), initial=initial)
            form.is_valid()
        else:
            messages.success(request, _("Saved."))
            return redirect("pool:group", pk)
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(
        request, "pool/arrange.html", {"form": form, "node": node, "group": group, "theirs": theirs}, status=status
    )


@never_cache
@signed_in
@require_safe
def members(request: PersonRequest, pk: int) -> HttpResponse:
    """Everybody in the group, or those who fit what is asked for, those who have waited longest first."""
    return _members(request, access.group_to_run(request.actor, pk), ViewForm())


@signed_in
@require_POST
def save_view(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what the list is narrowed to; the address says what that is."""
    group = access.group_to_run(request.actor, pk)
    wanted, form = FindForm(request.GET, group=group).wanted(), ViewForm(request.POST)
    if form.is_valid() and not wanted:
        form.add_error("name", _("Choose something first: this is the whole list."))
    if form.is_valid():
        try:
            viewing.save_view(
                group, name=form.cleaned_data["name"], wanted=wanted, by=request.actor, now=timezone.now()
            )
        except ViewNameTaken:
            form.add_error("name", _("There is another view with that name. Choose another one."))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('pool:members', args=[pk])}?{finding.address_of(wanted)}")
    return _members(request, group, form)


@signed_in
@require_POST
def remove_view(request: PersonRequest, pk: int) -> HttpResponse:
    """A view that nobody needs any more. Those who are in it stay in the group."""
    group = access.group_to_run(request.actor, pk)
    number = request.POST.get("view", "")
    if number.isascii() and number.isdecimal() and len(number) < 16:
        viewing.remove_view(group, int(number), by=request.actor, now=timezone.now())
    return redirect("pool:members", pk)


def _members(request: PersonRequest, group: Group, view_form: ViewForm) -> HttpResponse:
    form = FindForm(request.GET, group=group)
    wanted = form.wanted()
    if wanted.get("words"):
        make_sheets(group)
    looked = finding.look(group, wanted)
    found = finding.find(group, wanted, timezone.localdate(), looked=looked).values_list("pk", flat=True)
    # Whom words find is a long question to the database: it is asked once, not to count and then to read.
    page = Paginator(list(found) if looked else found, PER_PAGE).get_page(request.GET.get("page"))
    listed = queries.listed(page)
    by_own = looked.by_own_words(listed) if looked else []
    others = set(listed) - set(by_own)
    services.note_members_read(group, others, by=request.actor, now=timezone.now())
    if looked:
        services.note_words_searched(group, by_own, by=request.actor, now=timezone.now())
    why = looked.why(listed) if looked else {}
    counts = queries.counts_of(group)
    context = {
        "group": group,
        "page": page,
        "rows": [(queries.member_row(member), why.get(member.pk, [])) for member in listed],
        "looked": looked,
        "form": form,
        "is_narrowed": bool(wanted),
        "is_chosen": bool(wanted.keys() - {"words"}),
        "asked_for": finding.address_of(wanted),
        "view_form": view_form,
        "views": finding.views_of(group),
        "status": wanted.get("status", ""),
        "statuses": [(each.value, wording.STATUS[each], counts.get(each.value, 0)) for each in Status if each in SEEN],
        "total": sum(counts.values()),
        "tools": tools_of(group),
    }
    return render(request, "pool/members.html", context, status=422 if view_form.is_bound else 200)
