"""Whoever answers comes by a link of their own and needs no account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.models import Urn
from samskapa.listen.surveys.queries import answers_of, answers_so_far
from samskapa.listen.surveys.services import close, hand_in, save_answers
from tests.factories.protection import make_protected
from tests.factories.reading_pages import fields, words
from tests.factories.surveys import link_of, make_asking, token_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# --- answering --------------------------------------------------------------------------------------


def test_somebody_answers_by_link_one_question_a_page_with_the_way_their_answers_lead(visitor, anonymous):
    home = link_of(anonymous.asked.get())
    page = visitor.get(home)
    assert "Du svarar anonymt." in words(page)
    assert "Vi vill att alla ska komma till tals." in words(page)
    assert visitor.get(home + "svara/hindered/").status_code == 302  # nobody has said that it was hard
    steps = {"said": {"q_said": "4"}, "followed": {"q_followed": "no"}, "hindered": {"q_hindered": ["fast", "sound"]}}
    at = home + "svara/said/"
    for key, answer in steps.items():
        assert at == f"{home}svara/{key}/"
        at = visitor.post(at, fields(visitor.get(at)) | answer)["Location"]
    assert at == home + "svara/next_time/"
    check = visitor.post(at, fields(visitor.get(at)) | {"q_next_time": "Fler pauser\noch kaffe"})["Location"]
    page = visitor.get(check)
    assert "Det gick för fort, Jag hörde eller såg dåligt" in words(page)
    done = visitor.post(check, fields(page))
    assert done["Location"] == home
    assert "Tack. Dina svar är inlämnade" in words(visitor.get(home))
    assert Urn.objects.get().sheets == [
        {"followed": "no", "hindered": ["fast", "sound"], "next_time": "Fler pauser\noch kaffe", "said": "4"}
    ]


def test_opening_a_link_changes_nothing(visitor, anonymous, named):
    for asking in (anonymous, named):
        home = link_of(asking.asked.get())
        before = AuditEntry.objects.count()
        key = "said" if asking == anonymous else "heard"
        for path in (home, f"{home}svara/{key}/", home + "titta-igenom/", home + "resultat/"):
            assert visitor.get(path).status_code in (200, 302)
        assert AuditEntry.objects.count() == before
        assert not asking.asked.get().has_answered
        assert answers_so_far(asking.asked.get(), token=home.split("/")[2]) == {}


def test_a_link_that_is_not_ours_looks_like_nothing(visitor):
    for path in ("", "svara/said/", "titta-igenom/", "resultat/"):
        assert visitor.get(f"/fraga/finns-inte/{path}").status_code == 404


def test_pressing_hand_in_twice_leads_to_the_same_page_and_hands_in_once(visitor, anonymous):
    asked = anonymous.asked.get()
    token = token_of(asked)
    save_answers(asked, {"said": "2"}, token=token, by=SYSTEM, now=timezone.now())
    check = reverse("surveys:check", args=[token])
    answers = [visitor.post(check) for _press in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, f"/fraga/{token}/")] * 2
    assert Urn.objects.get().sheets == [{"said": "2"}]


def test_a_personal_number_in_own_words_is_refused_and_the_words_are_kept(visitor, anonymous):
    url = reverse("surveys:question", args=[token_of(anonymous.asked.get()), "next_time"])
    refused = visitor.post(url, {"q_next_time": "Fråga 121212-1212."})
    assert refused.status_code == 422
    assert "ser ut som ett personnummer" in refused.content.decode()
    assert "Fråga 121212-1212." in refused.content.decode()


def test_nothing_answered_is_told_kindly_and_nothing_is_handed_in(visitor, anonymous):
    check = link_of(anonymous.asked.get()) + "titta-igenom/"
    page = visitor.post(check)
    assert page.status_code == 422
    assert "Det finns inget att lämna in än" in words(page)
    assert not anonymous.asked.get().has_answered


def test_a_text_that_is_too_long_comes_back_as_it_was_typed(visitor, named):
    at = link_of(named.asked.get()) + "svara/words/"
    text = "å" * 2001
    page = visitor.post(at, {"q_words": text})
    assert page.status_code == 422
    assert document_fromstring(page.content.decode()).get_element_by_id("id_q_words").text.strip() == text
    assert "2000" in words(page)
    page = visitor.post(at.replace("words", "heard"), {"q_heard": "7"})
    assert page.status_code == 422


def test_two_windows_on_the_same_question_and_no_word_is_lost(visitor, named):
    at = link_of(named.asked.get()) + "svara/words/"
    both = fields(visitor.get(at))
    assert visitor.post(at, both | {"q_words": "från mobilen"}).status_code == 302
    clash = visitor.post(at, both | {"q_words": "från datorn"})
    assert clash.status_code == 409
    assert {"från mobilen", "från datorn"} <= set(re.findall("från [a-z]+", words(clash)))
    assert answers_so_far(named.asked.get())["words"] == "från mobilen"
    assert visitor.post(at, fields(clash)).status_code == 302
    assert answers_so_far(named.asked.get())["words"] == "från datorn"


def test_two_windows_on_an_anonymous_sheet_that_is_handed_in(visitor, anonymous):
    """What is written in the other window cannot be added, and is shown to be copied."""
    asked = anonymous.asked.get()
    at = link_of(asked) + "svara/next_time/"
    form = fields(visitor.get(at))
    hand_in(asked, {"said": "1"}, by=SYSTEM, now=timezone.now())
    late = visitor.post(at, form | {"q_next_time": "En sak till"})
    assert late.status_code == 409
    assert "En sak till" in words(late)
    assert Urn.objects.get().sheets == [{"said": "1"}]


def test_a_sheet_by_name_can_be_changed_with_the_same_link_until_the_round_closes(visitor, named):
    asked = named.asked.get()
    home = link_of(asked)
    hand_in(asked, {"heard": "2"}, by=SYSTEM, now=timezone.now())
    assert "Du kan ändra dem till och med" in words(visitor.get(home))
    at = home + "svara/heard/"
    visitor.post(at, fields(visitor.get(at)) | {"q_heard": "5"})
    assert answers_of(named)[0].answers == {"heard": "5"}
    visitor.post(at, fields(visitor.get(at)) | {"q_heard": ""})  # takes the answer back
    assert answers_of(named)[0].answers == {}
    close(named, by=SYSTEM, now=timezone.now())
    assert "Frågorna är stängda nu." in words(visitor.get(home))
    assert visitor.get(at)["Location"] == home
    late = visitor.post(at, {"q_heard": "1"})
    assert (late.status_code, "1. Nej, inte alls" in words(late)) == (409, True)


def test_a_round_that_has_not_begun_says_when_and_takes_nothing(visitor, tree, now):
    asking = make_asking(1, node=tree.unit, now=now, opens_at=now + DAY)
    home = link_of(asking.asked.get())
    assert "Det har inte börjat än" in words(visitor.get(home))
    assert visitor.post(home + "svara/said/", {"q_said": "1"}).status_code == 409


def test_saving_to_go_on_later_leads_to_where_one_was(visitor, anonymous):
    home = link_of(anonymous.asked.get())
    at = home + "svara/said/"
    assert visitor.post(at, fields(visitor.get(at)) | {"q_said": "3", "later": "1"})["Location"] == home
    page = visitor.get(home)
    assert "Fortsätt där du var" in words(page)
    assert f'href="{home}svara/followed/"' in page.content.decode()


def test_the_questions_in_easy_read_all_the_way(visitor, named):
    home = link_of(named.asked.get())
    assert "Visa frågorna på lättläst svenska" in words(visitor.get(home))
    at = home + "svara/influence/?lattlast=ja"
    page = visitor.get(at)
    assert "Fick du vara med och bestämma så mycket som ni lovade?" in words(page)
    assert visitor.post(at, fields(page) | {"q_influence": "3"})["Location"] == home + "svara/heard/?lattlast=ja"
    assert "Blev du lyssnad på?" in words(visitor.get(home + "svara/heard/"))


def test_the_same_question_is_worded_for_each_side_and_in_english(visitor, tree, now):
    people = [Whom(address="a@example.se", side="host"), Whom(address="b@example.se", side="representative")]
    asking = make_asking(people, set_key="closing", node=tree.unit, now=now)
    asks = {each.side: link_of(each) + "svara/heard/" for each in asking.asked.all()}
    assert "Lyssnade ni på patientföreträdarna?" in words(visitor.get(asks["host"]))
    assert "Blev du lyssnad på?" in words(visitor.get(asks["representative"]))
    visitor.cookies["language"] = "en"
    visitor.post(reverse("people:language"), {"language": "en", "next": "/"})
    assert "Were you listened to?" in words(visitor.get(asks["representative"]))


def test_a_protected_person_is_asked_by_address_and_never_named(maja, tree, grant, now):
    protected = make_protected(tree.region, coordinator=grant.person, email="hemlig@example.se", name="Åsa Hemlig")
    asking = make_asking([Whom(address="hemlig@example.se")], mode=Mode.NAMED, node=tree.unit, now=now)
    assert asking.asked.get().address == f"person:{protected.pk}"
    page = maja.get(reverse("surveys:asking", args=[asking.pk]))
    assert "Skyddad adress" in words(page)
    assert "hemlig" not in page.content.decode().lower()
