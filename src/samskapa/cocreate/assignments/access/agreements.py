"""The doorway to agreements: the two parties, and the coordinator of the area, who reads. To all others, leadership and
the other representatives among them, an agreement looks like what is not there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role

from ..domain import State
from ..models import Agreement, Assignment, Party, Version
from ..queries import agreements as queries
from ..queries.agreements import Seat
from .applications import run_assignment


def agreement_for(actor: Actor, pk: int) -> tuple[Agreement, Seat]:
    """The agreement, and as whom the actor sits at it. Raises Http404.

    One's own comes first: who is host and representative at once does not confirm both sides of one agreement.
    """
    own = queries.own_agreements(actor).filter(pk=pk).first()
    if own is not None:
        return own, Seat(queries.representative_party(own), is_representative=True)
    agreement = get_object_or_404(queries.agreements_run_by(actor), pk=pk)
    return agreement, Seat(queries.host_party(agreement) if actor.acts_as(Role.HOST) else None)


def agreement_to_answer(actor: Actor, pk: int) -> tuple[Agreement, Seat, Party]:
    """The same, and the party one answers for. Raises PermissionDenied for the coordinator, who sees it and does not confirm."""
    agreement, seat = agreement_for(actor, pk)
    if seat.party is None:
        raise PermissionDenied
    return agreement, seat, seat.party


def whole_agreement_for(actor: Actor, pk: int) -> tuple[Agreement, Seat]:
    """The same for what tells everything (history, paper): closed to the unit's side when the representative withdrew
    before anything was fixed. Raises Http404."""
    agreement, seat = agreement_for(actor, pk)
    if not seat.is_representative and queries.has_left(agreement):
        raise Http404
    return agreement, seat


def version_for(actor: Actor, pk: int, number: int) -> tuple[Agreement, Seat, Version]:
    """A fixed version. Raises Http404."""
    agreement, seat = whole_agreement_for(actor, pk)
    return agreement, seat, get_object_or_404(Version, agreement=agreement, number=number)


def assignment_with_agreements(actor: Actor, pk: int) -> Assignment:
    """An assignment that has come as far as agreements, for its host and coordinator. Raises Http404."""
    assignment = run_assignment(actor, pk)
    if State(assignment.state) not in queries.WITH_AGREEMENTS:
        raise Http404
    return assignment
