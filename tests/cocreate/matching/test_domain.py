"""What fits, whose turn it is, and the days of a wave."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import Form
from samskapa.cocreate.matching.domain import (
    CRITERIA,
    Criterion,
    Gate,
    Load,
    Standing,
    Told,
    Verdict,
    Wanted,
    WrongDay,
    check_answer_by,
    day_of_next,
    fair_order,
    findings,
    gates,
    still_wanted,
)
from samskapa.cocreate.matching.domain.load import PRIME, lot
from samskapa.cocreate.pool.domain import As, Care, Contribution, Language, Need, SpeaksFor, Status, When

THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def tags(**values: list[str]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(each) for kind, each in values.items()}


def found(wanted: Wanted, told: Told, criterion: str) -> tuple[str, str]:
    (finding,) = [each for each in findings(wanted, told) if each.criterion == criterion]
    return finding.verdict.value, finding.why


MANDATE = Wanted(sought=tags(speaks_for=["mandate"]))
ARABIC = Wanted(sought=tags(language=["ar"]))


@pytest.mark.parametrize(
    ("wanted", "told", "criterion", "expected"),
    [
        (Wanted(contribution="research"), Told(tags(contribution=["research"])), "contribution", ("met", "has")),
        (Wanted(contribution="research"), Told(tags(contribution=["jury"])), "contribution", ("not_met", "has_other")),
        (Wanted(contribution="research"), Told(), "contribution", ("unknown", "not_told")),
        (Wanted(), Told(tags(contribution=["jury"])), "contribution", ("unknown", "not_said")),
        (ARABIC, Told(tags(language=["sv", "ar"])), "language", ("met", "has")),
        (ARABIC, Told(tags(language=["sv"])), "language", ("not_met", "has_other")),
        (MANDATE, Told(tags(speaks_for=["mandate", "oneself"])), "speaks_for", ("met", "speaks_for")),
        (MANDATE, Told(tags(speaks_for=["oneself"])), "speaks_for", ("not_met", "speaks_only_for")),
        (MANDATE, Told(), "speaks_for", ("unknown", "not_told")),
        (Wanted(), Told(tags(speaks_for=["mandate"])), "speaks_for", ("unknown", "not_said")),
        (Wanted(form="place"), Told(tags(need=["remote"])), "form", ("not_met", "only_on_site")),
        (Wanted(form="both"), Told(tags(need=["remote"])), "form", ("met", "from_home")),
        (Wanted(form="place"), Told(tags(need=["breaks"])), "form", ("met", "no_need")),
        (Wanted(form="place"), Told(), "form", ("unknown", "not_told")),
        (Wanted(), Told(tags(need=["remote"])), "form", ("unknown", "not_said")),
        (Wanted(form="digital", region="01"), Told(region="25"), "place", ("met", "digital")),
        (Wanted(form="place", region="01"), Told(region="01"), "place", ("met", "same_region")),
        (Wanted(form="place", region="01"), Told(region="25"), "place", ("not_met", "other_region")),
        (Wanted(form="place", region="01"), Told(), "place", ("unknown", "not_told")),
        (Wanted(sought=tags(need=["breaks"])), Told(tags(need=["breaks"])), "access", ("met", "there")),
        (Wanted(sought=tags(need=["breaks"])), Told(tags(need=["breaks", "calm"])), "access", ("not_met", "not_there")),
        (Wanted(), Told(tags(need=["breaks"])), "access", ("unknown", "not_said")),
        (Wanted(form="digital"), Told(tags(need=["travel", "wheelchair"])), "access", ("met", "nothing_to_arrange")),
    ],
)
def test_each_criterion_says_what_it_found_and_why(wanted, told, criterion, expected):
    assert found(wanted, told, criterion) == expected


def test_what_is_not_there_is_named():
    (access,) = [
        each
        for each in findings(Wanted(sought=tags(need=["breaks"])), Told(tags(need=["breaks", "calm", "remote"])))
        if each.criterion == Criterion.ACCESS
    ]
    assert access.values == ("calm",)


def test_nothing_is_guessed_of_somebody_who_has_told_nothing():
    everything = Wanted(
        "research", "place", "01", tags(**{"as": ["patient"]}, care=["home"], language=["sv"], when=["evening"])
    )
    assert {finding.verdict for finding in findings(everything, Told())} == {Verdict.UNKNOWN}


_KINDS = {"contribution": Contribution, "care": Care, "as": As, "language": Language, "when": When, "need": Need,
          "speaks_for": SpeaksFor}  # fmt: skip
_tags = st.fixed_dictionaries(
    {},
    optional={
        kind: st.frozensets(st.sampled_from([each.value for each in enum]), min_size=1) for kind, enum in _KINDS.items()
    },
)
_regions = st.sampled_from(["", "01", "25"])
_told = st.builds(Told, _tags, _regions)
_wanted = st.builds(
    Wanted,
    st.sampled_from(["", *Contribution]),
    st.sampled_from(["", *Form]),
    _regions,
    _tags.map(lambda found: {kind: values for kind, values in found.items() if kind != "contribution"}),
)


@given(_wanted, st.lists(_told, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_criteria_hides_nobody_and_changes_nothing(wanted, members, chance):
    """Property: shuffled or renamed, each criterion says the same of each member, and nobody is missing."""
    rules = list(CRITERIA.items())
    chance.shuffle(rules)
    shuffled = [[rule(wanted, told) for _name, rule in rules] for told in members]
    renamed = [[replace(each, criterion=f"x{each.criterion}") for each in findings(wanted, told)] for told in members]
    assert len(shuffled) == len(renamed) == len(members)
    for told, one, other in zip(members, shuffled, renamed, strict=True):
        usual = findings(wanted, told)
        assert set(one) == set(usual)
        assert [(each.verdict, each.why, each.values) for each in other] == [
            (e.verdict, e.why, e.values) for e in usual
        ]


@given(_wanted, _told)
def test_what_is_unknown_has_its_reason_in_what_is_not_said_or_not_told(wanted, told):
    for finding in findings(wanted, told):
        assert (finding.verdict is Verdict.UNKNOWN) == (finding.why in {"not_said", "not_told"})


def said(**changes) -> dict[str, tuple[str, str]]:
    standing = replace(Standing(Status.ACTIVE, is_informed=True), **changes)
    return {gate.criterion: (gate.verdict.value, gate.why) for gate in gates(standing)}


def test_the_gates_are_apart_from_the_criteria():
    assert set(Gate).isdisjoint(Criterion)
    assert {verdict for verdict, _why in said().values()} == {"met"}
    assert said(status=Status.RESTING)[Gate.ACTIVE] == ("not_met", "resting")
    assert said(is_informed=False)[Gate.INFORMED] == ("not_met", "not_told_of_secrecy")
    assert said(is_minor=True)[Gate.GUARDIAN] == ("not_met", "no_guardian")
    assert said(is_minor=True, has_guardians_yes=True)[Gate.GUARDIAN] == ("met", "guardian")
    assert said(conflict_matters=True)[Gate.CONFLICT] == ("unknown", "asked_when_applying")
    assert said(conflict_matters=True, assessment="excludes")[Gate.CONFLICT] == ("not_met", "excludes")
    assert said(conflict_matters=True, assessment="manageable")[Gate.CONFLICT] == ("met", "manageable")


# --- whose turn it is -------------------------------------------------------------------------------


def test_never_asked_first_then_fewest_times_then_who_has_waited_longest():
    def ago(days: int) -> datetime:
        return THEN - timedelta(days=days)

    loads = {
        1: Load(2, 1, ago(20), ago(900)),
        2: Load(1, 0, ago(40), ago(900)),
        3: Load(1, 0, ago(50), ago(300)),
        4: Load(0, 0, ago(500), ago(900)),  # asked long ago, and not this year
        5: Load(0, 0, None, ago(10)),  # never asked
        6: Load(0, 0, None, ago(90)),  # nor this one, and has waited longer
        7: Load(0, 2, None, ago(900)),  # never asked, but taken twice this year all the same
    }
    assert fair_order(loads, assignment_id=1) == [6, 5, 4, 3, 2, 7, 1]


_moments = st.integers(0, 900).map(lambda days: THEN - timedelta(days=days))
_loads = st.builds(Load, st.integers(0, 4), st.integers(0, 3), st.none() | _moments, _moments)


@given(st.dictionaries(st.integers(1, 10**6), _loads, max_size=30), st.integers(1, 10**6), st.randoms())
def test_the_fair_order_is_one_order_whatever_order_they_come_in(loads, assignment_id, chance):
    """Property: everybody stands in it once; nobody who has been asked more stands before who has been asked less."""
    mixed = list(loads.items())
    chance.shuffle(mixed)
    order = fair_order(dict(mixed), assignment_id)
    assert order == fair_order(loads, assignment_id)
    assert sorted(order) == sorted(loads)
    for before, after in itertools.pairwise(order):
        one, two = loads[before], loads[after]
        assert one.is_untried >= two.is_untried
        if one.is_untried == two.is_untried:
            assert one.asked + one.taken <= two.asked + two.taken
            if one.asked + one.taken == two.asked + two.taken:
                assert one.waited_since <= two.waited_since


def test_those_who_are_equal_come_in_another_order_for_another_assignment():
    equal = {number: Load(0, 0, None, THEN) for number in range(1, 41)}
    orders = [fair_order(equal, assignment_id) for assignment_id in range(1, 101)]
    firsts = {order[0] for order in orders}
    assert len({tuple(order) for order in orders}) == 100
    assert len(firsts) > 30  # of 40: nobody is always first
    assert fair_order(equal, 7) == fair_order(equal, 7) != sorted(equal)


@given(st.integers(1, 2**40), st.sets(st.integers(1, 10**7), max_size=50))
def test_no_two_have_the_same_lot_and_it_fits_in_the_databases_numbers(assignment_id, members):
    lots = {member: lot(assignment_id, member) for member in members}
    assert len(set(lots.values())) == len(members)
    assert all(0 <= each < PRIME for each in lots.values())


# --- the days of a wave -----------------------------------------------------------------------------

TODAY = date(2026, 3, 10)


def test_one_answers_from_today_until_the_last_day_to_apply():
    check_answer_by(TODAY, today=TODAY, closes_on=TODAY)
    for day, why in ((TODAY - timedelta(days=1), "past"), (TODAY + timedelta(days=3), "closed")):
        with pytest.raises(WrongDay, match=why):
            check_answer_by(day, today=TODAY, closes_on=TODAY + timedelta(days=2))


@pytest.mark.parametrize(("left", "expected"), [(30, 7), (7, 7), (5, 5), (2, 2), (1, None), (0, None)])
def test_the_next_wave_has_as_many_days_and_ends_when_one_can_no_longer_apply(left, expected):
    opened = TODAY - timedelta(days=8)
    day = day_of_next(opened, opened + timedelta(days=7), today=TODAY, closes_on=TODAY + timedelta(days=left))
    assert day == (None if expected is None else TODAY + timedelta(days=expected))


def test_no_more_are_wanted_than_are_missing():
    assert [still_wanted(3, yes) for yes in (0, 2, 3, 5)] == [3, 1, 0, 0]
