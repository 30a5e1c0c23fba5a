"""Plain words: what is found in a text, and that ordinary Swedish is left alone."""

from __future__ import annotations

import pytest

from samskapa.ground.language.domain import Hard, check_plain, sentences_in
from samskapa.ground.language.domain.plain import LONG_SENTENCE, PLAINER

PLAIN = "Vi är några som vill göra vården bättre. Du får veta vad det gäller, t.ex. en kallelse. Mötet är kl. 13.00."


def test_ordinary_words_are_left_alone():
    assert check_plain(PLAIN).is_plain
    assert sentences_in("Det är t.ex. så. Och så?\nNy rad") == ["Det är t.ex. så", "Och så", "Ny rad"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ni kan erhålla stöd.", (Hard("erhålla", "få"),)),
        ("Avseende maten ska vi säkerställa det.", (Hard("Avseende", "om"), Hard("säkerställa", "se till"))),
        ("Erhållare finns.", ()),  # part of another word
    ],
)
def test_words_of_offices_are_named_with_what_people_say(text, found):
    assert check_plain(text).hard == found


def test_a_sentence_is_long_from_the_first_word_too_many():
    assert check_plain(" ".join(["ord"] * LONG_SENTENCE) + ".").long == ()
    assert check_plain(" ".join(["ord"] * (LONG_SENTENCE + 1)) + ".").long == (" ".join(["ord"] * 8),)


def test_abbreviations_and_vague_phrases_are_told():
    found = check_plain("Vi följer SVF vid behov.")
    assert (found.abbreviations, found.vague, found.is_plain) == (("SVF",), "vid behov", False)
    assert check_plain("Vi följer standardiserade vårdförlopp (SVF).").abbreviations == ()


def test_no_plainer_word_is_hard_itself():
    assert [word for words in PLAINER.values() for word in words.split() if word in PLAINER] == []
