"""Why somebody is, or is not, asked to an assignment: the whole answer of one, and in few words of several.

Never more than the coordinator may know: who was asked by another group, and to who comes by an enquiry who has
applied, is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain.applying import is_open
from samskapa.cocreate.assignments.models import Application, Assignment, ConflictDeclaration
from samskapa.cocreate.pool.domain import Introduction, is_minor
from samskapa.cocreate.pool.models import Introduced, Member, Minor
from samskapa.cocreate.pool.queries.members import called

from ..domain import Finding, Load, Standing, Verdict, gates
from ..models import Invitation
from .elsewhere import Elsewhere, at_the_same_time
from .filling import Filling, waves_seen
from .fitting import Line, clash_lines, lines_of
from .members import load_of, with_load
from .wanted import told_of_each, wanted_of
from .wording import gate_line, labels_of, load_line, why_not_line

#: What an answer needs of a member: the rest of it is long, and encrypted.
_NEEDED = (
    "uid", "called", "status", "age", "since", "group", "person__name", "person__email", "person__protected_tag",
    "person__forgotten_at", "person__is_active", "municipality__kind", "municipality__code",
)  # fmt: skip


def asked_about(members: QuerySet[Member]) -> QuerySet[Member]:
    """With what an answer needs of each."""
    return members.select_related("person", "municipality").only(*_NEEDED)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one member and one assignment. gates: each, met or not. reasons: sentences; left_out: what does
    not fit of what must; none of either where they can be asked. elsewhere: the title of another assignment."""

    gates: tuple[Finding, ...]
    reasons: list[str]
    left_out: list[Line]
    elsewhere: str

    @property
    def verdict(self) -> str:
        """Whether they can be asked, as `domain.Verdict`."""
        return Verdict.NOT_MET if self.reasons or self.left_out else Verdict.MET

    @property
    def in_short(self) -> str:
        """One sentence, the first reason where there are several."""
        if self.reasons:
            return self.reasons[0]
        if self.left_out:
            line = self.left_out[0]
            return _("Left out by what you look for. %(name)s: %(why)s.") % {"name": line.name, "why": line.why}
        if self.elsewhere:
            return _("Can be asked. Has just been asked about “%(title)s”.") % {"title": self.elsewhere}
        return _("Can be asked, and has not been yet.")


class Answers:
    """What is known of some members and some assignments, for which one coordinator finds people. Eight queries at
    most, however many there are of either."""

    def __init__(self, members: Sequence[Member], fillings: Sequence[Filling], now: datetime) -> None:
        self._today = timezone.localdate(now)
        pks, people = [member.pk for member in members], [member.person_id for member in members]
        about: dict[str, Any] = {"person__in": people, "assignment__in": [each.assignment.pk for each in fillings]}
        self._informed = _members_of(Introduced.objects.filter(member__in=pks, point=Introduction.SECRECY))
        self._agreed = _members_of(Minor.objects.filter(member__in=pks, consent__ended_at=None))
        self._asked = {(each.person_id, each.assignment_id): each for each in Invitation.objects.filter(**about)}
        self._applied = {(each.person_id, each.assignment_id): each for each in Application.objects.filter(**about)}
        self._assessed = _assessments(people, fillings)
        # The latest last, so that what was looked for the last time is what is kept.
        waves = list(waves_seen(fillings).order_by("number").values_list("pk", "assignment", "sought"))
        self._seen = {pk for pk, _assignment, _sought in waves}
        self._sought = {assignment: sought for _pk, assignment, sought in waves}
        self.told = told_of_each(members)
        self._elsewhere = Elsewhere(people, now)

    def answer(self, member: Member, filling: Filling, sought: Mapping[str, Any] | None = None) -> Answer:
        """sought: what is looked for; None: what was looked for the last time."""
        assignment = filling.assignment
        if sought is None:
            sought = self._sought.get(assignment.pk, {})
        found = gates(self._standing(member, filling))
        only = set(sought.get("only", ()))
        lines = lines_of(self.told[member.pk], wanted_of(assignment, sought)) if only else []
        return Answer(
            gates=found,
            reasons=self._reasons(member, filling, found),
            left_out=[line for line in lines if line.key in only and line.verdict == Verdict.NOT_MET],
            elsewhere=self._elsewhere.title(member.person_id, assignment),
        )

    def _reasons(self, member: Member, filling: Filling, found: Iterable[Finding]) -> list[str]:
        assignment = filling.assignment
        asked = self._asked.get((member.person_id, assignment.pk))
        application = self._applied.get((member.person_id, assignment.pk))
        is_seen = asked is not None and asked.wave_id in self._seen
        reasons = [gate_line(gate) for gate in found if gate.verdict is Verdict.NOT_MET]
        if not member.person.is_active or member.person.forgotten_at:
            reasons.append(_("The account is closed."))
        if asked and is_seen:
            reasons.append(why_not_line("asked", asked.asked_at))
        if application and filling.runs:
            reasons.append(why_not_line("applied", application.applied_at or application.nominated_at))
        if (asked and not is_seen) or (application and not filling.runs and not asked):
            reasons.append(why_not_line("hidden", None))
        return [*reasons, *_closed(assignment, self._is_open(assignment))]

    def _is_open(self, assignment: Assignment) -> bool:
        return is_open(assignment.state, assignment.closes_on, self._today)

    def _standing(self, member: Member, filling: Filling) -> Standing:
        assignment = filling.assignment
        return Standing(
            status=member.status,
            is_informed=member.pk in self._informed,
            is_minor=is_minor(member.age),
            has_guardians_yes=member.pk in self._agreed,
            conflict_matters=bool(assignment.conflict_matter),
            assessment=self._assessed.get((member.person_id, assignment.pk), ""),
        )


def _members_of(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("member_id", flat=True))


def _assessments(people: list[int], fillings: Iterable[Filling]) -> dict[tuple[int, int], str]:
    """(person, assignment) -> what was found of a conflict of interest: an application is for those who run it."""
    run = [each.assignment.pk for each in fillings if each.runs and each.assignment.conflict_matter]
    if not run:
        return {}
    declared = ConflictDeclaration.objects.filter(application__person__in=people, application__assignment__in=run)
    rows = declared.values_list("application__person", "application__assignment", "assessment")
    return {(person, assignment): assessment for person, assignment, assessment in rows}


def _closed(assignment: Assignment, can_apply: bool) -> list[str]:
    """Why nobody at all is asked to it now."""
    if not can_apply:
        return [_("One cannot apply to the assignment now.")]
    terms = getattr(assignment, "standing_terms", None)
    if terms is not None and terms.by_nomination:
        return [_("Only patient organisations put people forward to this assignment.")]
    return []


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer, as the page says it. gates, lines: each as a sentence; the rest as in `Answer`."""

    name: str
    reasons: list[str]
    gates: list[Line]
    lines: list[Line]
    load: str
    load_now: Load
    left_out: list[Line]
    elsewhere: str
    clashes: list[str]
    labels: list[str]


def why(member: Member, filling: Filling, sought: dict[str, Any], now: datetime) -> Why:
    """The whole answer, in words: what gates, each criterion, the load, and what else goes on."""
    assignment = filling.assignment
    member = with_load(Member.objects.filter(pk=member.pk), now).select_related("person", "municipality").get()
    known = Answers([member], [filling], now)
    answer, told = known.answer(member, filling, sought), known.told[member.pk]
    clashes = at_the_same_time([member.person_id], assignment, now).get(member.person_id, [])
    return Why(
        name=called(member),
        reasons=answer.reasons,
        gates=[Line(gate.criterion, "", gate.verdict.value, gate_line(gate)) for gate in answer.gates],
        lines=lines_of(told, wanted_of(assignment, sought)),
        load=load_line(load_of(member)),
        load_now=load_of(member),
        left_out=answer.left_out,
        elsewhere=answer.elsewhere,
        clashes=clash_lines(clashes),
        labels=labels_of(told, is_minor=is_minor(member.age)),
    )
