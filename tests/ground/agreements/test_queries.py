"""The sheet and the history: what a reader is told, and what it costs."""

import pytest
from django.utils import translation

from samskapa.ground.agreements import queries, services
from tests.factories.agreements import NOW, add_unit, make_table, name_of
from tests.ground.agreements.example.models import TABLES, Comment, Line, Revision, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def newest(line):
    return Revision.objects.filter(line=line).order_by("-number").first()


def say(table, line, verb, who="anna", **more):
    return getattr(services, verb)(
        TABLES, table.agreement, line.pk, revision=newest(line).pk, **more, **table.said_by(who)
    )


def change(table, line, text, who="anna", **more):
    return services.propose_change(
        TABLES, table.agreement, line.pk, text=text, based_on=newest(line).pk, **more, **table.said_by(who)
    )


def sheet(table, who="anna"):
    viewer = getattr(table, who) if who else None
    return queries.sheet(TABLES, table.agreement, viewer, name_of=name_of)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_page_costs_the_same_however_many_lines_revisions_and_comments(rows, django_assert_num_queries):
    table = make_table()
    lines = Line.objects.bulk_create(
        Line(root=table.plan, agreement=table.agreement, position=n, owner_side="both") for n in range(rows)
    )
    for number, text in ((1, "Written."), (2, "Changed.")):
        before = {r.line_id: r for r in Revision.objects.all()}
        written = Revision.objects.bulk_create(
            Revision(
                line=line,
                number=number,
                text=text,
                by_party=table.clinic,
                at=NOW,
                based_on=before.get(line.pk),
            )
            for line in lines
        )
        Statement.objects.bulk_create(
            Statement(revision=r, party=table.clinic, verdict="confirmed", at=NOW) for r in written
        )
    Comment.objects.bulk_create(
        Comment(line=line, agreement=table.agreement, party=table.clinic, text="Said.", at=NOW) for line in lines
    )
    with django_assert_num_queries(7):
        found = sheet(table)
    assert sum(len(row.comments) for row in found.lines) == len(found.my_turn) == rows
    with django_assert_num_queries(6):
        assert len(queries.history(TABLES, table.agreement, name_of=name_of)) == 2 * rows


def test_a_line_keeps_its_number_when_another_is_removed():
    table = make_table()
    first = table.add("First.")
    table.add("Second.")
    services.propose_removal(TABLES, table.agreement, first.pk, based_on=newest(first).pk, **table.said_by("clinic"))
    say(table, first, "confirm")
    found = sheet(table)
    assert [(row.number, row.text) for _, rows in found.groups for row in rows] == [(2, "Second.")]
    assert [(row.number, row.last_text) for row in found.gone] == [(1, "First.")]


def test_lines_stand_under_their_headings_in_the_order_of_the_first():
    table = make_table()
    table.add("a", heading="Roles"), table.add("b", heading="Pay"), table.add("c", heading="Roles")
    assert [(heading, [row.number for row in rows]) for heading, rows in sheet(table).groups] == [
        ("Roles", [1, 3]),
        ("Pay", [2]),
    ]


@pytest.mark.parametrize(
    ("acts", "state", "detail"),
    [
        ([], "Waiting for you", "Höftmottagningen wrote the point on Monday 30 November."),
        ([("confirm", "anna", {})], "Both have confirmed", "Monday 30 November"),
        (
            [("say_not_agreed", "anna", {"reason": "I want it in June."})],
            "Not agreed",
            "You said on Monday 30 November: “I want it in June.” The answer is waited for from Höftmottagningen.",
        ),
        (
            [("leave_open", "anna", {}), ("leave_open", "clinic", {})],
            "Not agreed, and left that way by choice",
            "Monday 30 November",
        ),
        (
            [("say_not_agreed", "clinic", {"reason": "Wrong."})],
            "Taken back, and no longer part of the agreement",
            "Monday 30 November",
        ),
    ],
)
def test_the_state_is_a_sentence(acts, state, detail):
    table = make_table()
    line = table.add("In September.")
    for verb, who, more in acts:
        say(table, line, verb, who, **more)
    (row,) = sheet(table).lines
    assert (row.state, row.detail) == (state, detail)


def test_both_sides_see_the_same_agreement():
    table = make_table()
    line = table.add("Five days.")
    say(table, line, "confirm")
    change(table, line, "Seven days.", reason="I read slowly.")
    mine, theirs = sheet(table).lines[0], sheet(table, "clinic").lines[0]
    for what in ("text", "proposed_text", "difference", "comments"):
        assert getattr(mine, what) == getattr(theirs, what)
    assert (mine.my_turn, theirs.my_turn) == (False, True)
    assert (mine.state, theirs.state) == ("Waiting for Höftmottagningen", "Waiting for you")
    assert (mine.detail, theirs.detail) == (
        "You proposed the text on Monday 30 November: “I read slowly.”",
        "Anna proposed the text on Monday 30 November: “I read slowly.”",
    )


def test_who_reads_without_being_a_party_may_answer_nothing():
    table = make_table()
    table.add()
    found = sheet(table, None)
    assert found.next_step == "The next step is to answer: Anna."
    assert [(row.my_turn, row.may_answer, row.may_write) for row in found.lines] == [(False, False, False)]


def test_the_next_step_names_the_point_or_who_is_waited_for():
    table = make_table()
    assert sheet(table).next_step == "There are no points yet. Write the first one."
    line = table.add()
    assert sheet(table).next_step == "Read point 1. It is waiting for your answer."
    assert sheet(table, "clinic").next_step == "You have nothing to do now. The next answer comes from Anna."
    assert sheet(table).owes == {table.anna.pk: NOW}
    say(table, line, "confirm")
    expected = "You have nothing to do. Everything is settled, and version 1 is valid."
    assert [sheet(table, who).next_step for who in ("anna", "clinic")] == [expected, expected]


def test_a_line_that_binds_two_of_three_is_theirs_and_the_third_can_read_it():
    table = make_table()
    home, _ = add_unit(table)
    table.add(binds=[table.anna, table.clinic], owner_side="care")
    table.add(owner_side="care")
    found = queries.sheet(TABLES, table.agreement, home, name_of=name_of)
    assert [row.owner for row in found.lines] == ["Höftmottagningen", "You and Höftmottagningen"]
    assert [row.may_write for row in found.lines] == [False, True]
    assert found.lines[1].state == "Waiting for you and Anna"


def test_what_was_confirmed_with_one_button_is_one_sentence():
    table = make_table()
    lines = [table.add(f"Point {n}.", writer=None) for n in range(3)]
    shown = {line.pk: newest(line).pk for line in lines}
    services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))
    sentences = [m.sentence for m in queries.history(TABLES, table.agreement, table.clinic, name_of=name_of)]
    assert sentences == [
        "3 points were drafted on Monday 30 November.",
        "Anna confirmed points 1–3 on Monday 30 November.",
    ]


def test_points_in_a_row_are_told_as_a_run():
    table = make_table()
    lines = [table.add(f"Point {n}.", writer=None) for n in range(5)]
    shown = {line.pk: newest(line).pk for line in lines if line != lines[3]}
    services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))
    told = queries.history(TABLES, table.agreement, table.clinic, name_of=name_of)
    assert told[-1].sentence == "Anna confirmed points 1–3 and 5 on Monday 30 November."


def test_who_is_waited_for_reads_that_the_other_has_confirmed():
    table = make_table()
    line = table.add("We send the papers a week before.", writer=None)
    assert sheet(table).lines[0].detail == "Drafted on Monday 30 November for you to read and change."
    say(table, line, "confirm", who="clinic")
    (row,) = sheet(table).lines
    assert (row.state, row.detail) == ("Waiting for you", "Höftmottagningen confirmed.")


def test_swedish_says_du_and_dig():
    table = make_table()
    line = table.add("I september.")
    with translation.override("sv"):
        (row,) = sheet(table).lines
        assert (row.state, row.detail) == (
            "Väntar på dig",
            "Höftmottagningen skrev punkten måndag 30 november.",
        )
        say(table, line, "say_not_agreed", reason="Jag vill veta det i juni.")
        (row,) = sheet(table).lines
        assert row.state == "Inte överens"
        assert row.detail == (
            "Du sa måndag 30 november: ”Jag vill veta det i juni.” Nu väntar svaret från Höftmottagningen."
        )
        change(table, line, "I juni.", reason="Som jag sa.")
        moments = queries.history(TABLES, table.agreement, table.clinic, name_of=name_of)
        assert [m.sentence for m in moments] == [
            "Du skrev punkt 1 måndag 30 november:",
            "Anna ändrade punkt 1 måndag 30 november:",
            "Anna var inte överens om punkt 1 måndag 30 november.",
        ]


def test_history_tells_a_no_a_choice_to_leave_open_and_a_removal():
    table = make_table()
    line = table.add("In September.")
    say(table, line, "say_not_agreed", reason="I want it in June.")
    say(table, line, "leave_open", "clinic")
    services.propose_removal(TABLES, table.agreement, line.pk, based_on=newest(line).pk, **table.said_by("anna"))
    moments = queries.history(TABLES, table.agreement, table.anna, name_of=name_of)
    assert [(m.sentence, m.quote, m.reason) for m in moments] == [
        ("Höftmottagningen wrote point 1 on Monday 30 November:", "In September.", ""),
        ("You proposed on Monday 30 November to remove point 1.", "", ""),
        ("You did not agree to point 1 on Monday 30 November.", "", "I want it in June."),
        ("Höftmottagningen chose on Monday 30 November to leave point 1 open.", "", ""),
    ]
