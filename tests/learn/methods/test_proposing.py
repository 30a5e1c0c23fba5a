"""Which methods a need is proposed, and how one is found by a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import Contribution, Influence, Phase
from samskapa.learn.methods.domain import MOST, Aim, Reason, Wish, find, propose, stem
from samskapa.learn.methods.queries import bank

WISHES = st.builds(
    Wish,
    phase=st.none() | st.sampled_from(Phase),
    way=st.none() | st.sampled_from(Contribution),
    influence=st.none() | st.sampled_from(Influence),
    people=st.none() | st.integers(1, 60),
    minutes=st.none() | st.integers(5, 2000),
    is_standing=st.booleans(),
)
CHEAP = settings(max_examples=60, deadline=None)


@CHEAP
@given(WISHES, st.randoms(use_true_random=False))
def test_whatever_is_proposed_fits_and_the_order_of_the_bank_does_not_matter(wish, chance):
    shuffled = list(bank())
    chance.shuffle(shuffled)
    fits = propose(bank(), wish)
    assert propose(shuffled, wish) == fits
    assert len(fits) <= MOST
    for fit in fits:
        method = fit.method
        assert not method.is_support
        assert wish.influence is None or wish.influence in method.levels
        assert wish.people is None or (method.least_people or 0) <= wish.people
        assert wish.minutes is None or (method.least_minutes or 0) <= wish.minutes
        assert fit.reasons  # never without a why


@CHEAP
@given(WISHES)
def test_every_reason_is_true_of_the_need(wish):
    for fit in propose(bank(), wish):
        told = {
            Reason.WAY: wish.way in fit.method.ways,
            Reason.AIM: bool(set(fit.aims) & wish.aims),
            Reason.INFLUENCE: wish.influence in fit.method.levels,
            Reason.PEOPLE: wish.people is not None,
            Reason.TIME: wish.minutes is not None,
        }
        assert [reason for reason in fit.reasons if not told[reason]] == []
        assert set(fit.aims) <= wish.aims & set(fit.method.aims)


@CHEAP
@given(WISHES.filter(lambda wish: wish.people and wish.minutes))
def test_with_more_people_and_time_there_is_never_less_to_choose_among(wish):
    more = Wish(wish.phase, wish.way, wish.influence, wish.people + 5, wish.minutes + 60, wish.is_standing)
    assert len(propose(bank(), more)) >= len(propose(bank(), wish))


@pytest.mark.parametrize(
    ("wish", "proposed"),
    [
        (
            Wish(Phase.IDEA, Contribution.IMPROVEMENT_TEAM, Influence.INFLUENCE, 3, 270),
            ["patientresa", "representant-i-arbetsgrupp"],
        ),
        (
            Wish(Phase.DOING, Contribution.IMPROVEMENT_TEAM, Influence.INFLUENCE, 6, 600),
            ["ebcd", "representant-i-arbetsgrupp", "patientresa"],
        ),
        (
            Wish(Phase.IDEA, Contribution.WORKSHOP, Influence.DIALOGUE, 12, 180),
            ["world-cafe", "patientforum", "fokusgrupp"],
        ),
        (Wish(Phase.FOLLOWING_UP, None, Influence.CONSULTATION, 2, 60), ["skuggning", "observation", "intervju"]),
        (
            Wish(None, Contribution.GOVERNANCE, Influence.DIALOGUE, 6, 400, True),
            ["patient-och-narstaenderad", "brukarrad", "levande-bibliotek"],
        ),
        (
            Wish(Phase.PLANNING, Contribution.RESEARCH, Influence.CODECISION, 12, None),
            ["jla-prioritering", "forskningspartner", "representant-i-arbetsgrupp"],
        ),
        (Wish(Phase.DOING, None, Influence.CODECISION, 3), ["representant-i-arbetsgrupp"]),  # no research is said
        (Wish(None, None, Influence.INFORMATION), []),
        (Wish(people=8, minutes=90), []),  # how many and how long say nothing of what for
        (Wish(way=Contribution.OTHER), []),
    ],
)  # fmt: skip
def test_worked_examples(wish, proposed):
    assert [fit.method.key for fit in propose(bank(), wish)] == proposed


def test_the_reasons_of_one_need():
    wish = Wish(Phase.IDEA, Contribution.WORKSHOP, Influence.DIALOGUE, 12, 180)
    fit = next(fit for fit in propose(bank(), wish) if fit.method.key == "fokusgrupp")
    assert fit.reasons == (Reason.WAY, Reason.AIM, Reason.INFLUENCE, Reason.PEOPLE, Reason.TIME)
    assert fit.aims == (Aim.UNDERSTAND, Aim.IDEAS)


@pytest.mark.parametrize(
    ("looked_for", "first"),
    [
        ("enkäter", "enkat-prem"),
        ("ENKAT", "enkat-prem"),  # without dots
        ("panel", "medborgarpanel"),  # the end of a longer word
        ("barnen", "malgrupp-barn"),
        ("intervjuerna", "intervju"),
        ("skriva dagbok", "dagbok"),
        ("att skugga en patient", "skuggning"),
    ],
)
def test_a_word_finds_its_method(looked_for, first):
    assert find(bank(), looked_for, "sv")[0].key == first


def test_dots_that_are_written_are_meant():
    found = {method.key for method in find(bank(), "råd", "sv")}
    assert {"brukarrad", "patient-och-narstaenderad"} <= found
    assert "ebcd" not in found  # "erfarenhetsbaserad" ends in rad, not in råd


def test_every_word_must_be_there_and_none_finds_all():
    assert find(bank(), "enkät fiskben", "sv") == []
    assert len(find(bank(), "  ", "sv")) == len(find(bank(), "och att", "sv")) == 28
    assert find(bank(), "survey", "en")[0].key == "enkat-prem"


@CHEAP
@given(st.text(max_size=30))
def test_a_stem_is_a_beginning_and_nothing_makes_it_fail(text):
    assert all(word.startswith(stem(word)) for word in text.casefold().split() if word.isascii())
    find(bank(), text, "sv")
