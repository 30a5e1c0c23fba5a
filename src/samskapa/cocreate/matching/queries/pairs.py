"""Two who are asked together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samskapa.cocreate.pool.queries.members import called

from ..domain import Reply
from ..models import Invitation


def other_of(invitation: Invitation) -> Invitation | None:
    """The other of a pair that has not ended; None where there is none."""
    if invitation.pair_id is None:
        return None
    found = Invitation.objects.filter(pair=invitation.pair_id, pair__ended_at=None).exclude(pk=invitation.pk)
    return found.select_related("pair", "wave__group", "assignment__unit", "member__person").first()


def people_in_pairs(invitations: Iterable[Invitation]) -> set[int]:
    """Ids of those who are asked together with somebody in `invitations`, and of them themselves."""
    rows = list(invitations)
    pairs = {row.pair_id for row in rows} - {None}
    others = Invitation.objects.filter(pair__in=pairs).values_list("person_id", flat=True) if pairs else []
    return {row.person_id for row in rows} | set(others)


@dataclass(frozen=True, slots=True)
class Together:
    """How it stands with a pair, for one of the two. is_over: the other does not take part, and one answers alone.
    name: what the other is called; "" where both have not said that it may be told. waits: for the other's yes."""

    is_over: bool
    name: str
    waits: bool


def together_of(invitation: Invitation) -> Together | None:
    """None where one was asked alone. `pair` came with the row."""
    if invitation.pair is None:
        return None
    other = other_of(invitation)
    if other is None:
        return Together(is_over=True, name="", waits=False)
    may_be_named = invitation.pair.named and not other.member.person.protected_tag
    return Together(
        is_over=False,
        name=called(other.member) if may_be_named else "",
        waits=other.answer != Reply.YES,
    )
