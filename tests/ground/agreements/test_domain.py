"""The law, example by example. What holds whatever the parties do is in test_law.py."""

from datetime import UTC, datetime, timedelta

import pytest

from samskapa.ground.agreements.domain import (
    MAX_TEXT,
    AlreadyConfirmed,
    Change,
    ChangedMeanwhile,
    EmptyText,
    Line,
    NotBound,
    Outcome,
    ReasonMissing,
    Revision,
    Segment,
    Statement,
    Status,
    TakenBack,
    TooLong,
    Verdict,
    content,
    difference,
    must_record,
    plain,
    standing,
    version_to_fix,
)

ANNA, CLINIC, HOME = 1, 2, 3
YES, NO, OPEN = Verdict.CONFIRMED, Verdict.NOT_AGREED, Verdict.LEFT_OPEN
START = datetime(2026, 11, 30, 9, tzinfo=UTC)


def at(minutes):
    return START + timedelta(minutes=minutes)


def written(pk, by, minute=0, *, removed=False):
    return Revision(id=pk, number=pk, by=by, at=at(minute), removed=removed)


def says(party, verdict, revision=1, minute=1, *, here=True, reason=""):
    return Statement(revision=revision, party=party, verdict=verdict, at=at(minute), here=here, reason=reason)


def line(revisions, statements, binds=(ANNA, CLINIC)):
    return standing(Line(id=7, binds=frozenset(binds), revisions=tuple(revisions), statements=tuple(statements)))


FIRST = written(1, CLINIC)
AGREED = [says(CLINIC, YES, 1, 0), says(ANNA, YES, 1, 1)]


def test_a_line_that_one_has_written_waits_for_the_other():
    found = line([FIRST], [says(CLINIC, YES, 1, 0)])
    assert (found.status, found.applying, found.owes) == (Status.WAITING, None, {ANNA: at(0)})


def test_a_line_that_both_have_confirmed_applies_at_once():
    found = line([FIRST], AGREED)
    assert (found.status, found.applying, found.owes, found.settled_at) == (Status.AGREED, FIRST, {}, at(1))


def test_a_draft_that_nobody_has_confirmed_waits_for_everybody():
    found = line([written(1, None)], [])
    assert (found.status, found.owes) == (Status.WAITING, {ANNA: at(0), CLINIC: at(0)})


def test_a_line_without_parties_never_applies():
    assert line([FIRST], AGREED, binds=()).status is Status.WAITING


def test_a_confirmed_text_goes_on_applying_while_a_change_is_proposed():
    second = written(2, ANNA, 5)
    found = line([FIRST, second], [*AGREED, says(ANNA, YES, 2, 5)])
    assert (found.status, found.applying, found.proposed) == (Status.WAITING, FIRST, second)
    assert found.owes == {CLINIC: at(5)}


def test_a_no_gives_the_turn_to_who_stands_behind_the_text():
    found = line([FIRST], [says(CLINIC, YES, 1, 0), says(ANNA, NO, 1, 3, reason="I want it in June")])
    assert (found.status, found.owes) == (Status.NOT_AGREED, {CLINIC: at(3)})
    assert found.objection == says(ANNA, NO, 1, 3, reason="I want it in June")


def test_the_last_reason_is_the_one_that_is_shown():
    said = [
        says(CLINIC, YES, 1, 0),
        says(ANNA, NO, 1, 3, reason="first"),
        says(ANNA, NO, 1, 4, reason="second"),
    ]
    assert line([FIRST], said).objection.reason == "second"


def test_standing_by_the_text_after_a_no_gives_the_turn_back():
    said = [says(CLINIC, YES, 1, 0), says(ANNA, NO, 1, 3), says(CLINIC, OPEN, 1, 4)]
    assert line([FIRST], said).owes == {ANNA: at(4)}


def test_who_has_said_no_may_say_yes_after_all():
    said = [says(CLINIC, YES, 1, 0), says(ANNA, NO, 1, 3), says(ANNA, YES, 1, 4)]
    assert line([FIRST], said).status is Status.AGREED


def test_a_line_is_left_open_only_by_choice_of_all():
    one = [says(CLINIC, YES, 1, 0), says(ANNA, OPEN, 1, 3)]
    assert line([FIRST], one).status is Status.WAITING
    assert line([FIRST], one).owes == {CLINIC: at(3)}
    assert line([FIRST], [*one, says(CLINIC, OPEN, 1, 4)]).status is Status.LEFT_OPEN


def test_what_was_left_open_can_be_agreed_on_later():
    said = [says(CLINIC, OPEN, 1, 0), says(ANNA, OPEN, 1, 3), says(ANNA, YES, 1, 4), says(CLINIC, YES, 1, 5)]
    assert line([FIRST], said).status is Status.AGREED


def test_a_change_left_open_leaves_the_earlier_text_applying():
    said = [*AGREED, says(ANNA, OPEN, 2, 5), says(CLINIC, OPEN, 2, 6)]
    found = line([FIRST, written(2, ANNA, 4)], said)
    assert (found.status, found.applying) == (Status.LEFT_OPEN, FIRST)
    assert content([found]) == {(7, 1, Outcome.AGREED), (7, 2, Outcome.OPEN)}


def test_a_removal_counts_when_all_have_confirmed_it():
    removal = written(2, ANNA, 5, removed=True)
    asked = [*AGREED, says(ANNA, YES, 2, 5)]
    assert line([FIRST, removal], asked).applying == FIRST
    gone = line([FIRST, removal], [*asked, says(CLINIC, YES, 2, 6)])
    assert (gone.status, gone.applying, content([gone])) == (Status.REMOVED, None, frozenset())


def test_a_removed_line_can_be_written_anew():
    back = written(3, ANNA, 8)
    said = [*AGREED, says(ANNA, YES, 2), says(CLINIC, YES, 2), says(ANNA, YES, 3), says(CLINIC, YES, 3)]
    assert line([FIRST, written(2, ANNA, removed=True), back], said).applying == back


def test_taking_back_ones_own_change_leaves_what_applied():
    second = written(2, ANNA, 5)
    found = line([FIRST, second], [*AGREED, says(ANNA, YES, 2, 5), says(ANNA, NO, 2, 6)])
    assert (found.status, found.applying, found.proposed) == (Status.FALLEN, FIRST, None)


def test_taking_back_a_new_line_leaves_nothing():
    found = line([FIRST], [says(CLINIC, YES, 1, 0), says(CLINIC, NO, 1, 2)])
    assert (found.status, found.applying, content([found])) == (Status.FALLEN, None, frozenset())


def test_a_proposal_that_somebody_else_stands_behind_cannot_be_taken_back_alone():
    said = [says(CLINIC, YES, 1, 0), says(HOME, YES, 1, 1), says(CLINIC, NO, 1, 2)]
    found = line([FIRST], said, binds=(ANNA, CLINIC, HOME))
    assert (found.status, set(found.owes)) == (Status.NOT_AGREED, {ANNA, HOME})


def test_a_draft_that_all_say_no_to_falls():
    assert line([written(1, None)], [says(ANNA, NO), says(CLINIC, NO)]).status is Status.FALLEN


def test_what_is_said_after_all_have_confirmed_does_not_count():
    assert line([FIRST], [*AGREED, says(ANNA, NO, 1, 9)]).status is Status.AGREED


def test_words_about_an_older_text_never_count_for_a_newer():
    found = line([FIRST, written(2, CLINIC, 5)], [says(ANNA, YES, 1, 1), says(CLINIC, YES, 2, 5)])
    assert (found.status, found.applying, set(found.owes)) == (Status.WAITING, None, {ANNA})


# --- lines that several agreements share ----------------------------------------------------------


def test_a_confirmation_of_a_common_line_counts_in_every_agreement_of_the_party():
    assert line([FIRST], [says(CLINIC, YES, here=False), says(ANNA, YES)]).status is Status.AGREED


def test_a_no_counts_only_in_the_agreement_where_it_was_said():
    said = [says(CLINIC, YES, here=False), says(HOME, NO, here=False), says(ANNA, YES)]
    assert line([FIRST], said).status is Status.AGREED


def test_a_no_said_elsewhere_leaves_the_party_to_answer_here():
    found = line([written(1, ANNA)], [says(ANNA, YES), says(CLINIC, NO, here=False)])
    assert (found.status, found.owes, set(found.words)) == (Status.WAITING, {CLINIC: at(0)}, {ANNA})


def test_what_a_party_says_here_goes_before_what_it_says_elsewhere():
    said = [says(ANNA, YES), says(CLINIC, OPEN), says(CLINIC, YES, here=False)]
    found = line([written(1, ANNA)], said)
    assert found.words[CLINIC].verdict is OPEN


def test_a_proposal_taken_back_elsewhere_is_taken_back_here():
    stranger = written(1, 99)
    assert line([stranger], [says(99, YES, here=False), says(99, NO, here=False)]).status is Status.FALLEN
    own = [says(CLINIC, YES, here=False), says(CLINIC, NO, here=False)]
    assert line([FIRST], own).status is Status.FALLEN


def test_a_proposal_agreed_here_stays_agreed_when_it_is_taken_back_elsewhere():
    stranger = written(1, 99)
    said = [says(99, YES, here=False), says(ANNA, YES), says(CLINIC, YES), says(99, NO, here=False)]
    assert line([stranger], said).applying == stranger


# --- what may be said -----------------------------------------------------------------------------


def test_saying_the_same_twice_is_recorded_once():
    waiting = line([FIRST], [says(CLINIC, YES, 1, 0)])
    assert must_record(waiting, party=CLINIC, verdict=YES, revision=1) is False
    assert must_record(waiting, party=ANNA, verdict=YES, revision=1) is True
    refused = line([FIRST], [says(CLINIC, YES, 1, 0), says(ANNA, NO, reason="no")])
    assert must_record(refused, party=ANNA, verdict=NO, revision=1, reason="no") is False
    assert must_record(refused, party=ANNA, verdict=NO, revision=1, reason="another reason") is True


@pytest.mark.parametrize(
    ("statements", "party", "verdict", "revision", "refusal"),
    [
        ([], HOME, YES, 1, NotBound),
        ([], ANNA, YES, 99, ChangedMeanwhile),
        ([], ANNA, NO, 1, ReasonMissing),
        (AGREED, ANNA, NO, 1, AlreadyConfirmed),
        (AGREED, ANNA, OPEN, 1, AlreadyConfirmed),
        ([says(CLINIC, YES), says(CLINIC, NO)], ANNA, YES, 1, TakenBack),
    ],
)
def test_what_may_not_be_said_is_refused_by_name(statements, party, verdict, revision, refusal):
    with pytest.raises(refusal):
        must_record(line([FIRST], statements), party=party, verdict=verdict, revision=revision)


def test_confirming_what_all_have_confirmed_does_nothing():
    assert must_record(line([FIRST], AGREED), party=ANNA, verdict=YES, revision=1) is False


# --- versions -------------------------------------------------------------------------------------


def test_a_version_is_fixed_when_every_line_is_settled_and_something_is_new():
    agreed = line([FIRST], AGREED)
    waiting = line([FIRST], AGREED[:1])
    fixed = frozenset({(7, 1, Outcome.AGREED)})
    assert version_to_fix([agreed], frozenset()) == fixed
    assert version_to_fix([agreed, waiting], frozenset()) is None
    assert version_to_fix([agreed], fixed) is None
    assert version_to_fix([], frozenset()) is None


# --- texts ----------------------------------------------------------------------------------------


def test_a_text_has_one_kind_of_line_break_and_no_blanks_around():
    assert plain("  one\r\ntwo\rthree\x00 ", limit=MAX_TEXT) == "one\ntwo\nthree"


def test_an_empty_and_a_too_long_text_are_refused():
    with pytest.raises(EmptyText):
        plain(" \n ", limit=10)
    with pytest.raises(TooLong) as refusal:
        plain("x" * 11, limit=10)
    assert refusal.value.limit == 10
    assert plain(" ", limit=10, required=False) == ""


def test_a_difference_shows_the_changed_words():
    assert difference("minst fem dagar före varje möte", "minst sju dagar före varje möte") == [
        Segment(Change.SAME, "minst "),
        Segment(Change.REMOVED, "fem"),
        Segment(Change.ADDED, "sju"),
        Segment(Change.SAME, " dagar före varje möte"),
    ]


def test_neighbouring_changes_are_shown_as_one():
    assert difference("om fem dagar", "om sju veckor") == [
        Segment(Change.SAME, "om "),
        Segment(Change.REMOVED, "fem dagar"),
        Segment(Change.ADDED, "sju veckor"),
    ]
