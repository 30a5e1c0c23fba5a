"""A person's own data: which roles they have and had, and what they were invited to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import Due, Fact, Matter, Row, latest
from samskapa.ground.people.models import Person

from ..domain import roles_to_invite
from ..models import Invitation, RoleGrant, role_label
from . import grant_label, grants_reaching, roles_of


def role_rows_of(person_id: int) -> list[Row]:
    """Every role, ended ones too, the oldest first."""
    grants = RoleGrant.objects.filter(person_id=person_id).select_related("node").order_by("granted_at", "pk")
    return [
        Row(
            grant_label(grant),
            (
                Fact("role", gettext_lazy("Role"), role_label(grant.role)),
                Fact("where", gettext_lazy("Where"), grant.node.name),
                Fact("from", gettext_lazy("From"), grant.granted_at),
                Fact("until", gettext_lazy("Until"), grant.ended_at),
            ),
        )
        for grant in grants
    ]


def invitations_to(person: Person) -> Q:
    """Which rows of `Invitation` are to the person: used by them, or sent to their address."""
    return Q(person=person) | Q(email__iexact=person.email) if person.email else Q(person=person)


def invitation_rows_of(person_id: int) -> list[Row]:
    """What one was invited to, the oldest first. The link itself is not stored."""
    person = Person.objects.get(pk=person_id)
    found = Invitation.objects.filter(invitations_to(person)).select_related("node").order_by("created_at", "pk")
    return [
        Row(
            gettext_lazy("Invitation"),
            (
                Fact("email", gettext_lazy("To"), invitation.email),
                Fact("name", gettext_lazy("Name"), invitation.name),
                Fact("role", gettext_lazy("Role"), role_label(invitation.role) if invitation.role else ""),
                Fact("where", gettext_lazy("Where"), invitation.node.name if invitation.node else ""),
                Fact("sent_at", gettext_lazy("Invitation sent"), invitation.created_at),
                Fact("used_at", gettext_lazy("Used"), invitation.used_at),
            ),
        )
        for invitation in found
    ]


def last_ones(person_id: int) -> list[RoleGrant]:
    """The roles in which the person is the only one who can let others in there: coordinator, operator."""
    return [
        grant
        for grant in roles_of(person_id)
        if roles_to_invite(grant.role)
        and not grants_reaching(grant.role, grant.node).exclude(person_id=person_id).exists()
    ]


def roles_that_matter(person_id: int) -> list[Matter]:
    """The roles that end; those without a successor must get one first."""
    alone = {grant.pk for grant in last_ones(person_id)}
    found = []
    for grant in roles_of(person_id):
        if grant.pk in alone:
            what = _("You are the only one with the role %(role)s. Somebody else must have it before you go.")
        else:
            what = _("Your role ends: %(role)s.")
        found.append(Matter(what % {"role": grant_label(grant)}, blocks=grant.pk in alone))
    return found


def last_roles(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each person's last role ended; GOES_ON while one is held."""
    moments: dict[int, list[datetime | None]] = {}
    for person_id, ended_at in RoleGrant.objects.filter(person_id__in=list(person_ids)).values_list(
        "person_id", "ended_at"
    ):
        moments.setdefault(person_id, []).append(ended_at)
    return {person_id: latest(each) for person_id, each in moments.items()}


def invitations_past(limit: datetime) -> list[Due]:
    """Invitations whose link stopped working at or before `limit`, by use or by time, and that still say to whom."""
    found = (
        Invitation.objects.exclude(email__startswith="-")
        .filter(Q(used_at__lte=limit) | Q(used_at=None, expires_at__lte=limit))
        .order_by("pk")
    )
    return [Due(each.pk, each.person_id, each.used_at or each.expires_at) for each in found.iterator()]
