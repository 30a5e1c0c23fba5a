"""When a need is clear enough to publish: the law alone, without a database."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import PARTS, Answers, Door, Influence, Pay, Severity, Source, State
from samskapa.cocreate.assignments.domain.moving import AnswersTooEarly, ClosesTooEarly, publishing_days
from samskapa.cocreate.assignments.domain.parts import (
    BY_KEY,
    IMPORTANT,
    UnknownPart,
    as_json,
    complete,
    from_json,
    is_blank,
    may_be_changed,
    next_key,
    question,
)
from samskapa.cocreate.assignments.domain.readiness import check, says_nothing, unexplained, vague_phrase
from samskapa.cocreate.assignments.domain.words import NEXT

TODAY = date(2026, 11, 23)
GOOD = {
    "title": "Vad ska stå i kallelsen?",
    "why": "Fyra av tio ringer om sådant som redan står i kallelsen.",
    "expected": "Läsa tre förslag och säga vad som är oklart i dem.",
    "phase": "idea",
    "contribution": "improvement_team",
    "influence": Influence.DIALOGUE.value,
    "influence_how": "Vi ändrar texten efter samtalen.",
    "sources_present": [source.value for source in Source],
    "harm": "De som inte läser svenska kan få det svårare.",
    "harm_action": "Vi prövar texten med tre av dem.",
    "people_wanted": 3,
    "experience": "Du har fått kallelsen de senaste två åren.",
    "occasions": 3,
    "minutes_each": 90,
    "reading_minutes": 60,
    "when_text": "Tre tisdagar i januari",
    "starts_on": TODAY + timedelta(days=60),
    "form": "digital",
    "access": "Textning och paus varje halvtimme",
    "pay": Pay.FEE.value,
    "pay_each_ore": 53300,
    "budget_yes": True,
    "budget_holder": "Verksamhetschefen",
    "contact_name": "Ulla Exempel",
    "contact_phone": "000-00 00 00",
    "contact_hours": "vardagar 9-12",
    "result_use": "Den nya kallelsen börjar användas i mars.",
    "told_back_on": TODAY + timedelta(days=200),
}
B, A = Severity.BLOCKING, Severity.ADVICE


def found(*, together=None, has_unit=True, **changes):
    readiness = check(Answers(GOOD | changes, together or {}, has_unit=has_unit), TODAY)
    return {(f.part, f.code, f.severity) for f in readiness.findings}


def test_a_full_need_has_nothing_to_mend_and_nothing_to_think_of():
    readiness = check(Answers(GOOD), TODAY)
    assert readiness.findings == ()
    assert (readiness.answered, readiness.important, readiness.is_ready) == (9, 9, True)


def test_an_empty_need_lacks_exactly_what_the_issue_demands():
    readiness = check(Answers({}), TODAY)
    assert [f.part for f in readiness.blocking] == [
        "title",
        "why",
        "expected",
        "influence",
        "harm",
        "time",
        "pay",
        "budget",
        "contact",
    ]
    assert {f.code for f in readiness.blocking} == {"missing"}
    assert (readiness.answered, readiness.important) == (0, 9)


def test_seven_of_nine_when_pay_and_contact_are_missing():
    readiness = check(Answers(GOOD | {"pay": "", "contact_name": ""}), TODAY)
    assert (readiness.answered, readiness.important) == (7, 9)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, ("title", "missing", B)),
        ({"title": "SVF"}, ("title", "says_nothing", B)),
        ({"title": "Kallelsen"}, ("title", "short", A)),
        ({"why": ""}, ("why", "missing", B)),
        ({"why": "-"}, ("why", "says_nothing", B)),
        ({"why": "Vid behov."}, ("why", "says_nothing", B)),
        ({"why": "NPO, SVF"}, ("why", "says_nothing", B)),
        ({"why": "Vi behöver er hjälp"}, ("why", "short", A)),
        ({"why": "Vi vill ha hjälp löpande med diverse saker hos oss"}, ("why", "vague", A)),
        ({"why": "Vi vet inte hur SVF upplevs av den som väntar"}, ("why", "abbreviation", A)),
        ({"expected": ""}, ("expected", "missing", B)),
        ({"expected": "Diverse"}, ("expected", "says_nothing", B)),
        ({"influence": ""}, ("influence", "missing", B)),
        ({"influence": "information"}, ("influence", "information_only", B)),
        ({"influence": "information", "influence_reason": "-"}, ("influence", "information_only", B)),
        ({"influence_how": ""}, ("influence", "how_missing", A)),
        ({"phase": ""}, ("phase", "missing", A)),
        ({"contribution": ""}, ("contribution", "missing", A)),
        ({"contribution": "research"}, ("conflict", "perhaps", A)),
        ({"sources_present": []}, ("sources", "missing", A)),
        ({"sources_present": ["system", "profession"]}, ("sources", "patient_missing", A)),
        ({"sources_present": ["patient"]}, ("sources", "others_missing", A)),
        ({"harm": ""}, ("harm", "missing", B)),
        ({"harm": "Ingen."}, ("harm", "nobody", A)),
        ({"harm": "vet ej"}, ("harm", "says_nothing", B)),
        ({"harm_action": ""}, ("harm", "action_missing", A)),
        ({"people_wanted": None}, ("people", "missing", A)),
        ({"people_wanted": 1}, ("people", "alone", A)),
        ({"experience": ""}, ("experience", "missing", A)),
        ({"occasions": None}, ("time", "occasions_missing", B)),
        ({"minutes_each": None}, ("time", "minutes_missing", B)),
        ({"occasions": None, "minutes_each": None}, ("time", "missing", B)),
        ({"reading_minutes": None}, ("time", "reading_missing", A)),
        ({"starts_on": TODAY - timedelta(days=1)}, ("time", "start_past", B)),
        ({"starts_on": None, "when_text": ""}, ("time", "when_missing", A)),
        ({"when_text": "löpande"}, ("time", "vague", A)),
        ({"form": ""}, ("place", "missing", A)),
        ({"form": "place"}, ("place", "where_missing", A)),
        ({"access": ""}, ("access", "missing", A)),
        ({"pay": ""}, ("pay", "missing", B)),
        ({"pay_each_ore": None}, ("pay", "amount_missing", B)),
        ({"pay_each_ore": None, "pay_note": "Enligt regionens riktlinje"}, ("pay", "amount_in_words", A)),
        ({"pay": "none"}, ("pay", "none_without_reason", B)),
        ({"pay": "none", "pay_note": "Det är en öppen kväll för alla"}, ("pay", "none", A)),
        ({"budget_yes": False}, ("budget", "missing", B)),
        ({"budget_holder": ""}, ("budget", "holder_missing", B)),
        ({"contact_name": ""}, ("contact", "missing", B)),
        ({"contact_phone": "", "contact_email": ""}, ("contact", "unreachable", B)),
        ({"contact_hours": ""}, ("contact", "hours_missing", A)),
        ({"questions": [{"text": str(n), "is_required": False} for n in range(6)]}, ("questions", "many", A)),
        ({"is_standing": True}, ("standing", "term_missing", B)),
        ({"is_standing": True, "term_months": 24}, ("standing", "hand_over_missing", A)),
        ({"result_use": ""}, ("result", "missing", A)),
        ({"told_back_on": None}, ("result", "told_back_missing", A)),
        ({"told_back_on": TODAY - timedelta(days=1)}, ("result", "told_back_past", B)),
        ({"told_back_on": TODAY + timedelta(days=10)}, ("result", "told_back_early", B)),
        ({"has_unit": False}, ("unit", "no_unit", B)),
    ],
)
def test_each_gap_is_named_by_part_and_code(changes, expected):
    assert expected in found(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"influence": "information", "influence_reason": "Vi vill att ni är med och lyssnar in frågorna."},
        {"sources_present": ["system"], "sources_note": "Patienternas kommer in genom uppdraget."},
        {"reading_minutes": 0},
        {"starts_on": None},
        {"starts_on": TODAY},
        {"pay": "expenses", "pay_each_ore": None},
        {"contact_phone": "", "contact_email": "ulla@example.se", "contact_hours": ""},
        {"why": "Vi vet inte hur standardiserade vårdförlopp (SVF) upplevs av den som väntar"},
    ],
)
def test_good_answers_of_other_kinds_are_left_in_peace(changes):
    assert found(**changes) == set()


@pytest.mark.parametrize("key", [q.key for q in PARTS if q.may_be_together])
def test_decided_together_is_a_full_answer(key):
    empty = {column: None if column.endswith(("_on", "_ore")) else "" for column in question(key).columns}
    blocking = {f for f in found(together={key: TODAY + timedelta(days=20)}, **empty) if f[2] == B}
    assert blocking == set()


@pytest.mark.parametrize("key", ["title", "budget", "contact"])
def test_some_answers_cannot_wait(key):
    assert not BY_KEY[key].may_be_together


def test_deciding_together_must_be_before_the_start_and_not_past():
    assert ("pay", "together_late", B) in found(together={"pay": GOOD["starts_on"] + timedelta(days=1)})
    assert ("pay", "together_past", B) in found(together={"pay": TODAY - timedelta(days=1)})
    assert found(together={"pay": GOOD["starts_on"]}) == set()


def test_a_start_that_is_itself_decided_together_is_no_limit():
    days = {"time": TODAY + timedelta(days=90), "pay": TODAY + timedelta(days=90)}
    assert found(together=days) == set()


WORDS = st.lists(st.text(string.ascii_lowercase + "åäö", min_size=3, max_size=9), min_size=8, max_size=30).map(" ".join)


@given(
    texts=st.fixed_dictionaries(dict.fromkeys(("why", "expected", "harm", "pay_note", "influence_reason"), WORDS)),
    together=st.sets(st.sampled_from([key for key in IMPORTANT if BY_KEY[key].may_be_together])),
    level=st.sampled_from(list(Influence)),
    pay=st.sampled_from(list(Pay)),
    occasions=st.integers(1, 300),
    minutes=st.integers(5, 1440),
    days=st.integers(0, 60),
)
def test_nothing_blocks_when_every_important_question_is_answered_or_together(
    texts, together, level, pay, occasions, minutes, days
):
    answers = GOOD | texts | {"influence": level, "pay": pay, "occasions": occasions, "minutes_each": minutes}
    by = {key: TODAY + timedelta(days=days) for key in together}
    readiness = check(Answers(answers, by), TODAY)
    assert readiness.blocking == ()
    assert readiness.answered == readiness.important == 9


@given(
    st.dictionaries(st.sampled_from([c for q in PARTS for c in q.columns if c in GOOD]), st.none()),
)
def test_missing_columns_never_break_the_check(without):
    answers = {name: value for name, value in GOOD.items() if name not in without}
    readiness = check(Answers(answers), TODAY)
    assert 0 <= readiness.answered <= readiness.important


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_looked_through(text):
    check(Answers(GOOD | {"why": text, "when_text": text, "title": text, "harm": text}), TODAY)


def test_what_says_nothing_and_what_is_only_short():
    assert [says_nothing(t) for t in ("?", "XX", "vid behov", "se bilaga.", "SVF", "N/A", "")] == [True] * 7
    assert [says_nothing(t) for t in ("väntrummet", "kallelsen behöver ses över")] == [False] * 2


def test_vague_phrases_are_whole_words():
    assert vague_phrase("Vi träffas löpande") == "löpande"
    assert vague_phrase("Etcetera är latin") == ""


def test_abbreviations_explained_in_brackets_or_known_by_all_are_fine():
    assert unexplained("SVF och AI och IT") == ["SVF"]
    assert unexplained("nationella programområden (NPO), där NPO möts") == []


# --- parts ---------------------------------------------------------------------------------------


def test_values_survive_being_kept_as_json():
    values = complete("time", {"occasions": 3, "starts_on": date(2027, 1, 5), "when_text": " i vår "})
    assert values["when_text"] == "i vår"
    assert from_json(as_json(values)) == values
    assert as_json(values)["starts_on"] == "2027-01-05"


def test_blank_is_blank_and_unknown_is_refused():
    assert is_blank("time", {})
    assert is_blank("why", {"why": "  \n "})
    assert not is_blank("budget", {"budget_yes": True})
    with pytest.raises(UnknownPart):
        question("nonsense")
    with pytest.raises(TypeError):
        complete("why", {"state": "open"})


def test_no_column_belongs_to_two_questions():
    columns = [column for q in PARTS for column in q.columns]
    assert len(columns) == len(set(columns))


def test_the_next_question_skips_those_not_among():
    assert next_key("title") == "why"
    assert next_key("place", ["place", "contact"]) == "contact"
    assert next_key(PARTS[-1].key) is None


@pytest.mark.parametrize("state", list(State))
def test_what_may_be_changed_in_each_state(state):
    host = {q.key for q in PARTS if may_be_changed(q.key, state)}
    coordinator = {q.key for q in PARTS if may_be_changed(q.key, state, is_coordinator=True)}
    every, late = {q.key for q in PARTS}, {"place", "access", "contact"}
    assert (host, coordinator) == {
        State.NEED: (every, every),
        State.SENT: (set(), every),
        State.OPEN: (late, late),
        State.CHOOSING: (late, late),
        # A contact person who quits has a successor.
        State.AGREEING: ({"contact"}, {"contact"}),
        State.AGREED: ({"contact"}, {"contact"}),
    }.get(state, (set(), set()))


def test_every_state_has_a_way_on_but_the_last():
    assert {state for state, following in NEXT.items() if not following} == {State.DONE, State.CANCELLED}
    assert set(NEXT) == set(State)
    assert Door("phone") is Door.PHONE


# --- days ----------------------------------------------------------------------------------------


def day(n):
    return TODAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, (14, 28)),
        ({"starts_on": day(60)}, (14, 28)),
        ({"starts_on": day(20)}, (14, 20)),
        ({"starts_on": day(10)}, (9, 10)),
        ({"starts_on": day(0)}, (14, 14)),
        ({"closes_on": day(5)}, (5, 19)),
        ({"closes_on": day(0), "answer_by": day(0)}, (0, 0)),
        ({"closes_on": day(5), "answer_by": day(7), "starts_on": day(7)}, (5, 7)),
    ],
)
def test_days_of_publishing(asked, days):
    assert publishing_days(today=TODAY, **asked) == (day(days[0]), day(days[1]))


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"closes_on": day(-1)}, ClosesTooEarly),
        ({"closes_on": day(400)}, ClosesTooEarly),
        ({"closes_on": day(8), "starts_on": day(7)}, ClosesTooEarly),
        ({"closes_on": day(5), "answer_by": day(4)}, AnswersTooEarly),
        ({"answer_by": day(20), "starts_on": day(18)}, AnswersTooEarly),
        ({"answer_by": day(999)}, AnswersTooEarly),
    ],
)
def test_days_that_cannot_be(asked, refusal):
    with pytest.raises(refusal):
        publishing_days(today=TODAY, **asked)
