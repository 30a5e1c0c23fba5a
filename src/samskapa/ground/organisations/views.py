"""The public directory, invitations, and who holds which role in one's own organisation."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.people.access import PersonRequest, is_within_limits, log_in, signed_in

from . import access, queries, services
from .domain import STEP, STEP_OPEN, InvitationOver, MayNotInvite, Role, roles_to_invite, why_over
from .forms import AcceptForm, DirectoryForm, InviteForm

PER_PAGE = 25
PEOPLE_PER_PAGE = 50
WAITING_SHOWN = 50


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Patient organisations, to search by words and area. Open to everybody."""
    form = DirectoryForm(request.GET or None)
    wanted = form.wanted() if form.is_bound else {}
    page = Paginator(queries.directory(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/directory.html",
        {"form": form, "page": page, "is_search": any(wanted.values())},
    )


@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """A patient organisation or section: what it speaks for, its sections, how to get in touch."""
    node = access.organisation_for(pk)
    context = {"organisation": node, "parts": queries.parts_of(node), "above": node.parent}
    return render(request, "organisations/organisation.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and a button. Opening the link uses nothing up: mail scanners open it too."""
    now = timezone.now()
    found = queries.invitation_with(services.digest(token))
    if found is None:
        return _over(request, "unknown")
    why = why_over(used_at=found.used_at, expires_at=found.expires_at, now=now)
    if why:
        return _over(request, why)
    account = queries.account_at(found.email)
    form = AcceptForm(
        request.POST if request.method == "POST" else None,
        asks_name=not (account and account.name),
        initial={"name": found.name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            accepted = services.accept_invitation(
                token, name=form.cleaned_data.get("name", ""), by=Actor(strength=Strength.LINK), now=now
            )
        except InvitationOver as over:
            return _over(request, over.args[0])
        person = accepted.person
        assert person is not None  # noqa: S101  # the table says so of a used invitation
        grant = queries.roles_of(person.pk).filter(role=accepted.role, node=accepted.node).first()
        return log_in(
            request, person, method="link", next_path=accepted.next_path, capacity=grant.pk if grant else None
        )
    context = {
        "invitation": found,
        "form": form,
        "role": queries.role_label(found.role) if found.role else "",
        "somebody_else": request.user.is_authenticated and request.user != account,
    }
    return render(request, "organisations/invitation.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
def step(request: HttpRequest, token: str) -> HttpResponse:
    """Open the one step that a mail asks for, in this browser and for a while, without logging in.

    Opening it changes nothing: mail scanners open it too.
    """
    grant, path, too_old = access.step_of(token)
    if too_old:
        return render(request, "organisations/step_over.html", {"path": path}, status=410)
    until = timezone.now() + STEP_OPEN
    request.session[STEP] = {"grant": grant.pk, "path": path, "until": until.timestamp()}
    return redirect(path)


@signed_in
@require_GET
def people(request: PersonRequest) -> HttpResponse:
    """Who holds which role at one's own node and below, and who has been invited."""
    actor = access.manager(request.actor)
    page = Paginator(access.grants_seen_by(actor), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.invitations_waiting(
        access.nodes_to_invite_to(actor), roles=roles_to_invite(actor.role), now=timezone.now()
    )[:WAITING_SHOWN]
    return render(request, "organisations/people.html", {"page": page, "waiting": waiting})


@signed_in
@require_http_methods(["GET", "POST"])
def invite(request: PersonRequest) -> HttpResponse:
    """Invite somebody to a role."""
    actor = access.manager(request.actor)
    form = InviteForm(request.POST or None, actor=actor, initial={"key": uuid4().hex})
    if request.method == "POST" and form.is_valid() and not is_within_limits(request, "invite"):
        form.add_error(None, _("That was many invitations in a short time. Wait an hour, and send the rest."))
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite_colleague(
                data["email"],
                name=data["name"],
                role=Role(data["role"]),
                node=data["node"],
                by=actor,
                now=timezone.now(),
                key=f"organisations.invite:{actor.person_id}:{data['key']}",
            )
        except MayNotInvite:
            form.add_error("node", _("You cannot give that role here."))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
            return redirect("organisations:people")
    return render(request, "organisations/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def end_role(request: PersonRequest, pk: int) -> HttpResponse:
    """End somebody's role, after a question."""
    grant = access.grant_to_end(access.manager(request.actor), pk)
    if request.method == "POST":
        services.end_role(grant, by=request.actor, now=timezone.now())
        messages.success(request, _("The role has ended."))
        return redirect("organisations:people")
    return render(request, "organisations/end_role.html", {"grant": grant})


def _over(request: HttpRequest, why: str) -> HttpResponse:
    """A link that does not work (any more): says why and what to do."""
    status = 404 if why == "unknown" else 410
    return render(request, "organisations/invitation_over.html", {"why": why}, status=status)
