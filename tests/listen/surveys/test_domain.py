"""The law of questions, branching, wording and results."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.listen.surveys.domain import (
    DONT_KNOW,
    LEAST,
    LONGEST_TEXT,
    TOGETHER,
    BadAnswer,
    BadSet,
    Kind,
    Question,
    Results,
    ShownIf,
    Words,
    check_questions,
    clean_value,
    counted,
    is_open,
    merged,
    read_set,
    reminder_due,
    results_of,
    shown,
    stamp_of,
    words_for,
)

SCALE = Question("heard", Kind.SCALE)
YES_NO = Question("again", Kind.YES_NO)
MANY = Question("hindered", Kind.MANY, options=("fast", "sound"))
WHY = Question("why", Kind.TEXT, has_dont_know=False, shown_if=ShownIf("again", ("no",)))
MORE = Question("more", Kind.ONE, options=("a", "b"), shown_if=ShownIf("hindered", ("fast",)))
QUESTIONS = [SCALE, YES_NO, WHY, MANY, MORE]
NOON = datetime(2027, 3, 12, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


# --- answers and branching --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        (SCALE, "5", "5"),
        (SCALE, DONT_KNOW, DONT_KNOW),
        (SCALE, "", None),
        (WHY, "  ord  ", "ord"),
        (WHY, "   ", None),
        (MANY, ["sound", "fast", "fast"], ["fast", "sound"]),
        (MANY, ["fast", DONT_KNOW], [DONT_KNOW]),
        (MANY, [], None),
    ],
)
def test_an_answer_is_kept_as_the_question_takes_it(question, value, kept):
    assert clean_value(question, value) == kept


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (SCALE, "6"),
        (SCALE, ["5"]),
        (SCALE, 5),
        (YES_NO, "maybe"),
        (WHY, DONT_KNOW + "x" * LONGEST_TEXT),
        (WHY, ["a"]),
        (MANY, "fast"),
        (MANY, ["slow"]),
        (Question("x", Kind.SCALE, has_dont_know=False), DONT_KNOW),
    ],
)
def test_what_the_question_does_not_take_is_refused(question, value):
    with pytest.raises(BadAnswer) as refused:
        clean_value(question, value)
    assert refused.value.args == (question.key,)


def test_a_question_is_shown_after_the_answer_it_waits_for():
    assert [q.key for q in shown(QUESTIONS, {}, "")] == ["heard", "again", "hindered"]
    assert [q.key for q in shown(QUESTIONS, {"again": "no", "hindered": ["sound", "fast"]}, "")] == [
        "heard", "again", "why", "hindered", "more",
    ]  # fmt: skip
    # "I do not know" is no "no".
    assert "why" not in {q.key for q in shown(QUESTIONS, {"again": DONT_KNOW}, "")}


def test_what_follows_on_a_question_that_is_not_shown_is_not_shown_either():
    """Somebody answered all three, and then turned at the first."""
    reason = Question("reason", Kind.ONE, options=("a", "b"), shown_if=ShownIf("again", ("no",)))
    detail = Question("detail", Kind.TEXT, has_dont_know=False, shown_if=ShownIf("reason", ("a",)))
    answers = {"again": "yes", "reason": "a", "detail": "ord"}
    assert [q.key for q in shown([YES_NO, reason, detail], answers, "")] == ["again"]
    assert counted([YES_NO, reason, detail], answers, "") == {"again": "yes"}


def test_answers_behind_a_way_not_taken_do_not_count():
    assert counted(QUESTIONS, {"again": "yes", "why": "för sent", "heard": "2"}, "") == {"again": "yes", "heard": "2"}


@given(st.dictionaries(st.sampled_from(["heard", "again", "why", "hindered", "more"]), st.sampled_from(
    ["1", "yes", "no", DONT_KNOW, "a", "fast"])))  # fmt: skip
def test_what_counts_is_what_was_answered_to_what_is_shown(answers):
    """Counting twice is counting once, in the order of the questions, and no shown answer is lost."""
    counts = counted(QUESTIONS, answers, "")
    assert counted(QUESTIONS, counts, "") == counts
    assert set(counts) == {q.key for q in shown(QUESTIONS, answers, "")} & set(answers)
    assert ("why" in counts) == ("why" in answers and answers.get("again") == "no")


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [SCALE, SCALE],
        [WHY, YES_NO],  # after what comes later
        [SCALE, Question("why", Kind.TEXT, shown_if=ShownIf("heard", ("no",)))],
        [Question("one", Kind.ONE, options=("a",))],
        [Question("one", Kind.SCALE, options=("a", "b"))],
        [Question("one", Kind.ONE, options=("a", DONT_KNOW))],
        [Question("Nej!", Kind.SCALE)],
        [Question("one", Kind.SCALE, sides=("nobody",))],
    ],
)
def test_questions_that_cannot_be_asked_are_refused(questions):
    with pytest.raises(BadSet):
        check_questions(questions, [""])


@given(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2"])),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2", None])),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2", None])),
)
def test_two_windows_never_write_over_each_other_unseen(start, first, second):
    """Both forms were opened over the same answers. Whatever the second writes is its own, or a clash is told."""
    marks = {key: stamp_of(start.get(key)) for key in "abc"}
    after_first, none = merged(start, first, marks)
    after_both, clashes = merged(after_first, second, marks)
    assert none == []
    for key in "abc":
        if key not in second or after_first.get(key) == second[key]:
            assert after_both.get(key) == after_first.get(key)
        elif after_first.get(key) == start.get(key):
            assert after_both.get(key) == second[key]
        else:
            assert key in clashes
            assert after_both.get(key) == after_first.get(key)


# --- words ------------------------------------------------------------------------------------------

WORDINGS = {
    ("", "sv", False): Words("alla", labels={"a": "A", "b": "B"}),
    ("host", "sv", False): Words("ni", "hjälp"),
    ("host", "sv", True): Words("ni, lätt", labels={"a": "lätt A"}),
    ("", "en", False): Words("all"),
}


@pytest.mark.parametrize(
    ("side", "language", "easy", "text"),
    [
        ("host", "sv", False, "ni"),
        ("host", "sv", True, "ni, lätt"),
        ("guest", "sv", True, "alla"),
        ("host", "en", True, "all"),
        ("host", "fi", False, "ni"),
    ],
)
def test_the_nearest_words_are_said(side, language, easy, text):
    assert words_for(WORDINGS, side=side, language=language, easy=easy).text == text


def test_a_label_that_the_nearest_words_lack_comes_from_the_next():
    assert words_for(WORDINGS, side="host", language="sv", easy=True).labels == {"a": "lätt A", "b": "B"}


def test_a_set_without_swedish_or_with_a_nameless_option_is_refused():
    written = {"sides": {"": {}}, "words": [{"language": "sv", "text": "T"}]}
    ask = {"key": "one", "kind": "one", "options": ["a", "b"]}
    for words in ([{"language": "en", "text": "One?"}], [{"language": "sv", "text": "En?", "labels": {"a": "A"}}]):
        with pytest.raises(BadSet):
            read_set("trial", written | {"questions": [ask | {"words": words}]})


# --- results ----------------------------------------------------------------------------------------

ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "heard": st.sampled_from(["1", "3", "5", DONT_KNOW]),
        "again": st.sampled_from(["yes", "no", DONT_KNOW]),
        "hindered": st.lists(st.sampled_from(["fast", "sound"]), min_size=1, unique=True),
        "why": st.just("ord"),
    },
).map(lambda answers: counted(QUESTIONS, answers, ""))
SIDES = st.dictionaries(st.sampled_from(["host", "representative", "relative"]), st.lists(ANSWER, max_size=14))


@given(SIDES, st.integers(LEAST, 8))
def test_nothing_is_shown_of_fewer_than_the_threshold_not_even_by_subtraction(sheets, threshold):
    results = results_of(QUESTIONS, sheets, threshold=threshold)
    shown_of = {group.side: {each.key: each.answered for each in group.questions} for group in results.groups}
    answered = {
        side: {q.key: sum(q.key in sheet for sheet in each) for q in QUESTIONS} for side, each in sheets.items()
    }
    for side, numbers in shown_of.items():
        for key, number in numbers.items():
            whole = sum(each[key] for each in answered.values()) if side == TOGETHER else answered[side][key]
            assert number == whole >= threshold
    together = shown_of.pop(TOGETHER, {})
    for key, number in together.items():
        left = number - sum(numbers.get(key, 0) for numbers in shown_of.values())
        assert left == 0 or left >= threshold
    for group in results.groups:
        left = group.sheets - sum(len(sheets[side]) for side in shown_of)
        assert group.side != TOGETHER or left == 0 or left >= threshold


@given(SIDES, st.randoms())
def test_the_order_of_the_sheets_makes_no_difference(sheets, chance):
    before = results_of(QUESTIONS, sheets)
    for each in sheets.values():
        chance.shuffle(each)
    assert results_of(QUESTIONS, sheets) == before
    assert Results.from_json(before.as_json()) == before


def test_who_does_not_know_is_counted_apart_and_is_in_no_mean():
    sheets = [{"heard": "5"}] * 4 + [{"heard": "2"}] + [{"heard": DONT_KNOW}] * 2
    (group,) = results_of([SCALE], {"": sheets}).groups
    (heard,) = group.questions
    assert (heard.answered, heard.known, heard.dont_know, heard.mean) == (7, 5, 2, 44)
    assert heard.counts == (("1", 0), ("2", 1), ("3", 0), ("4", 0), ("5", 4))


def test_a_mean_of_few_who_know_is_not_made():
    sheets = [{"heard": "5"}] * 4 + [{"heard": DONT_KNOW}]
    assert results_of([SCALE], {"": sheets}).groups[0].questions[0].mean is None


def test_five_are_shown_and_four_are_not():
    shown_side = results_of([YES_NO], {"": [{"again": "yes"}] * 5})
    assert [(group.side, group.sheets) for group in shown_side.groups] == [("", 5)]
    hidden = results_of([YES_NO], {"": [{"again": "yes"}] * 4})
    assert (hidden.groups, hidden.hidden) == ((), ("",))


def test_all_together_is_not_shown_where_it_would_tell_of_a_small_side():
    """Ten on one side and three on the other: thirteen together would tell of the three."""
    small = results_of([YES_NO], {"host": [{"again": "no"}] * 3, "representative": [{"again": "yes"}] * 10})
    assert ([group.side for group in small.groups], small.hidden) == (["representative"], ("host",))
    both_small = results_of([YES_NO], {"host": [{"again": "no"}] * 3, "representative": [{"again": "yes"}] * 4})
    assert [(group.side, group.sheets) for group in both_small.groups] == [(TOGETHER, 7)]


def test_only_what_all_are_asked_alike_is_counted_together():
    sheets = {side: [{"again": "yes", "heard": "3"}] * 5 for side in ("host", "representative")}
    results = results_of([SCALE, YES_NO], sheets, alike={"again"})
    assert [each.key for each in results.groups[-1].questions] == ["again"]
    assert TOGETHER not in [group.side for group in results_of([SCALE, YES_NO], sheets, alike=set()).groups]


# --- rounds -----------------------------------------------------------------------------------------


def test_a_round_is_open_from_its_first_moment_until_it_closes():
    hour = timedelta(hours=1)
    times = {"opens_at": NOON, "closes_at": NOON + hour, "closed_at": None}
    assert [is_open(**times, now=NOON + each) for each in (-hour, timedelta(0), hour - timedelta(seconds=1), hour)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not is_open(opens_at=NOON, closes_at=None, closed_at=NOON, now=NOON)


@given(st.integers(0, 4), st.integers(0, 40))
def test_a_reminder_comes_days_after_the_last_mail_and_a_few_times_at_most(sent, days):
    due = reminder_due(
        asked_at=NOON - timedelta(days=100),
        reminded_at=NOON if sent else None,
        sent=sent,
        most=2,
        after=timedelta(days=7),
        now=NOON + timedelta(days=days),
    )
    assert due == (sent < 2 and (sent == 0 or days >= 7))
