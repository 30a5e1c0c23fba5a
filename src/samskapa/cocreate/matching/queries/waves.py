"""The waves of an assignment: who was asked, who has answered, and who is waited for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise

from samskapa.cocreate.assignments.models import ONLY_NOMINATED, Application, Assignment
from samskapa.cocreate.pool.queries.members import called

from ..domain import Reply
from ..models import Invitation, Wave
from .filling import Filling
from .wording import reply_line


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Somebody who was asked. name: of a protected person the neutral one. state: a sentence. is_over: the pair ended,
    and they answer alone."""

    invitation: Invitation
    name: str
    state: str | Promise
    waits: bool
    #: What the other of a pair is called; "" where they were asked alone.
    together: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A wave with its counts. number: among those that one sees. goes_on: the next one opens by itself if this one
    falls short."""

    wave: Wave
    number: int
    rows: list[AskedRow]
    yes: int
    no: int
    waits: int
    silent: int

    @property
    def goes_on(self) -> bool:
        return self.wave.next_by_itself and self.wave.settled_at is None


def waves_of(filling: Filling) -> list[WaveRow]:
    """Every wave of the groups that the coordinator runs, the latest first, with everybody in it. Three queries,
    however many. Who comes by an enquiry does not see who has applied."""
    invitations = Invitation.objects.select_related("member__person", "pair").order_by("asked_at", "pk")
    found = (
        filling.waves()
        .select_related("group")
        .prefetch_related(Prefetch("invitations", queryset=invitations))
        .order_by("-number")
    )
    waves = list(found)
    applied = applied_of(filling.assignment) if waves and filling.runs else None
    return [_wave_row(wave, len(waves) - place, applied) for place, wave in enumerate(waves)]


def applied_of(assignment: Assignment) -> set[int]:
    """Ids of those who have applied to it, withdrawn or not."""
    rows = Application.objects.filter(assignment=assignment).exclude(state__in=ONLY_NOMINATED)
    return {pk for pk in rows.values_list("person_id", flat=True) if pk}


def _wave_row(wave: Wave, number: int, applied: set[int] | None) -> WaveRow:
    asked = list(wave.invitations.all())
    counts = Counter(each.answer for each in asked)
    return WaveRow(
        wave,
        number,
        [
            AskedRow(
                each,
                called(each.member),
                reply_line(each, has_applied=None if applied is None else each.person_id in applied),
                not each.answer,
                _together(each, asked),
                is_over=each.pair is not None and each.pair.ended_at is not None,
            )
            for each in asked
        ],
        yes=counts[Reply.YES],
        no=counts[Reply.NO],
        waits=counts[""],
        silent=counts[Reply.LAPSED],
    )


def _together(one: Invitation, asked: list[Invitation]) -> str:
    if one.pair_id is None:
        return ""
    return next((called(each.member) for each in asked if each.pair_id == one.pair_id and each.pk != one.pk), "")


def latest_wave(filling: Filling) -> Wave | None:
    return filling.waves().order_by("-number").first()


def due_waves(today: date) -> list[int]:
    """Ids of waves that the clock goes through: their day has passed, or nobody in them is waited for."""
    waits = Exists(Invitation.objects.filter(wave=OuterRef("pk"), answer=""))
    found = Wave.objects.filter(settled_at=None).filter(Q(answer_by__lt=today) | ~Q(waits))
    return list(found.order_by("pk").values_list("pk", flat=True))


def invitations_shown() -> QuerySet[Invitation]:
    """With all that the page of an invitation shows."""
    return Invitation.objects.select_related(
        "wave",
        "pair",
        "person",
        "member__group__node",
        "assignment__unit",
        "assignment__area",
        "assignment__municipality",
        "assignment__standing_terms",
    )
