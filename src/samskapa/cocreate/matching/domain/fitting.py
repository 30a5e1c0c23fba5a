"""What fits: for an assignment and a member each criterion as met, not met or unknown, and why.

There is no score, and nobody is ranked by how well they fit. What somebody has not told, and what the need does not
say, is unknown: it is never guessed, and it never leaves anybody out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samskapa.cocreate.assignments.domain import Assessment, Form
from samskapa.cocreate.pool.domain import Need, Status

#: The kinds of tags in which a coordinator says what is sought, in the same words as members answer in. "need" is what
#: there is at the meetings.
SOUGHT = ("as", "care", "language", "when", "speaks_for", "need")
#: What nobody has to get to, or to find their way in, where all is by screen or phone.
_NOT_AT_A_SCREEN = frozenset({Need.REMOTE.value, Need.WHEELCHAIR.value, Need.TRAVEL.value})

Tags = Mapping[str, frozenset[str]]
NOTHING: frozenset[str] = frozenset()


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Criterion(StrEnum):
    """In the order in which a page shows them. The order says nothing of what weighs more."""

    CONTRIBUTION = "contribution"  # the way of contributing
    CARE = "care"  # the forms of care one has met
    AS = "as"  # whose experience it is: patient, relative, service user
    LANGUAGE = "language"
    WHEN = "when"
    SPEAKS_FOR = "speaks_for"  # for oneself, or for an organisation with its mandate
    FORM = "form"  # from home, where somebody needs that
    PLACE = "place"  # in the same region or not, and nothing finer
    ACCESS = "access"  # what somebody needs to take part, against what there is


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the need says, and what the coordinator has read out of its words.

    contribution, form: "" where it is not said. region: the code of the region where it is; "" where that is not known.
    sought: kind of tag (SOUGHT) -> values of which one is enough; "need": what there is. A missing kind is not said.
    """

    contribution: str = ""
    form: str = ""
    region: str = ""
    sought: Tags = field(default_factory=dict)

    def of(self, kind: str) -> frozenset[str]:
        return self.sought.get(kind, NOTHING)


@dataclass(frozen=True, slots=True)
class Told:
    """What a member has told. tags: kind -> values; a missing kind is not told. region: the code of the region where
    they live; "" where that is not told, or is not kept because the identity is protected."""

    tags: Tags = field(default_factory=dict)
    region: str = ""

    def of(self, kind: str) -> frozenset[str]:
        return self.tags.get(kind, NOTHING)


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion for one member. why: a code, worded in queries/wording.py. values: the tags it is about, as a person
    sees them beside it."""

    criterion: str
    verdict: Verdict
    why: str
    values: tuple[str, ...] = ()


def findings(wanted: Wanted, told: Told) -> tuple[Finding, ...]:
    """Every criterion, in its order. Each is found by itself: none hides another."""
    return tuple(rule(wanted, told) for rule in CRITERIA.values())


def _one_of(criterion: Criterion, kind: str, wanted: frozenset[str], told: Told) -> Finding:
    """Whether the member has one of the values that are wanted."""
    has = told.of(kind)
    if not wanted:
        return Finding(criterion, Verdict.UNKNOWN, "not_said", tuple(sorted(has)))
    if not has:
        return Finding(criterion, Verdict.UNKNOWN, "not_told")
    if both := wanted & has:
        return Finding(criterion, Verdict.MET, "has", tuple(sorted(both)))
    return Finding(criterion, Verdict.NOT_MET, "has_other", tuple(sorted(has)))


def _contribution(wanted: Wanted, told: Told) -> Finding:
    asked = frozenset({wanted.contribution} - {""})
    return _one_of(Criterion.CONTRIBUTION, "contribution", asked, told)


def _sought(criterion: Criterion) -> Callable[[Wanted, Told], Finding]:
    return lambda wanted, told: _one_of(criterion, criterion.value, wanted.of(criterion.value), told)


def _speaks_for(wanted: Wanted, told: Told) -> Finding:
    """Own experience and a mandate are two capacities; somebody may have both."""
    criterion = Criterion.SPEAKS_FOR
    found = _one_of(criterion, criterion.value, wanted.of(criterion.value), told)
    if found.verdict is Verdict.UNKNOWN:
        return Finding(criterion, Verdict.UNKNOWN, found.why)
    why = "speaks_for" if found.verdict is Verdict.MET else "speaks_only_for"
    return Finding(criterion, found.verdict, why, found.values)


def _form(wanted: Wanted, told: Told) -> Finding:
    """From home: only who has said that they need it is stopped by its not being possible."""
    needs = told.of("need")
    if not wanted.form:
        return Finding(Criterion.FORM, Verdict.UNKNOWN, "not_said")
    if not needs:
        return Finding(Criterion.FORM, Verdict.UNKNOWN, "not_told")
    if Need.REMOTE not in needs:
        return Finding(Criterion.FORM, Verdict.MET, "no_need")
    if wanted.form == Form.PLACE:
        return Finding(Criterion.FORM, Verdict.NOT_MET, "only_on_site")
    return Finding(Criterion.FORM, Verdict.MET, "from_home")


def _place(wanted: Wanted, told: Told) -> Finding:
    if wanted.form == Form.DIGITAL:
        return Finding(Criterion.PLACE, Verdict.MET, "digital")
    if not wanted.region:
        return Finding(Criterion.PLACE, Verdict.UNKNOWN, "not_said")
    if not told.region:
        return Finding(Criterion.PLACE, Verdict.UNKNOWN, "not_told")
    if told.region == wanted.region:
        return Finding(Criterion.PLACE, Verdict.MET, "same_region")
    return Finding(Criterion.PLACE, Verdict.NOT_MET, "other_region")


def to_be_there(form: str, needs: frozenset[str]) -> frozenset[str]:
    """What of somebody's needs has to be arranged. From home is a criterion of its own; a screen has no doorstep."""
    return needs - (_NOT_AT_A_SCREEN if form == Form.DIGITAL else {Need.REMOTE.value})


def _access(wanted: Wanted, told: Told) -> Finding:
    needs, there = told.of("need"), wanted.of("need")
    if not needs:
        return Finding(Criterion.ACCESS, Verdict.UNKNOWN, "not_told")
    to_arrange = to_be_there(wanted.form, needs)
    if not to_arrange:
        return Finding(Criterion.ACCESS, Verdict.MET, "nothing_to_arrange")
    if not there:
        return Finding(Criterion.ACCESS, Verdict.UNKNOWN, "not_said", tuple(sorted(to_arrange)))
    if missing := to_arrange - there:
        return Finding(Criterion.ACCESS, Verdict.NOT_MET, "not_there", tuple(sorted(missing)))
    return Finding(Criterion.ACCESS, Verdict.MET, "there", tuple(sorted(to_arrange)))


#: Criterion -> its rule.
CRITERIA: dict[Criterion, Callable[[Wanted, Told], Finding]] = {
    Criterion.CONTRIBUTION: _contribution,
    Criterion.CARE: _sought(Criterion.CARE),
    Criterion.AS: _sought(Criterion.AS),
    Criterion.LANGUAGE: _sought(Criterion.LANGUAGE),
    Criterion.WHEN: _sought(Criterion.WHEN),
    Criterion.SPEAKS_FOR: _speaks_for,
    Criterion.FORM: _form,
    Criterion.PLACE: _place,
    Criterion.ACCESS: _access,
}


# --- what gates, apart from what only describes -----------------------------------------------------


class Gate(StrEnum):
    """What must be so before somebody may be asked. Not met: they are not asked, and the page says why."""

    ACTIVE = "active"  # introduced, and does not rest
    INFORMED = "informed"  # has been told of secrecy
    GUARDIAN = "guardian"  # under eighteen: a guardian's yes stands
    CONFLICT = "conflict"  # a conflict of interest is assessed, where the need says that it matters


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a member. is_informed: of secrecy. is_minor: under eighteen. conflict_matters: the need says
    so. assessment: what the coordinator has found of a conflict declared to this assignment; "" not yet."""

    status: str
    is_informed: bool
    is_minor: bool = False
    has_guardians_yes: bool = False
    conflict_matters: bool = False
    assessment: str = ""


def gates(standing: Standing) -> tuple[Finding, ...]:
    """Each gate in its order. One that does not concern the member is met."""
    return (
        _gate(Gate.ACTIVE, standing.status == Status.ACTIVE, standing.status),
        _gate(
            Gate.INFORMED, standing.is_informed, "told_of_secrecy" if standing.is_informed else "not_told_of_secrecy"
        ),
        _guardian(standing),
        _conflict(standing),
    )


def _gate(gate: Gate, is_met: bool, why: str) -> Finding:
    return Finding(gate, Verdict.MET if is_met else Verdict.NOT_MET, why)


def _guardian(standing: Standing) -> Finding:
    if not standing.is_minor:
        return Finding(Gate.GUARDIAN, Verdict.MET, "of_age")
    return _gate(Gate.GUARDIAN, standing.has_guardians_yes, "guardian" if standing.has_guardians_yes else "no_guardian")


def _conflict(standing: Standing) -> Finding:
    if not standing.conflict_matters:
        return Finding(Gate.CONFLICT, Verdict.MET, "does_not_matter")
    if not standing.assessment:
        return Finding(Gate.CONFLICT, Verdict.UNKNOWN, "asked_when_applying")
    return _gate(Gate.CONFLICT, standing.assessment != Assessment.EXCLUDES, standing.assessment)
