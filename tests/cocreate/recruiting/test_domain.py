"""Codes that can be typed, whom one looks for, and what counts as opened. Properties by hypothesis."""

from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import Age, As, Care, Gender, Language, Need, Reach
from samskapa.cocreate.recruiting.domain import (
    ALPHABET,
    LENGTH,
    PLACES_FOR,
    Audience,
    Kind,
    Place,
    Use,
    audience_for,
    is_opened_by_somebody,
    new_code,
    read_code,
)
from samskapa.cocreate.recruiting.queries.wording import AUDIENCE, KIND, USE
from samskapa.cocreate.recruiting.queries.wording_places import PLACE
from samskapa.cocreate.recruiting.queries.wording_texts import FRAME, OPENING

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(codes, st.sampled_from([str.upper, str.lower, lambda code: f" {code[:2]}-{code[2:]} "]))
def test_a_code_is_read_however_it_is_typed(code, typed):
    assert read_code(typed(code)) == code


@given(st.text(max_size=12))
def test_what_is_read_is_a_code_or_nothing(typed):
    code = read_code(typed)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(ALPHABET))


def test_a_code_has_no_vowels_and_no_signs_that_are_taken_for_each_other():
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("aeiouyåäö0125l8bgqsvnz")
    assert not set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") & set(ALPHABET)


def test_chance_comes_from_outside():
    letters = cycle("cdfhj")
    assert new_code(lambda _all: next(letters)) == "cdfhj"


@pytest.mark.parametrize(
    ("feature", "part", "whom"),
    [
        ("age", Age.FROM_13, Audience.YOUNG),
        ("age", Age.FROM_16, Audience.YOUNG),
        ("age", "18-29", Audience.YOUNG_ADULTS),
        ("age", "80-", Audience.OLDEST),
        ("age", "16-29", Audience.YOUNG_ADULTS),  # as statistics divide
        ("age", "13-17", Audience.YOUNG),
        ("age", "65-", Audience.OLDER),
        ("age", "-", Audience.EVERYBODY),
        ("gender", Gender.MAN, Audience.MEN),
        ("municipality_id", 17, Audience.MUNICIPALITY),
        ("municipality", "0780", Audience.MUNICIPALITY),
        ("as", As.RELATIVE, Audience.RELATIVES),
        ("care", Care.PSYCHIATRY, Audience.PSYCHIATRY),
        ("care", Care.CARE_HOME, Audience.MUNICIPAL_CARE),
        ("language", Language.SOMALI, Audience.LANGUAGE),
        ("language", Language.SWEDISH, Audience.EVERYBODY),
        ("reach_by", Reach.LETTER, Audience.NO_EMAIL),
        ("shoe_size", "44", Audience.EVERYBODY),
    ],
)
def test_what_is_missing_says_whom_to_look_for(feature, part, whom):
    assert audience_for(feature, part) is whom


@given(st.integers(0, 110), st.integers(0, 40), st.integers(0, 20))
def test_of_two_bands_the_older_is_never_looked_for_as_somebody_younger(youngest, width, later):
    order = [Audience.YOUNG, Audience.YOUNG_ADULTS, Audience.MIDDLE, Audience.OLDER, Audience.OLDEST]
    one = audience_for("age", f"{youngest}-{youngest + width}")
    other = audience_for("age", f"{youngest + later}-{youngest + width + later}")
    assert order.index(one) <= order.index(other)


def test_every_answer_that_may_be_missing_leads_to_somebody_with_places_and_words():
    answers = {
        "age": Age,
        "gender": Gender,
        "as": As,
        "care": Care,
        "language": Language,
        "need": Need,
        "reach_by": Reach,
    }
    for feature, parts in answers.items():
        for part in parts:
            assert audience_for(feature, part) in PLACES_FOR
    assert set(PLACES_FOR) == set(AUDIENCE) == set(OPENING) == set(Audience)
    assert all(len(set(places)) == len(places) >= 3 for places in PLACES_FOR.values())
    assert set(PLACE) == set(Place)
    assert {place for places in PLACES_FOR.values() for place in places} == set(Place)
    assert (set(KIND), set(USE), set(FRAME)) == (set(Kind), set(Use), set(Use))


def test_young_people_are_looked_for_where_they_are():
    assert PLACES_FOR[Audience.YOUNG][:3] == (Place.YOUTH_CLINIC, Place.STUDENT_COUNCIL, Place.YOUTH_CENTRE)


@pytest.mark.parametrize(
    ("agent", "purpose", "counts"),
    [
        (FIREFOX, "", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", "", True),
        (FIREFOX, "prefetch;prerender", False),
        ("", "", False),
        ("facebookexternalhit/1.1", "", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", "", False),
        ("curl/8.5.0", "", False),
        ("WhatsApp/2.23", "", False),
    ],
)
def test_only_somebody_counts(agent, purpose, counts):
    assert is_opened_by_somebody(agent, purpose) is counts
