"""Swedish words are the same whatever ending they have; words that say nothing are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.language.domain import is_telling, stem, stems_of, words_of


@pytest.mark.parametrize(
    ("stemmed", "words"),
    [
        ("psykiatri", "psykiatri psykiatrin psykiatrins"),
        ("forskning", "forskning forskningen forskningens forskningar"),
        ("barn", "barn barnet barnen barnens barns"),
        ("skol", "skola skolan skolor skolorna"),
        ("stöd", "stöd stödet stödets"),
        ("strok", "stroke stroken strokes"),
        ("kväll", "kväll kvällar kvällen kvällarna"),
        ("anhör", "anhörig anhöriga anhörigas anhörigs"),
        ("hörsling", "hörslinga hörslingan hörslingor"),
        ("människ", "människa människan människor"),
        ("dem", "demens demensen demensens"),
        ("canc", "cancer cancern"),
        ("teckenspråk", "teckenspråk teckenspråket"),
        ("operatio", "operation operationen operationer"),
        ("ungdom", "ungdom ungdomar ungdomarna"),
    ],
)
def test_a_word_is_the_same_with_every_ending(stemmed, words):
    assert {stem(word) for word in words.split()} == {stemmed}


@pytest.mark.parametrize(
    ("one", "other"), [("stöd", "stad"), ("vård", "värd"), ("skola", "skal"), ("barn", "barr"), ("mun", "mu")]
)
def test_other_words_stay_other_words(one, other):
    assert stem(one) != stem(other)


def test_a_text_is_what_it_is_about():
    text = "Jag fick en STROKE 2019, och jag vill vara med i forskningen_om stroke: ett år efter e\u0301n operation."
    assert stems_of(text) == {"strok", "forskning", "år", "én", "operatio"}
    assert stems_of("och att det 1 22") == set()
    assert stems_of("x" * 41) == set()


@given(st.text())
def test_whatever_is_written_has_stems_without_space_and_in_small_letters(text):
    for word in words_of(text):
        assert word == word.casefold() or not word.isascii()
        assert not any(letter.isspace() for letter in stem(word))
    assert stems_of(text) == {stem(word) for word in words_of(text) if is_telling(word)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("अनिल कुमार", ["अनिल", "कुमार"]),
        ("สมชาย ใจดี", ["สมชาย", "ใจดี"]),
        ("Åsa_Ö-l, 12!", ["åsa", "ö", "l", "12"]),
        ("½ kopp (stor)", ["1", "2", "kopp", "stor"]),
    ],
)
def test_the_vowels_of_every_script_belong_to_their_word(text, words):
    assert words_of(text) == words
