"""Writing and answering: what is stored, what is refused, what leaves a trace."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samskapa.ground.agreements import services
from samskapa.ground.agreements.domain import (
    AlreadyConfirmed,
    AlreadyRemoved,
    ChangedMeanwhile,
    EmptyText,
    NotAParty,
    NotBound,
    NothingChanged,
    ReasonMissing,
    Status,
    TakenBack,
    TooLong,
)
from samskapa.ground.agreements.queries import ledger
from samskapa.ground.core.models import AuditEntry
from tests.factories.agreements import NOW, add_unit, make_sister, make_table
from tests.ground.agreements.example.models import (
    TABLES,
    Comment,
    Line,
    Revision,
    Statement,
    Version,
    VersionLine,
)

pytestmark = pytest.mark.django_db


def newest(line):
    return Revision.objects.filter(line=line).order_by("-number").first()


def standing(table, line):
    book = ledger(TABLES, table.plan.pk, agreement_id=table.agreement.pk)
    return book.standing(line, table.agreement.pk)


def confirm(table, line, who="anna"):
    return services.confirm(TABLES, table.agreement, line.pk, revision=newest(line).pk, **table.said_by(who))


def change(table, line, text, who="anna", **more):
    more.setdefault("based_on", newest(line).pk)
    return services.propose_change(TABLES, table.agreement, line.pk, text=text, **more, **table.said_by(who))


def held_texts(version):
    return sorted((row.revision.text, row.outcome) for row in version.lines.select_related("revision"))


# --- writing --------------------------------------------------------------------------------------


def test_many_lines_are_drafted_in_few_queries_and_wait_for_everybody():
    table = make_table()
    before = Version.objects.count()
    counts = []
    for number in (2, 12):
        drafts = [
            services.Draft(f"{number}-{each}", " Tillsammans ", f"Punkt {each}. ", "both") for each in range(number)
        ]
        with CaptureQueriesContext(connection) as asked:
            lines = services.draft_lines(TABLES, table.agreement, drafts, by=table.said_by("anna")["by"], now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert [(line.heading, line.position, newest(line).text) for line in lines[:2]] == [
        ("Tillsammans", 1, "Punkt 0."),
        ("Tillsammans", 2, "Punkt 1."),
    ]
    assert {standing(table, line).status for line in lines} == {Status.WAITING}
    assert (Version.objects.count(), newest(lines[0]).by_party) == (before, None)
    with pytest.raises(EmptyText):
        services.draft_lines(
            TABLES, table.agreement, [services.Draft("x", "", " ", "both")], by=table.said_by("anna")["by"], now=NOW
        )


def test_writing_a_line_is_ones_own_confirmation_of_it():
    table = make_table()
    line = table.add("We meet on Mondays.", writer="anna")
    assert list(Statement.objects.values_list("party_id", "verdict")) == [(table.anna.pk, "confirmed")]
    assert set(standing(table, line).owes) == {table.clinic.pk}
    assert newest(line).text == "We meet on Mondays."
    assert newest(line).by_person_id == table.anna_acts.person_id


def test_a_draft_waits_for_both():
    table = make_table()
    line = table.add(writer=None)
    assert set(standing(table, line).owes) == {table.anna.pk, table.clinic.pk}


def test_a_new_line_comes_last():
    table = make_table()
    assert [table.add().position, table.add(position=10).position, table.add().position] == [1, 10, 11]


def test_the_same_form_sent_twice_writes_one_line():
    table = make_table()
    assert table.add(key="abc") == table.add(key="abc")
    assert (Line.objects.count(), Revision.objects.count()) == (1, 1)


@pytest.mark.parametrize(("text", "refusal"), [(" \n ", EmptyText), ("x" * 2001, TooLong)])
def test_an_empty_or_too_long_line_is_refused(text, refusal):
    table = make_table()
    with pytest.raises(refusal):
        table.add(text)
    assert Line.objects.count() == 0


def test_a_change_leaves_what_applies_until_the_other_has_confirmed_it():
    table = make_table()
    line = table.add("Five days before.")
    confirm(table, line)
    change(table, line, "Seven days before.", reason="I read slowly.")
    assert standing(table, line).applying.number == 1
    confirm(table, line, "clinic")
    assert standing(table, line).applying.number == 2
    assert list(Revision.objects.order_by("number").values_list("number", "based_on__number")) == [
        (1, None),
        (2, 1),
    ]


def test_who_had_not_seen_the_newest_text_gets_it_and_loses_nothing():
    table = make_table()
    line = table.add("Five days before.")
    read = newest(line).pk
    theirs = change(table, line, "Seven days before.").revision
    with pytest.raises(ChangedMeanwhile) as refusal:
        change(table, line, "Six days before.", who="clinic", based_on=read)
    assert refusal.value.theirs == theirs
    assert refusal.value.theirs.text == "Seven days before."
    assert Revision.objects.count() == 2


def test_the_same_change_sent_twice_is_written_once():
    table = make_table()
    line = table.add("Five days before.")
    read = newest(line).pk
    assert change(table, line, "Seven days before.", based_on=read).changed is True
    assert change(table, line, "Seven days before.", based_on=read).changed is False
    assert Revision.objects.count() == 2


def test_the_text_that_is_there_is_no_change():
    table = make_table()
    line = table.add("Five days before.")
    with pytest.raises(NothingChanged):
        change(table, line, " Five days before.\r\n")


def test_a_removal_is_confirmed_like_any_change():
    table = make_table()
    line = table.add()
    confirm(table, line)
    answer = {"based_on": newest(line).pk, **table.said_by("anna")}
    services.propose_removal(TABLES, table.agreement, line.pk, reason="Done already.", **answer)
    assert standing(table, line).applying.number == 1
    with pytest.raises(AlreadyRemoved):
        services.propose_removal(TABLES, table.agreement, line.pk, based_on=newest(line).pk, **table.said_by("clinic"))
    confirm(table, line, "clinic")
    assert standing(table, line).status is Status.REMOVED


# --- answering ------------------------------------------------------------------------------------


def test_a_double_click_confirms_once():
    table = make_table()
    line = table.add()
    assert [confirm(table, line).changed, confirm(table, line).changed] == [True, False]
    assert Statement.objects.filter(party=table.anna).count() == 1
    assert AuditEntry.objects.filter(action="example.agreement_line_confirmed").count() == 1


def test_confirming_a_text_that_has_changed_is_refused():
    table = make_table()
    line = table.add()
    read = newest(line)
    change(table, line, "Another text.", who="clinic")
    with pytest.raises(ChangedMeanwhile) as refusal:
        services.confirm(TABLES, table.agreement, line.pk, revision=read.pk, **table.said_by("anna"))
    assert refusal.value.theirs.text == "Another text."


def test_a_no_needs_a_reason():
    table = make_table()
    line = table.add()
    said = {"revision": newest(line).pk, **table.said_by("anna")}
    with pytest.raises(ReasonMissing):
        services.say_not_agreed(TABLES, table.agreement, line.pk, reason="  ", **said)
    services.say_not_agreed(TABLES, table.agreement, line.pk, reason="I want it in June.", **said)
    assert standing(table, line).objection.reason == "I want it in June."


def test_what_both_have_confirmed_cannot_be_unsaid():
    table = make_table()
    line = table.add()
    confirm(table, line)
    said = {"revision": newest(line).pk, **table.said_by("anna")}
    with pytest.raises(AlreadyConfirmed):
        services.say_not_agreed(TABLES, table.agreement, line.pk, reason="I regret.", **said)
    with pytest.raises(AlreadyConfirmed):
        services.leave_open(TABLES, table.agreement, line.pk, **said)


def test_a_proposal_taken_back_cannot_be_confirmed():
    table = make_table()
    line = table.add()
    services.say_not_agreed(
        TABLES, table.agreement, line.pk, revision=newest(line).pk, reason="Wrong.", **table.said_by("clinic")
    )
    with pytest.raises(TakenBack):
        confirm(table, line)


def test_a_comment_confirms_nothing_and_is_stored_once():
    table = make_table()
    line = table.add()
    for _ in range(2):
        services.comment(TABLES, table.agreement, line.pk, text="What does this mean?", **table.said_by("anna"))
    assert list(Comment.objects.values_list("party_id", flat=True)) == [table.anna.pk]
    assert set(standing(table, line).owes) == {table.anna.pk}


def test_strangers_neither_write_nor_answer():
    table, other = make_table(), make_table()
    line = table.add()
    said = {"revision": newest(line).pk, **other.said_by("anna")}
    for refused in (
        lambda: services.confirm(TABLES, table.agreement, line.pk, **said),
        lambda: services.confirm(TABLES, other.agreement, line.pk, **said),
        lambda: services.comment(TABLES, table.agreement, line.pk, text="Hello", **other.said_by("anna")),
        lambda: services.confirm_all(
            TABLES, other.agreement, expected={line.pk: newest(line).pk}, **other.said_by("anna")
        ),
        lambda: services.add_line(
            TABLES,
            table.plan,
            agreement=table.agreement,
            text="Hello",
            owner_side="both",
            **other.said_by("anna"),
        ),
        lambda: services.propose_change(
            TABLES, table.agreement, line.pk, text="Hello", based_on=newest(line).pk, **other.said_by("anna")
        ),
    ):
        with pytest.raises(NotAParty):
            refused()


# --- one button -----------------------------------------------------------------------------------


def test_one_button_confirms_all_lines_but_those_taken_out():
    table = make_table()
    lines = [table.add(f"Point {n}.") for n in range(3)]
    shown = {line.pk: newest(line).pk for line in lines}
    done = services.confirm_all(TABLES, table.agreement, expected=shown, except_=[lines[1].pk], **table.said_by("anna"))
    assert done.lines == (lines[0].pk, lines[2].pk)
    assert [standing(table, line).status for line in lines] == [Status.AGREED, Status.WAITING, Status.AGREED]


def test_one_button_leaves_alone_what_changed_since_the_page_was_read():
    table = make_table()
    kept, changed = table.add("Kept."), table.add("Changed.")
    shown = {line.pk: newest(line).pk for line in (kept, changed)}
    change(table, changed, "Something else.", who="clinic")
    done = services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))
    assert (done.lines, done.changed_meanwhile) == ((kept.pk,), (changed.pk,))
    assert standing(table, changed).status is Status.WAITING


def test_one_button_never_overrules_ones_own_no():
    table = make_table()
    line = table.add()
    shown = {line.pk: newest(line).pk}
    services.say_not_agreed(
        TABLES, table.agreement, line.pk, revision=newest(line).pk, reason="No.", **table.said_by("anna")
    )
    assert services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna")).lines == ()
    assert standing(table, line).status is Status.NOT_AGREED
    assert confirm(table, line).changed


def test_one_button_twice_confirms_once():
    table = make_table()
    line = table.add()
    shown = {line.pk: newest(line).pk}
    services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))
    again = services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))
    assert (again.changed, Statement.objects.filter(party=table.anna).count()) == (False, 1)


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_one_button_costs_the_same_however_many_lines(lines, django_assert_num_queries):
    table = make_table()
    rows = [table.add() for _ in range(lines)]
    shown = {line.pk: newest(line).pk for line in rows}
    with django_assert_num_queries(20):
        services.confirm_all(TABLES, table.agreement, expected=shown, **table.said_by("anna"))


# --- versions -------------------------------------------------------------------------------------


def test_the_last_confirmation_fixes_the_first_version():
    table = make_table()
    first, second = table.add("First."), table.add("Second.")
    assert confirm(table, first).versions == ()
    (version,) = confirm(table, second).versions
    assert (version.number, version.fixed_at) == (1, NOW)
    assert held_texts(version) == [("First.", "agreed"), ("Second.", "agreed")]


def test_a_change_opens_a_new_version_and_the_old_one_stands():
    table = make_table()
    line = table.add("First.")
    confirm(table, line)
    change(table, line, "Second.")
    assert Version.objects.count() == 1
    (version,) = confirm(table, line, "clinic").versions
    assert version.number == 2
    assert [held_texts(v) for v in Version.objects.order_by("number")] == [
        [("First.", "agreed")],
        [("Second.", "agreed")],
    ]


def test_a_change_taken_back_needs_no_new_version():
    table = make_table()
    line = table.add("First.")
    confirm(table, line)
    mine = change(table, line, "Second.").revision
    services.say_not_agreed(
        TABLES,
        table.agreement,
        line.pk,
        revision=mine.pk,
        reason="I changed my mind.",
        **table.said_by("anna"),
    )
    assert standing(table, line).applying.number == 1
    assert Version.objects.count() == 1


def test_a_line_left_open_by_both_stands_openly_in_the_version():
    table = make_table()
    line = table.add("In September.")
    for who in ("anna", "clinic"):
        services.leave_open(TABLES, table.agreement, line.pk, revision=newest(line).pk, **table.said_by(who))
    assert held_texts(Version.objects.get()) == [("In September.", "open")]


def test_a_new_line_and_a_removal_open_new_versions():
    table = make_table()
    first = table.add("First.")
    confirm(table, first)
    second = table.add("Second.")
    confirm(table, second)
    services.propose_removal(TABLES, table.agreement, first.pk, based_on=newest(first).pk, **table.said_by("anna"))
    confirm(table, first, "clinic")
    assert [held_texts(v) for v in Version.objects.order_by("number")] == [
        [("First.", "agreed")],
        [("First.", "agreed"), ("Second.", "agreed")],
        [("Second.", "agreed")],
    ]


# --- common lines ---------------------------------------------------------------------------------


def test_a_common_line_is_written_once_and_confirmed_in_each_agreement():
    anna = make_table()
    cecilia = make_sister(anna)
    line = anna.add("For everybody.", agreement=None)
    assert [standing(t, line).status for t in (anna, cecilia)] == [Status.WAITING, Status.WAITING]
    (version,) = confirm(anna, line).versions
    assert version.agreement == anna.agreement
    assert [standing(t, line).status for t in (anna, cecilia)] == [Status.AGREED, Status.WAITING]
    assert set(standing(cecilia, line).owes) == {cecilia.anna.pk}


def test_the_hosts_one_confirmation_fixes_a_version_in_every_agreement_that_waited_for_it():
    anna = make_table()
    cecilia = make_sister(anna)
    line = anna.add(agreement=None, writer=None)
    confirm(anna, line)
    confirm(cecilia, line)
    done = confirm(anna, line, "clinic")
    assert {v.agreement_id for v in done.versions} == {anna.agreement.pk, cecilia.agreement.pk}


def test_a_representatives_change_of_a_common_line_waits_in_the_sister_agreement_too():
    anna = make_table()
    cecilia = make_sister(anna)
    line = anna.add("Five days.", agreement=None)
    confirm(anna, line)
    confirm(cecilia, line)
    change(anna, line, "Seven days.")
    confirm(anna, line, "clinic")
    assert (standing(anna, line).applying.number, standing(cecilia, line).applying.number) == (2, 1)
    assert set(standing(cecilia, line).owes) == {cecilia.anna.pk}


def test_only_a_party_to_all_writes_outside_the_agreements():
    table = make_table()
    with pytest.raises(NotAParty):
        table.add(agreement=None, writer="anna")


# --- lines that bind some -------------------------------------------------------------------------


def test_a_line_that_binds_two_of_three_is_settled_by_those_two():
    table = make_table()
    home, home_says = add_unit(table)
    line = table.add(binds=[table.anna, table.clinic])
    done = confirm(table, line)
    assert [v.number for v in done.versions] == [1]
    for refused in (
        lambda: services.confirm(TABLES, table.agreement, line.pk, revision=newest(line).pk, **home_says),
        lambda: services.propose_change(
            TABLES, table.agreement, line.pk, text="Ours.", based_on=newest(line).pk, **home_says
        ),
        lambda: table.add(binds=[home, table.anna]),
    ):
        with pytest.raises(NotBound):
            refused()
    assert services.comment(TABLES, table.agreement, line.pk, text="May I ask?", **home_says).changed


def test_a_line_that_binds_three_waits_for_the_third():
    table = make_table()
    home, home_says = add_unit(table)
    line = table.add()
    confirm(table, line)
    assert set(standing(table, line).owes) == {home.pk}
    services.confirm(TABLES, table.agreement, line.pk, revision=newest(line).pk, **home_says)
    assert standing(table, line).status is Status.AGREED


# --- trace and truth ------------------------------------------------------------------------------


def test_every_act_leaves_its_trace_without_a_word_of_text():
    table = make_table()
    line = table.add("A secret text.")
    services.comment(TABLES, table.agreement, line.pk, text="A secret comment.", **table.said_by("anna"))
    services.say_not_agreed(
        TABLES,
        table.agreement,
        line.pk,
        revision=newest(line).pk,
        reason="A secret reason.",
        **table.said_by("anna"),
    )
    change(table, line, "Another secret.")
    confirm(table, line, "clinic")
    services.propose_removal(TABLES, table.agreement, line.pk, based_on=newest(line).pk, **table.said_by("anna"))
    services.leave_open(TABLES, table.agreement, line.pk, revision=newest(line).pk, **table.said_by("anna"))
    confirm(table, line)
    services.confirm_all(TABLES, table.agreement, expected={line.pk: newest(line).pk}, **table.said_by("clinic"))
    entries = list(AuditEntry.objects.filter(action__startswith="example.").order_by("pk"))
    assert [e.action for e in entries] == [
        "example.agreement_line_added",
        "example.agreement_line_commented",
        "example.agreement_line_not_agreed",
        "example.agreement_line_change_proposed",
        "example.agreement_line_confirmed",
        "example.agreement_version_fixed",
        "example.agreement_line_removal_proposed",
        "example.agreement_line_left_open",
        "example.agreement_line_confirmed",
        "example.agreement_lines_confirmed",
        "example.agreement_version_fixed",
    ]
    assert "secret" not in " ".join(str(e.details) for e in entries)
    assert {e.person_id for e in entries} == {table.anna_acts.person_id, table.clinic_acts.person_id}


@pytest.mark.parametrize("model", [Revision, Statement, Comment, Version, VersionLine])
def test_the_database_itself_refuses_to_alter_what_was_said(model):
    table = make_table()
    line = table.add()
    services.comment(TABLES, table.agreement, line.pk, text="Hello", **table.said_by("anna"))
    confirm(table, line)
    row = model.objects.first()
    some_field = next(f.name for f in model._meta.fields if not f.primary_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{some_field: getattr(row, some_field)})
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


def test_the_database_holds_no_plain_text():
    table = make_table()
    line = table.add("Hjärtsvikt och oro.", reason="Anna frågade.")
    services.comment(TABLES, table.agreement, line.pk, text="Jag är rädd.", **table.said_by("anna"))
    services.say_not_agreed(
        TABLES,
        table.agreement,
        line.pk,
        revision=newest(line).pk,
        reason="För vagt.",
        **table.said_by("anna"),
    )
    stored = []
    with connection.cursor() as cursor:
        for name, column in [
            ("revision", "text"), ("revision", "reason"), ("statement", "reason"), ("comment", "text"),
        ]:  # fmt: skip
            cursor.execute(f"SELECT {column} FROM example_{name}")
            stored += [row[0] for row in cursor.fetchall()]
    assert len(stored) == 5  # the statement of who proposed the line has an empty reason, encrypted too
    assert all(value.startswith("e1.k0.") for value in stored)
    assert newest(line).text == "Hjärtsvikt och oro."
