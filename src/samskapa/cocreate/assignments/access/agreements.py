"""The doorway to agreements: the two parties, and the coordinator of the area, who reads. To all others, leadership and
the other representatives among them, an agreement looks like what is not there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role

from ..domain import State
from ..models import Agreement, Assignment, HandOver, Party, Version
from ..queries import agreements as queries
from ..queries import standing
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
    """The same, and the party one answers for.

    Raises PermissionDenied for the coordinator, who sees it and does not confirm.
    """
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


def standing_agreement_for(actor: Actor, pk: int) -> tuple[Agreement, Seat]:
    """The same where the assignment is standing, so that there is a term. Raises Http404."""
    agreement, seat = whole_agreement_for(actor, pk)
    if not agreement.root.is_standing:
        raise Http404
    return agreement, seat


def agreement_to_hand_over(actor: Actor, pk: int) -> tuple[Agreement, Seat]:
    """The same for host and coordinator, who name the successor. Raises Http404 also for the representative."""
    agreement, seat = standing_agreement_for(actor, pk)
    if seat.is_representative:
        raise Http404
    return agreement, seat


def hand_over_for(actor: Actor, pk: int) -> HandOver:
    """A hand-over, for the two whose it is, the host and the coordinator. Raises Http404."""
    return get_object_or_404(standing.hand_overs_seen_by(actor, queries.agreements_run_by(actor)), pk=pk)


def standing_assignment(actor: Actor, pk: int) -> Assignment:
    """A standing assignment that has agreements, for its host and coordinator. Raises Http404."""
    assignment = assignment_with_agreements(actor, pk)
    if not assignment.is_standing or assignment.state == State.CANCELLED:
        raise Http404
    return assignment


def assignment_with_agreements(actor: Actor, pk: int) -> Assignment:
    """An assignment that has come as far as agreements, for its host and coordinator. Raises Http404."""
    assignment = run_assignment(actor, pk)
    if State(assignment.state) not in queries.WITH_AGREEMENTS:
        raise Http404
    return assignment
