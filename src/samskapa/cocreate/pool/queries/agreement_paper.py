"""The joining agreement on paper, always in Swedish like its points."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from samskapa.ground.agreements import queries as law
from samskapa.ground.agreements.queries import paper
from samskapa.ground.agreements.queries.paper import LANGUAGE, Head, Paper, day_on_paper
from samskapa.ground.core.domain import Actor

from ..models import TABLES, Agreement, Group, Version
from .agreement import helpers_of, namer
from .members import called


def versions_of(agreement: Agreement) -> QuerySet[Version]:
    """Every fixed version, the newest first."""
    return Version.objects.filter(agreement=agreement).order_by("-number")


def ended_agreements(actor: Actor, group: Group) -> QuerySet[Agreement]:
    """One's own that have ended, the newest first: that they were there, and when, is kept."""
    own = Agreement.objects.filter(root__person=actor.whose or 0, root__group=group, ended_at__isnull=False)
    return own.order_by("-ended_at", "-pk")


@translation.override(LANGUAGE)
def paper_of(agreement: Agreement, version: Version | None, *, is_own: bool, now: datetime) -> Paper:
    """The paper of a version; None: of the draft. When the agreement has ended its points are gone, and the paper says
    that it was there, and when; then only who it was with reads whose it was. Six to ten queries."""
    if agreement.ended_at is not None:
        return _ended(agreement, is_own=is_own, ended_at=agreement.ended_at)
    head = _head(agreement, name=called(agreement.root))
    if version:
        return paper.version_on_paper(head, paper.fixed_version(TABLES, agreement, version, name_of=namer(agreement)))
    return paper.draft_on_paper(head, law.sheet(TABLES, agreement, None, name_of=namer(agreement)), now)


def _head(agreement: Agreement, *, name: str) -> Head:
    group = agreement.root.group
    facts = [(_("Resource group"), f"{group.name}, {group.node.name}"), (_("Member"), name)]
    if helpers := helpers_of(agreement):
        facts.append((_("Answered in the member's name, as they asked"), ", ".join(helpers)))
    lead = _("In the points, “you” is the member and “we” is %(group)s.") % {"group": group.name}
    return Head(about=group.name, lead=lead, facts=facts, role=_("Member"))


def _ended(agreement: Agreement, *, is_own: bool, ended_at: datetime) -> Paper:
    group = agreement.root.group
    member = called(agreement.root) if is_own else _("The member has left the group. Who it was is not shown.")
    facts = [
        (_("Resource group"), f"{group.name}, {group.node.name}"),
        (_("Member"), member),
        (_("Drafted"), day_on_paper(agreement.created_at)),
    ]
    for version in versions_of(agreement).reverse():
        number = _("Version %(number)s confirmed by both") % {"number": version.number}
        facts.append((number, day_on_paper(version.fixed_at)))
    head = Head(about=group.name, lead=_("This is what is kept of the agreement."), facts=facts, role=_("Member"))
    notice = _(
        "When a member leaves, what was written in the agreement is removed. That there was an agreement, and when, "
        "stays."
    )
    return paper.ended_on_paper(head, ended_at=ended_at, notice=notice)
