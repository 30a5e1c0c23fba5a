"""A page of those who may be asked: each with every criterion, what they have been asked, and what else goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet, Window
from django.utils.functional import Promise

from samskapa.cocreate.assignments.domain import Form
from samskapa.cocreate.assignments.models import Application, Assignment, ConflictDeclaration
from samskapa.cocreate.pool.domain import Introduction, is_minor
from samskapa.cocreate.pool.models import Group, Introduced, Member, Tag
from samskapa.cocreate.pool.queries.members import called
from samskapa.cocreate.pool.queries.minors import needs_a_yes

from ..domain import Criterion, Finding, Load, Standing, Verdict, Wanted, findings, gates
from ..models import Invitation
from .elsewhere import Clash, asked_elsewhere, at_the_same_time
from .filling import Filling
from .members import in_fair_order, load_of, may_be_asked, narrowed, with_load
from .wanted import told_of, told_of_each, wanted_of
from .wording import CRITERION, clash_line, criterion_line, gate_line, labels_of, load_line, why_not_line


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as a person reads it. verdict: domain.Verdict; the page has a symbol and a word for each."""

    key: str
    name: str | Promise
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """A member on the page. lines: the criteria of which the need says something, in their order. labels: what only
    describes. elsewhere: the title of another assignment. clashes: what is at the same time, a sentence each."""

    member: Member
    name: str
    load: str
    lines: list[Line]
    labels: list[str]
    elsewhere: str = ""
    clashes: list[str] = field(default_factory=list)

    def _with(self, verdict: Verdict) -> list[Line]:
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def met(self) -> list[Line]:
        return self._with(Verdict.MET)

    @property
    def not_met(self) -> list[Line]:
        return self._with(Verdict.NOT_MET)

    @property
    def unknown(self) -> list[tuple[str, list[str | Promise]]]:
        """Why it is not known, and of which criteria: most have told little, and one reason is enough said once."""
        found: dict[str, list[str | Promise]] = {}
        for line in self._with(Verdict.UNKNOWN):
            found.setdefault(line.why, []).append(line.name)
        return list(found.items())


def turn_list(
    group: Group, assignment: Assignment, wanted: Wanted, only: Iterable[str], now: datetime
) -> QuerySet[Member]:
    """Those who may be asked, the one whose turn it is first; all but those left out by a criterion of `only`."""
    return in_fair_order(narrowed(may_be_asked(group, assignment), wanted, only), assignment, now)


class Turns:
    """The ids of a `turn_list` for a Paginator. The page that is wanted, which begins at `at`, is read together with
    how many there are: both cost a look at everybody. `shown` reads the members of the page."""

    def __init__(self, turns: QuerySet[Member], *, at: int, most: int) -> None:
        self._ids = turns.values_list("pk", flat=True)
        self._at = at
        page = turns.annotate(total=Window(Count("pk"))).values_list("pk", "total")[at : at + most]
        self._read = list(page)

    def count(self) -> int:
        """How many there are; a query of its own where there are not so many pages."""
        return self._read[0][1] if self._read else len(self._ids)

    def __getitem__(self, page: slice) -> list[int]:
        if page.start == self._at:
            return [pk for pk, _total in self._read]
        return list(self._ids[page])


def page_of_turns(turns: QuerySet[Member], number: str, most: int) -> Page[int]:
    """The page `number` of ids, as it stands in an address; the first for what is no number, the last beyond it."""
    is_number = number.isascii() and number.isdecimal() and 0 < len(number) < 6
    found: Any = Turns(turns, at=max(int(number) - 1, 0) * most if is_number else 0, most=most)
    return Paginator(found, most).get_page(number)


def _with_told(members: QuerySet[Member]) -> QuerySet[Member]:
    return members.select_related("person", "municipality").prefetch_related(
        Prefetch("tags", queryset=Tag.objects.order_by("kind", "value"))
    )


#: What a row says of a member: the rest of it is long, and encrypted.
_SHOWN = (
    "uid", "called", "age", "since", "person__name", "person__email", "person__protected_tag", "person__forgotten_at",
    "municipality__kind", "municipality__code",
)  # fmt: skip


def shown(ids: Iterable[int], now: datetime) -> list[Member]:
    """Members with what a page shows of them but for what they have told, in the order of `ids`. One query."""
    wanted = list(ids)
    rows = with_load(Member.objects.filter(pk__in=wanted), now).select_related("person", "municipality")
    found = rows.only(*_SHOWN).in_bulk()
    return [found[pk] for pk in wanted if pk in found]


def rows_of(members: Iterable[Member], assignment: Assignment, wanted: Wanted, now: datetime) -> list[Row]:
    """What a page shows of each. A fixed number of queries."""
    members = list(members)
    people = [member.person_id for member in members]
    elsewhere, clashes = asked_elsewhere(people, assignment, now), at_the_same_time(people, assignment, now)
    told, quiet = told_of_each(members), unsaid(wanted)
    worded = cache(_line)  # most rows say the same of a criterion as some other
    return [
        Row(
            member=member,
            name=called(member),
            load=load_line(load_of(member)),
            lines=[worded(each) for each in findings(wanted, told[member.pk]) if each.criterion not in quiet],
            labels=labels_of(told[member.pk], is_minor=is_minor(member.age)),
            elsewhere=elsewhere.get(member.person_id, ""),
            clashes=_clash_lines(clashes.get(member.person_id, [])),
        )
        for member in members
    ]


def _clash_lines(found: Iterable[Clash]) -> list[str]:
    return [clash_line(each) for each in found]


def lines_of(member: Member, wanted: Wanted) -> list[Line]:
    """Every criterion in words."""
    return [_line(finding) for finding in findings(wanted, told_of(member))]


def _line(finding: Finding) -> Line:
    return Line(
        finding.criterion, CRITERION[Criterion(finding.criterion)], finding.verdict.value, criterion_line(finding)
    )


def unsaid(wanted: Wanted) -> set[str]:
    """The criteria of which neither the need nor the coordinator says anything: said once, not on every row."""
    quiet = {
        Criterion.CONTRIBUTION: not wanted.contribution,
        Criterion.FORM: not wanted.form,
        Criterion.PLACE: not wanted.region and wanted.form != Form.DIGITAL,
        Criterion.ACCESS: not wanted.of("need"),
        **{Criterion(kind): not wanted.of(kind) for kind in ("care", "as", "language", "when")},
    }
    return {criterion.value for criterion, is_quiet in quiet.items() if is_quiet}


# --- one member and one assignment ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is, or is not, proposed to an assignment. reasons: sentences, none where they can be asked."""

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
    """The whole answer, in words: what gates, each criterion, the load, and what else goes on. Never more than the
    coordinator may know: who was asked by another group, and to who comes by an enquiry who has applied, is hidden."""
    assignment = filling.assignment
    member = _with_told(with_load(Member.objects.filter(pk=member.pk), now)).get()
    wanted = wanted_of(assignment, sought)
    standing = _standing(member, filling)
    lines = lines_of(member, wanted)
    only = set(sought.get("only", ()))
    asked = Invitation.objects.filter(assignment=assignment, person=member.person_id).first()
    application = Application.objects.filter(assignment=assignment, person=member.person_id).first()
    found_gates = gates(standing)
    reasons = [gate_line(gate) for gate in found_gates if gate.verdict is Verdict.NOT_MET]
    is_seen = asked is not None and filling.waves().filter(pk=asked.wave_id).exists()
    if asked and is_seen:
        reasons.append(why_not_line("asked", asked.asked_at))
    if application and filling.runs:
        reasons.append(why_not_line("applied", application.applied_at or application.nominated_at))
    if (asked and not is_seen) or (application and not filling.runs and not asked):
        reasons.append(why_not_line("hidden", None))
    return Why(
        name=called(member),
        reasons=reasons,
        gates=[Line(gate.criterion, "", gate.verdict.value, gate_line(gate)) for gate in found_gates],
        lines=lines,
        load=load_line(load_of(member)),
        load_now=load_of(member),
        left_out=[line for line in lines if line.key in only and line.verdict == Verdict.NOT_MET],
        elsewhere=asked_elsewhere([member.person_id], assignment, now).get(member.person_id, ""),
        clashes=_clash_lines(at_the_same_time([member.person_id], assignment, now).get(member.person_id, [])),
        labels=labels_of(told_of(member), is_minor=is_minor(member.age)),
    )


def _standing(member: Member, filling: Filling) -> Standing:
    assignment = filling.assignment
    declared = ConflictDeclaration.objects.filter(
        application__assignment=assignment, application__person=member.person_id
    )
    conflict = declared.first() if filling.runs else None  # an application is for those who run the assignment
    return Standing(
        status=member.status,
        is_informed=Introduced.objects.filter(member=member, point=Introduction.SECRECY).exists(),
        is_minor=is_minor(member.age),
        has_guardians_yes=not needs_a_yes(member),
        conflict_matters=bool(assignment.conflict_matter),
        assessment=conflict.assessment if conflict else "",
    )
