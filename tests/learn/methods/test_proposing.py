"""Which methods a need is proposed, and how one is found by a word."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import Contribution, Influence, Phase
from samskapa.learn.methods.domain import LEAST, MOST, Aim, Reason, Wish, find, gives_less, nearest, propose, stem
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
def test_whatever_is_proposed_says_all_that_does_not_fit_and_the_order_of_the_bank_does_not_matter(wish, chance):
    shuffled = list(bank())
    chance.shuffle(shuffled)
    fits = propose(bank(), wish)
    assert propose(shuffled, wish) == fits
    assert len(fits) <= MOST
    for fit in fits:
        method = fit.method
        assert not method.is_support
        does_not_fit = {
            Reason.WAY: wish.says_way and wish.way not in method.ways,
            Reason.INFLUENCE: wish.influence is not None and wish.influence not in method.levels,
            Reason.PEOPLE: wish.people is not None and (method.least_people or 0) > wish.people,
            Reason.TIME: wish.minutes is not None and (method.least_minutes or 0) > wish.minutes,
        }
        assert set(fit.misfits) == {reason for reason, is_so in does_not_fit.items() if is_so}
        assert not set(fit.misfits) & set(fit.reasons)
        assert fit.reasons  # never without a why
        assert method.least_people is not None  # what has no number is only ever a help to another method


#: Every answer of the need's form, and numbers of people and minutes on both sides of what any method asks for.
PEOPLE = (None, 1, 2, 3, 6, 12, 60)
MINUTES = (None, 10, 60, 120, 270, 600, 5000)


@pytest.mark.parametrize("influence", [None, *list(Influence)[1:]])
def test_a_need_with_an_aim_is_always_proposed_two_or_three(influence):
    methods, walked, short = bank(), 0, 0
    for phase, is_standing, way, people, minutes in product(
        (None, *Phase), (False, True), (None, *Contribution), PEOPLE, MINUTES
    ):
        wish = Wish(phase, way, influence, people, minutes, is_standing)
        fits = propose(methods, wish)
        keys = [fit.method.key for fit in fits]
        assert len(set(keys)) == len(keys), wish
        assert all(not fit.method.is_only_for_its_ways or way in fit.method.ways for fit in fits), wish
        if not wish.aims:
            continue
        walked += 1
        assert LEAST <= len(fits) <= MOST, (wish, keys)
        assert all(fit.aims for fit in fits), (wish, keys)
        short += not all(fit.misfits == () for fit in fits)
    assert walked == 9 * 10 * 7 * 7  # phase and standing, way, people, minutes
    assert 0 < short < walked


@pytest.mark.parametrize(("phase", "is_standing"), [(None, True), *((phase, False) for phase in Phase)])
def test_where_only_information_is_promised_there_is_no_method(phase, is_standing):
    assert propose(bank(), Wish(phase, None, Influence.INFORMATION, 5, 300, is_standing)) == []


@CHEAP
@given(WISHES)
def test_nothing_that_fits_comes_after_what_does_not_and_nothing_nearer_in_influence_is_left_out(wish):
    fits = propose(bank(), wish)
    whole = [fit.misfits == () for fit in fits]
    assert whole == sorted(whole, reverse=True)
    if wish.aims and whole and not any(whole):
        alone = Wish(wish.phase, wish.way, wish.influence, is_standing=wish.is_standing)
        best = propose(bank(), alone)[0]
        assert (Reason.INFLUENCE in fits[0].misfits) >= (Reason.INFLUENCE in best.misfits)


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
            ["patientresa", "ebcd people time", "observation influence"],
        ),
        (
            Wish(Phase.DOING, Contribution.IMPROVEMENT_TEAM, Influence.INFLUENCE, 6, 600),
            ["ebcd", "representant-i-arbetsgrupp", "framtidsverkstad way people"],
        ),
        (
            Wish(Phase.IDEA, Contribution.WORKSHOP, Influence.DIALOGUE, 12, 180),
            ["world-cafe", "patientforum", "fokusgrupp"],
        ),
        (Wish(Phase.FOLLOWING_UP, None, Influence.CONSULTATION, 2, 60), ["skuggning", "observation", "intervju"]),
        (
            Wish(None, Contribution.GOVERNANCE, Influence.DIALOGUE, 6, 400, True),
            ["patient-och-narstaenderad", "brukarrad", "levande-bibliotek way"],
        ),
        (
            Wish(Phase.PLANNING, Contribution.RESEARCH, Influence.CODECISION, 12, None),
            ["jla-prioritering", "forskningspartner", "representant-i-arbetsgrupp"],
        ),
        # No research is said, so no research partner; what is left gives less than was promised.
        (Wish(Phase.DOING, None, Influence.CODECISION, 3), ["representant-i-arbetsgrupp", "ebcd influence people"]),
        # To decide together what has become better: nothing gives that much, so first what gives most.
        (
            Wish(Phase.FOLLOWING_UP, Contribution.IMPROVEMENT_TEAM, Influence.CODECISION, 3, 270),
            ["brukarrevision influence time", "observation influence"],
        ),
        # Two people for two hours, who are only to be heard, change nothing together.
        (
            Wish(Phase.DOING, Contribution.WORKSHOP, Influence.CONSULTATION, 2, 120),
            ["representant-i-arbetsgrupp way influence time", "framtidsverkstad influence people time"],
        ),
        (
            Wish(Phase.IDEA, Contribution.EDUCATION, Influence.DIALOGUE, 3, 270),
            ["levande-bibliotek", "patientresa way", "observation way"],
        ),
        (
            Wish(Phase.PLANNING, Contribution.WORKSHOP, Influence.CODECISION, 10, 180),
            ["representant-i-arbetsgrupp way", "open-space influence"],
        ),
        # Without an aim only what is made for the way: here one.
        (Wish(None, Contribution.JURY), ["representant-i-arbetsgrupp"]),
        (Wish(None, None, Influence.INFORMATION), []),
        (Wish(people=8, minutes=90), []),  # how many and how long say nothing of what for
        (Wish(way=Contribution.OTHER), []),
    ],
)  # fmt: skip
def test_worked_examples(wish, proposed):
    assert [" ".join((fit.method.key, *fit.misfits)) for fit in propose(bank(), wish)] == proposed


def test_the_reasons_of_one_need():
    wish = Wish(Phase.IDEA, Contribution.WORKSHOP, Influence.DIALOGUE, 12, 180)
    fit = next(fit for fit in propose(bank(), wish) if fit.method.key == "fokusgrupp")
    assert fit.reasons == (Reason.WAY, Reason.AIM, Reason.INFLUENCE, Reason.PEOPLE, Reason.TIME)
    assert fit.aims == (Aim.UNDERSTAND, Aim.IDEAS)
    assert fit.misfits == ()


@pytest.mark.parametrize(
    ("promised", "given_", "is_less"),
    [("consultation", "dialogue", False), ("influence", "influence", False), ("codecision", "influence", True)],
)
def test_the_step_nearest_to_the_promised_one_is_said_and_whether_it_is_less(promised, given_, is_less):
    council = next(method for method in bank() if method.key == "brukarrad")  # dialogue and influence
    assert nearest(council, Influence(promised)) == given_
    assert gives_less(council, Influence(promised)) is is_less


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
