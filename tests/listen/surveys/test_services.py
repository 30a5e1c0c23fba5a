"""Ask, answer, remind, close and tell: once, whoever presses how often."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, Event, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.listen.surveys.domain import (
    DONT_KNOW,
    AnsweredAlready,
    BadAnswer,
    BadSet,
    ChangedMeanwhile,
    Mode,
    NotClosed,
    NothingAnswered,
    NotOpen,
    TooMany,
    Whom,
    Words,
    stamp_of,
)
from samskapa.listen.surveys.models import (
    AnonymousDraft,
    Asked,
    AskedLink,
    Asking,
    PaperTyped,
    Question,
    SetVersion,
    Urn,
    Wording,
)
from samskapa.listen.surveys.queries import answers_of, answers_so_far, own_words, results_shown, shipped, spec_of
from samskapa.listen.surveys.services import (
    ask,
    ask_more,
    close,
    close_if_due,
    hand_in,
    invite_all,
    links,
    make_set,
    remind_due,
    remind_now,
    save_answers,
    send_results,
    tell_results,
    type_in_paper,
)
from samskapa.listen.surveys.services import asking as asking_module
from samskapa.listen.surveys.services.links import new_link
from tests.factories.organisations import NOW, make_node
from tests.factories.people import make_person
from tests.factories.surveys import answer_all, make_asking, person_asked, token_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


# --- sets -------------------------------------------------------------------------------------------


def test_a_set_is_kept_once_and_a_new_word_makes_a_new_version_of_it_and_of_that_question_alone():
    spec = shipped("closing")
    first = make_set(spec, by=SYSTEM, now=NOW)
    assert make_set(spec, by=SYSTEM, now=NOW) == first
    heard = next(each for each in spec.questions if each.question.key == "heard")
    new = replace(heard, wordings={**heard.wordings, ("host", "sv", False): Words("Hörde ni?")})
    second = make_set(
        replace(spec, questions=tuple(new if each is heard else each for each in spec.questions)), by=SYSTEM, now=NOW
    )
    assert (first.number, second.number) == (1, 2)
    numbers = dict(Question.objects.filter(set_version=second).values_list("key", "number"))
    assert {key for key, number in numbers.items() if number == 2} == {"heard"}
    assert spec_of(first) == spec
    third = make_set(spec, by=SYSTEM, now=NOW)  # back to the old words: a version of its own, never the old one again
    assert (third.number, dict(Question.objects.filter(set_version=third).values_list("key", "number"))["heard"]) == (
        3, 3,
    )  # fmt: skip


@pytest.mark.parametrize("model", [SetVersion, Question, Wording])
def test_the_database_refuses_to_change_what_has_been_written(model):
    make_set(shipped("pulse"), by=SYSTEM, now=NOW)
    column = {SetVersion: "digest", Question: "key", Wording: "text"}[model]
    for change in (lambda: model.objects.update(**{column: "x"}), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("key", ["closing", "pulse"])
def test_the_sets_that_come_with_the_service_say_everything_in_both_languages(key):
    spec = shipped(key)
    for wordings in (spec.wordings, *(each.wordings for each in spec.questions)):
        for side in spec.sides:
            for language in ("sv", "en"):
                assert {(side, language, False), ("", language, False)} & set(wordings), (key, side, language)
    assert all({"sv", "en"} == set(names) for names in spec.sides.values())


def test_the_closing_questions_are_in_easy_read_for_both_sides():
    spec = shipped("closing")
    for wordings in (spec.wordings, *(each.wordings for each in spec.questions)):
        for side in ("host", "representative"):
            assert {(side, "sv", True), ("", "sv", True)} & set(wordings)
    assert [each.question.key for each in spec.questions] == [
        "influence", "heard", "clear", "material", "material_why", "again", "words",
    ]  # fmt: skip


# --- who is asked -----------------------------------------------------------------------------------


def test_the_same_round_is_begun_once_and_nobody_is_asked_twice():
    anna = make_person("Anna", email="anna@example.se")
    people = [Whom(address="Anna@example.se"), person_asked(anna), Whom(address="bo@example.se")]
    asking = make_asking(people, key="once")
    again = make_asking([*people, Whom(address="BO@example.se "), Whom(address="cia@example.se")], key="once")
    assert again == asking
    rows = asking.asked.order_by("pk").values_list("person_id", "address")
    assert list(rows) == [(anna.pk, ""), (None, "bo@example.se"), (None, "cia@example.se")]
    assert actions().count("surveys.begun") == 1


def test_a_side_that_the_set_lacks_and_too_many_are_refused_and_leave_nothing(monkeypatch):
    with pytest.raises(BadSet):
        make_asking([Whom(address="a@example.se", side="neighbour")], set_key="closing")
    monkeypatch.setattr("samskapa.listen.surveys.services.asking.MOST_ASKED", 2)
    with pytest.raises(TooMany):
        make_asking(3)
    with pytest.raises(ValueError, match="fewer than 5"):
        make_asking(1, threshold=4)
    assert (Asking.objects.count(), Asked.objects.count()) == (0, 0)


def test_the_database_itself_refuses_a_threshold_under_five():
    asking = make_asking()
    with pytest.raises(DatabaseError), transaction.atomic():
        Asking.objects.filter(pk=asking.pk).update(threshold=4)


def test_a_round_that_would_close_before_it_opens_is_refused_by_the_database():
    with pytest.raises(DatabaseError), transaction.atomic():
        make_asking(1, days=-1)
    assert not Asking.objects.exists()


def test_each_gets_one_mail_with_a_link_that_is_stored_nowhere_once_it_has_left():
    asking = make_asking(2)
    drain(NOW)
    drain(NOW + DAY)
    mails = OutboxMail.objects.filter(kind="surveys/asked")
    assert sorted(mails.values_list("address", flat=True)) == sorted(asking.asked.values_list("address", flat=True))
    assert {(mail.state, json.dumps(mail.params)) for mail in mails} == {("sent", "{}")}
    assert AskedLink.objects.count() == 2
    assert invite_all(asking.pk, now=NOW) == 0


def test_a_round_that_another_page_asks_sends_no_mail_and_no_reminder():
    asking = make_asking(1, by_mail=False)
    drain(NOW)
    assert remind_due(asking, now=NOW + 8 * DAY) == 0
    assert not OutboxMail.objects.exists()


# --- answering by name ------------------------------------------------------------------------------


def named(people: int = 1, **fields) -> Asking:
    return make_asking(people, set_key="closing", side="representative", mode=Mode.NAMED, **fields)


def test_answers_by_name_are_kept_as_one_goes_and_can_be_changed_until_the_round_closes():
    asking = named()
    asked = asking.asked.get()
    save_answers(asked, {"heard": "2"}, by=SYSTEM, now=NOW)
    save_answers(asked, {"again": "no", "words": " Bra "}, by=SYSTEM, now=NOW)
    assert answers_so_far(asked) == {"heard": "2", "again": "no", "words": "Bra"}
    assert answers_of(asking) == []
    hand_in(asked, by=SYSTEM, now=NOW)
    save_answers(asked, {"heard": "4", "again": None}, by=SYSTEM, now=NOW + DAY)
    (given_answers,) = answers_of(asking, "representative")
    assert given_answers.answers == {"heard": "4", "words": "Bra"}
    assert given_answers.submitted_at == NOW
    assert answers_of(asking, "host") == []
    close(asking, by=SYSTEM, now=NOW + DAY)
    for late in (
        lambda: save_answers(asked, {"heard": "1"}, by=SYSTEM, now=NOW),
        lambda: hand_in(asked, by=SYSTEM, now=NOW),
    ):
        with pytest.raises(NotOpen):
            late()


def test_handing_in_twice_is_once_and_tells_once():
    asking = named()
    asked = asking.asked.get()
    for _press in range(2):
        hand_in(asked, {"heard": "5"}, by=SYSTEM, now=NOW)
    assert actions().count("surveys.answered") == 1
    assert Event.objects.filter(name="surveys.answered").count() == 1


def test_a_sheet_without_answers_is_not_handed_in_and_neither_is_one_with_answers_behind_a_way_not_taken():
    for mode in Mode:
        asking = make_asking(1, set_key="closing", side="host", mode=mode)
        for empty in ({}, {"material_why": "för sent"}, {"heard": None}):
            with pytest.raises(NothingAnswered):
                hand_in(asking.asked.get(), empty, by=SYSTEM, now=NOW)
        assert not asking.asked.get().has_answered


def test_a_question_of_no_set_or_an_answer_of_no_question_is_refused():
    asked = named().asked.get()
    for wrong in ({"shoe_size": "5"}, {"heard": "6"}, {"words": "x" * 2001}):
        with pytest.raises(BadAnswer):
            save_answers(asked, wrong, by=SYSTEM, now=NOW)


def test_another_answer_in_another_window_is_not_written_over():
    asked = named().asked.get()
    opened = {key: stamp_of(None) for key in ("words", "heard")}
    save_answers(asked, {"words": "från mobilen"}, based_on=opened, by=SYSTEM, now=NOW)
    save_answers(asked, {"heard": "3"}, based_on=opened, by=SYSTEM, now=NOW)  # another question: nobody is in the way
    with pytest.raises(ChangedMeanwhile) as clash:
        save_answers(asked, {"words": "från datorn"}, based_on=opened, by=SYSTEM, now=NOW)
    assert (clash.value.keys, clash.value.theirs["words"]) == (["words"], "från mobilen")
    save_answers(asked, {"words": "från mobilen"}, based_on=opened, by=SYSTEM, now=NOW)  # the same words again
    assert answers_so_far(asked) == {"words": "från mobilen", "heard": "3"}


# --- paper ------------------------------------------------------------------------------------------


def test_a_sheet_on_paper_is_typed_in_once_and_counted_like_any_other():
    asking = make_asking(1)
    key = uuid4()
    assert type_in_paper(asking, {"said": "2"}, side="", key=key, by=SYSTEM, now=NOW)
    assert not type_in_paper(asking, {"said": "2"}, side="", key=key, by=SYSTEM, now=NOW)
    asking.refresh_from_db()
    assert (asking.papers, Urn.objects.get().sheets, PaperTyped.objects.count()) == (1, [{"said": "2"}], 1)
    with pytest.raises(NothingAnswered):
        type_in_paper(asking, {"said": None}, side="", key=uuid4(), by=SYSTEM, now=NOW)
    assert PaperTyped.objects.count() == 1


def test_a_sheet_on_paper_by_name_says_that_it_came_on_paper_and_whose_it_is():
    asking = named(2)
    asked = asking.asked.order_by("pk")[0]
    type_in_paper(asking, {"heard": "2"}, side="representative", asked=asked, key=uuid4(), by=SYSTEM, now=NOW)
    (given_answers,) = answers_of(asking)
    assert (given_answers.asked, given_answers.is_paper) == (asked, True)
    with pytest.raises(AnsweredAlready):
        type_in_paper(asking, {"heard": "5"}, side="representative", asked=asked, key=uuid4(), by=SYSTEM, now=NOW)
    with pytest.raises(BadSet):
        type_in_paper(asking, {"heard": "5"}, side="host", asked=asked, key=uuid4(), by=SYSTEM, now=NOW)


# --- reminding --------------------------------------------------------------------------------------


def test_only_those_who_have_not_answered_are_reminded_twice_at_most():
    asking = make_asking(3, days=60)
    first = asking.asked.order_by("pk")[0]
    hand_in(first, {"said": "3"}, by=SYSTEM, now=NOW)
    sent = [remind_due(asking, now=NOW + days * DAY) for days in (6, 7, 7, 13, 14, 30)]
    assert sent == [0, 2, 0, 0, 2, 0]
    reminded = set(OutboxMail.objects.filter(kind="surveys/reminder").values_list("address", flat=True))
    assert reminded == set(asking.asked.exclude(pk=first.pk).values_list("address", flat=True))


def test_reminding_by_hand_twice_is_once_and_counts_among_the_two():
    asking = make_asking(2, days=60)
    assert [remind_now(asking, by=SYSTEM, now=NOW + each) for each in (DAY, DAY, 2 * DAY, 3 * DAY)] == [2, 0, 2, 0]


def test_nobody_is_reminded_after_the_last_day():
    asking = make_asking(1, days=7)
    assert remind_due(asking, now=NOW + 8 * DAY) == 0
    assert remind_now(asking, by=SYSTEM, now=NOW + 8 * DAY) == 0


class Killed(BaseException):
    """As when the process is gone."""


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("what", ["asked", "reminder", "results"])
def test_a_job_that_is_killed_halfway_forgets_nobody_and_doubles_nobody(monkeypatch, after, what):
    """It dies while it writes to one of three; what had been committed stands, and the next run does the rest."""
    asking = make_asking(3, days=30)
    work = {
        "asked": lambda: invite_all(asking.pk, now=NOW),
        "reminder": lambda: remind_due(asking, now=NOW + 7 * DAY),
        "results": lambda: send_results(asking.pk, now=NOW),
    }[what]
    made = []

    def link_and_die(asked, *, now):
        made.append(asked.pk)
        if len(made) == after + 1:
            raise Killed
        return links.new_link(asked, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(asking_module, "new_link", link_and_die)
        with pytest.raises(Killed):
            work()
    assert OutboxMail.objects.filter(kind=f"surveys/{what}").count() == after
    work()
    assert work() == 0
    mails = OutboxMail.objects.filter(kind=f"surveys/{what}")
    assert sorted(mails.values_list("address", flat=True)) == sorted(asking.asked.values_list("address", flat=True))
    assert AskedLink.objects.count() == 3


# --- closing and telling ----------------------------------------------------------------------------


def test_closing_makes_the_results_once_and_nothing_is_shown_before():
    asking = make_asking(6)
    answer_all(asking, [{"said": "4", "followed": "no", "hindered": ["fast"], "next_time": "Paus"}] * 5)
    assert (results_shown(asking), own_words(asking)) == (None, {})
    unfinished = asking.asked.get(has_answered=False)
    save_answers(unfinished, {"said": "1"}, token=token_of(unfinished), by=SYSTEM, now=NOW)
    closed = close(asking, by=SYSTEM, now=NOW)
    assert close(asking, by=SYSTEM, now=NOW + DAY).closed_at == NOW
    (group,) = results_shown(closed).groups
    assert (group.sheets, group.questions[0].mean) == (5, 40)
    assert own_words(closed) == {("", "next_time"): ["Paus"] * 5}
    assert not AnonymousDraft.objects.exists()
    assert actions().count("surveys.closed") == 1


def test_a_round_closes_by_itself_when_its_time_is_out_and_not_before():
    asking = make_asking(1, days=14)
    assert [close_if_due(asking.pk, now=NOW + each * DAY) for each in (13, 14, 15)] == [False, True, False]
    endless = make_asking(1, days=None)
    assert not close_if_due(endless.pk, now=NOW + 1000 * DAY)


def test_results_are_told_once_to_everybody_who_was_asked_after_the_round_is_closed():
    asking = make_asking(2)
    answer_all(asking, [{"said": "5"}])
    with pytest.raises(NotClosed):
        tell_results(asking, words="Tack", by=SYSTEM, now=NOW)
    close(asking, by=SYSTEM, now=NOW)
    tell_results(asking, words=" Tack ", by=SYSTEM, now=NOW)
    again = tell_results(asking, words="Något annat", by=SYSTEM, now=NOW + DAY)
    assert (again.told_words, again.told_at) == ("Tack", NOW)
    drain(NOW)
    drain(NOW)
    mails = OutboxMail.objects.filter(kind="surveys/results")
    assert sorted(mails.values_list("address", flat=True)) == sorted(asking.asked.values_list("address", flat=True))


def test_more_can_be_asked_until_the_round_is_closed():
    asking = make_asking(1)
    assert ask_more(asking, [Whom(address="ny@example.se")], by=SYSTEM, now=NOW) == 1
    assert ask_more(asking, [Whom(address="ny@example.se")], by=SYSTEM, now=NOW) == 0
    close(asking, by=SYSTEM, now=NOW)
    with pytest.raises(NotOpen):
        ask_more(asking, [Whom(address="annan@example.se")], by=SYSTEM, now=NOW)


def test_new_link_leads_to_the_sheet_and_all_links_of_one_work():
    asked = make_asking(1).asked.get()
    paths = {new_link(asked, now=NOW) for _ in range(3)}
    assert len(paths) == 3
    assert all(re.fullmatch(r"/fraga/[\w-]{43}/", path) for path in paths)


def test_a_round_begun_by_another_app_is_found_by_its_thing():
    node = make_node()
    version = make_set(shipped("closing"), by=SYSTEM, now=NOW)
    asking = ask(
        version,
        [Whom(person_id=make_person().pk, side="host")],
        key="assignments.closing:1",
        thing="assignments.assignment:1",
        title="Kallelsen",
        node=node,
        mode=Mode.NAMED,
        by_mail=False,
        by=SYSTEM,
        now=NOW,
    )
    hand_in(asking.asked.get(), {"heard": DONT_KNOW}, by=SYSTEM, now=NOW)
    assert [each.answers for each in answers_of(asking, "host")] == [{"heard": DONT_KNOW}]
