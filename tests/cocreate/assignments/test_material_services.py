"""Material: put there once, within its limits, moved, changed and taken away; and those it is for are told once."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskapa.cocreate.assignments import jobs
from samskapa.cocreate.assignments.domain import NothingWritten, NotThatState, State
from samskapa.cocreate.assignments.domain.material import MOST, SITTING, Audience, Gone, TooMany, takes_material
from samskapa.cocreate.assignments.models import Application, Assignment, Material
from samskapa.cocreate.assignments.queries.material import assignments_to_tell_of, material_of
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.assignments.services.material import (
    change_material,
    move_up,
    remove_material,
    tell_of_material,
)
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.core.queries import trail_of
from samskapa.ground.core.services import drain
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.queries import path_of
from samskapa.ground.documents.services import tidy_uploads
from samskapa.ground.people.models import Person
from tests.factories.assignments import (
    coordinator_for,
    host_of,
    make_agreeing,
    make_need,
    make_open,
    make_ready_need,
)
from tests.factories.material import TITLE, make_material, many_assignments_with
from tests.factories.organisations import NOW
from tests.factories.stages import make_sent
from tests.factories.standing import LATER, mails

pytestmark = pytest.mark.django_db


def titles(assignment) -> list[str]:
    return [each.title for each in material_of(assignment)]


# --- putting it there -----------------------------------------------------------------------------


def test_the_file_is_kept_attached_and_in_the_trail():
    assignment = make_open()
    material = make_material(assignment, audience=Audience.EVERYBODY)
    assert (material.title, material.audience, material.position, material.added_at) == (TITLE, "everybody", 0, NOW)
    assert (material.upload.name, material.upload.kind, material.upload.attached_at) == ("Kallelse.pdf", "pdf", NOW)
    assert path_of(material.upload.pk).exists()
    (told,) = trail_of(material)
    assert (told.action, told.person_id) == ("assignments.material_added", host_of(assignment).person_id)
    assert told.details == {"assignment": assignment.pk, "audience": "everybody"}


def test_pressed_twice_it_is_one():
    assignment = make_open()
    first = make_material(assignment)
    assert make_material(assignment, title=f"  {TITLE} ") == first
    assert (Material.objects.count(), Upload.objects.count()) == (1, 1)
    other = make_material(assignment, by=coordinator_for(assignment))
    assert (other.position, titles(assignment)) == (1, [TITLE, TITLE])


def test_there_is_room_for_twenty_and_taking_one_away_makes_room():
    assignment = make_open()
    for number in range(MOST):
        make_material(assignment, title=f"Fil {number}")
    with pytest.raises(TooMany):
        make_material(assignment, title="En till")
    assert Upload.objects.count() == MOST  # nothing was kept for nothing
    remove_material(material_of(assignment)[3], reason="Gammal", by=host_of(assignment), now=LATER)
    assert make_material(assignment, title="En till", now=LATER).position == MOST - 1
    assert titles(assignment) == [*(f"Fil {n}" for n in range(MOST) if n != 3), "En till"]
    assert [each.position for each in material_of(assignment)] == list(range(MOST))


def test_a_title_is_needed():
    with pytest.raises(NothingWritten):
        make_material(make_open(), title=" \n ")


@pytest.mark.parametrize("state", State)
def test_in_which_states_material_is_put_there(state):
    anyone = {State.NEED, State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED}
    assert takes_material(state, is_coordinator=False) == (state in anyone)
    assert takes_material(state, is_coordinator=True) == (state in anyone | {State.SENT})


def test_a_need_that_the_coordinator_has_is_hers():
    need = make_ready_need()
    make_material(need)
    sent = make_sent(unit=need.unit, host=host_of(need), now=NOW)
    for change in (
        lambda: make_material(sent),
        lambda: change_material(
            make_material(sent, by=coordinator_for(sent)),
            title="Annat",
            audience=Audience.CHOSEN,
            by=host_of(sent),
            now=NOW,
        ),
        lambda: move_up(material_of(sent)[0], past=0, by=host_of(sent), now=NOW),
    ):
        with pytest.raises(NotThatState):
            change()
    assert titles(sent) == [TITLE]


def test_rows_that_lie_are_refused():
    material = make_material(make_open())
    other = make_material(material.assignment, title="Annat")
    wrong = [
        {"title": ""},
        {"audience": "somebody"},
        {"position": 0},
        {"position": MOST + 1},
        {"told_at": NOW - timedelta(1)},
        {"removed_at": LATER, "removed_by": material.added_by},
        {"removed_at": LATER, "removed_reason": "Fel"},
        {"removed_at": NOW - timedelta(1)},
        {"removed_reason": "Fel"},
        {"upload": material.upload},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.filter(pk=other.pk).update(**columns)


# --- changing, moving, taking away ----------------------------------------------------------------


def test_a_change_is_in_the_trail_once_and_never_its_words():
    material = make_material(make_open())
    for _ in range(2):
        change_material(
            material, title="Så ska den se ut", audience=Audience.EVERYBODY, by=host_of(material.assignment), now=LATER
        )
    material.refresh_from_db()
    assert (material.title, material.audience) == ("Så ska den se ut", "everybody")
    assert [(e.action, e.details) for e in trail_of(material)][1:] == [
        ("assignments.material_changed", {"audience": "everybody"})
    ]


def test_moving_up_pressed_twice_moves_one_place():
    assignment = make_open()
    first, second, third = (make_material(assignment, title=title) for title in "abc")
    for _ in range(2):
        move_up(third, past=second.pk, by=host_of(assignment), now=LATER)
    assert titles(assignment) == ["a", "c", "b"]
    move_up(first, past=0, by=host_of(assignment), now=LATER)
    assert titles(assignment) == ["a", "c", "b"]


def test_taken_away_the_file_goes_and_the_row_says_who_when_and_why():
    material = make_material(make_open())
    host = host_of(material.assignment)
    for _ in range(2):
        remove_material(material, reason=" Fel fil. ", by=host, now=LATER)
    material.refresh_from_db()
    assert (material.removed_at, material.removed_by_id, material.removed_reason) == (LATER, host.person_id, "Fel fil.")
    assert (material.upload.removed_at, path_of(material.upload.pk).exists()) == (LATER, True)  # gone once committed
    removed = [entry for entry in trail_of(material) if entry.action == "assignments.material_removed"]
    assert [entry.details for entry in removed] == [{"assignment": material.assignment_id}]  # never the words
    coordinator = coordinator_for(material.assignment)
    for late in (
        lambda: remove_material(material, reason="Fel fil.", by=coordinator, now=LATER),
        lambda: change_material(material, title="Nytt", audience=Audience.CHOSEN, by=host, now=LATER),
        lambda: move_up(material, past=0, by=host, now=LATER),
    ):
        with pytest.raises(Gone):
            late()


@pytest.mark.django_db(transaction=True)
def test_once_committed_the_file_is_gone():
    material = make_material(make_open())
    remove_material(material, reason="Fel fil", by=host_of(material.assignment), now=LATER)
    assert not path_of(material.upload.pk).exists()


def test_what_is_wrong_can_be_taken_away_also_when_all_is_called_off():
    material = make_material(make_open())
    Assignment.objects.filter(pk=material.assignment_id).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Det blev inget"
    )
    remove_material(material, reason="Ett namn stod i den", by=host_of(material.assignment), now=LATER)
    assert titles(material.assignment) == []


def test_what_stands_there_is_not_tidied_away():
    material = make_material(make_open())
    tidy_uploads(now=LATER)
    assert path_of(material.upload.pk).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["add", "up", "take"]), st.integers(0, 9)), max_size=25))
def test_whatever_is_done_places_are_counted_from_the_front_and_nothing_is_lost(db, steps):
    """The list is what a plain list would be."""
    with transaction.atomic():
        assignment, expected = make_need(), []
        host = host_of(assignment)
        for number, (step, at) in enumerate(steps):
            found = list(material_of(assignment))
            if step == "add" and len(found) < MOST:
                make_material(assignment, title=f"{number}")
                expected.append(f"{number}")
            elif step == "up" and 0 < at < len(found):
                move_up(found[at], past=found[at - 1].pk, by=host, now=LATER)
                expected[at - 1], expected[at] = expected[at], expected[at - 1]
            elif step == "take" and at < len(found):
                remove_material(found[at], reason="Fel", by=host, now=LATER)
                expected.pop(at)
        assert titles(assignment) == expected
        assert [each.position for each in material_of(assignment)] == list(range(len(expected)))
        transaction.set_rollback(True)


# --- telling --------------------------------------------------------------------------------------


def told(assignment, now) -> list[tuple[int, list[str], str, str]]:
    """What the job writes when it runs: to whom, which titles, when it starts, where it leads."""
    before = {mail.pk for mail in mails("material")}
    jobs.material.func(now=now)
    return [
        (mail.recipient_id, mail.params["titles"], mail.params["starts_on"], mail.params["path"])
        for mail in mails("material")
        if mail.pk not in before
    ]


def test_those_who_are_chosen_are_told_once_of_all_of_one_sitting():
    assignment = make_agreeing(representatives=2, now=NOW)
    start = LATER
    make_material(assignment, title="Ett", now=start)
    make_material(assignment, title="Två", now=start + timedelta(minutes=20))
    make_material(assignment, title="För alla", audience=Audience.EVERYBODY, now=start)
    assert told(assignment, start + timedelta(minutes=40)) == []  # still at it
    assert not tell_of_material(assignment.pk, now=start + timedelta(minutes=40))  # nor where a job comes late
    over = start + timedelta(minutes=20) + SITTING
    expected = [
        (a.person_id, ["Ett", "Två"], assignment.starts_on.isoformat(), f"/uppdrag/mina/{a.pk}/")
        for a in Application.objects.order_by("pk")
    ]
    assert told(assignment, over) == expected
    assert told(assignment, over) == []
    assert [each.told_at for each in material_of(assignment)] == [over, over, None]
    make_material(assignment, title="Tre", now=over)
    assert [titles for _, titles, _, _ in told(assignment, over + SITTING)] == [["Tre"], ["Tre"]]
    actions = AuditEntry.objects.filter(action="assignments.material_told").order_by("pk")
    assert [entry.details for entry in actions] == [{"count": 2}, {"count": 1}]


def test_nobody_is_told_before_somebody_is_chosen_and_then_of_what_waited():
    assignment = make_open()
    make_material(assignment)
    assert told(assignment, LATER) == []
    agreeing = make_agreeing(unit=assignment.unit)
    make_material(agreeing, title="Låg där redan")
    assert [titles for _, titles, _, _ in told(agreeing, LATER)] == [["Låg där redan"]]


def test_who_has_left_is_not_told_and_a_first_day_that_has_passed_is_not_said():
    assignment = make_agreeing(representatives=2)
    gone, stays = Application.objects.order_by("pk")
    withdraw(gone, by=Actor(person_id=gone.person_id), now=LATER)
    make_material(assignment)
    after = LATER + timedelta(days=365)
    assert [(who, starts) for who, _, starts, _ in told(assignment, after)] == [(stays.person_id, "")]


def test_what_becomes_theirs_is_told_and_what_no_longer_is_is_not():
    assignment = make_agreeing()
    public, theirs = (
        make_material(assignment, title="Blir deras", audience=Audience.EVERYBODY),
        make_material(assignment, title="Blir allas"),
    )
    change_material(public, title="Blir deras", audience=Audience.CHOSEN, by=host_of(assignment), now=LATER)
    change_material(theirs, title="Blir allas", audience=Audience.EVERYBODY, by=host_of(assignment), now=LATER)
    assert [titles for _, titles, _, _ in told(assignment, LATER)] == [["Blir deras"]]


def test_what_was_taken_away_before_is_not_told():
    assignment = make_agreeing()
    remove_material(make_material(assignment), reason="Fel", by=host_of(assignment), now=LATER)
    assert told(assignment, LATER + SITTING) == []
    assert not tell_of_material(assignment.pk, now=LATER + SITTING)


def letters(folder) -> dict[str, str]:
    """Subject -> what it says, of all that was sent."""
    found = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in folder.glob("*.eml")]
    return {letter["Subject"]: letter.get_body(("plain",)).get_content() for letter in found}


def test_the_mail_says_what_and_when_and_where_in_the_readers_language(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    assignment = make_agreeing(representatives=2, now=NOW)
    one, two = Application.objects.order_by("pk")
    Person.objects.filter(pk=two.person_id).update(language="en")
    make_material(assignment, title="Så ser kallelsen ut & vad den kostar", now=LATER)
    make_material(assignment, title="Tre förslag", now=LATER)
    tell_of_material(assignment.pk, now=LATER + SITTING)
    drain(now=LATER + SITTING)
    sent = letters(tmp_path)
    said = sent["Det finns material för dig att läsa"]
    assert "har det kommit 2 nya saker att läsa:" in said
    assert "- Så ser kallelsen ut & vad den kostar\n- Tre förslag\n" in said
    assert "Arbetet börjar" in said
    assert f"/uppdrag/mina/{one.pk}/" in said
    english = sent["There is material for you to read"]
    for words in ("there are 2 new things to read:", "- Tre förslag\n", "The work starts", f"/uppdrag/mina/{two.pk}/"):
        assert words in english


@pytest.mark.parametrize("count", [1, 3, 300])
def test_asking_of_whom_to_tell_costs_one_query(count):
    material = make_material(make_agreeing())
    many_assignments_with(material, count - 1)
    with CaptureQueriesContext(connection) as asked:
        assert len(assignments_to_tell_of(LATER)) == count
    assert len(asked) == 1
