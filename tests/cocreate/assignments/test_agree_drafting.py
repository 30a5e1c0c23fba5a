"""Agreements are drafted from what the need says, once, common points for all and personal ones for each."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.domain.drafting import MOST_FOR_ONE_OCCASION, lines_for
from samskapa.cocreate.assignments.models import Agreement, Line, Party, Revision, Statement
from samskapa.cocreate.assignments.services.agreeing import draft_agreements
from samskapa.cocreate.assignments.services.applying import say_yes_to_being_presented
from samskapa.ground.agreements.domain import MAX_TEXT
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.language.domain import write_day
from tests.factories.assignments import ANSWERS, make_agreeing
from tests.factories.organisations import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)
ONCE = ANSWERS["time"] | {"occasions": 1, "reading_minutes": 60}


def texts(agreement: Agreement) -> dict[str, str]:
    """Point key -> its text, for the lines that the agreement shows."""
    rows = Revision.objects.filter(line__root=agreement.root_id).select_related("line")
    return {
        row.line.key.removeprefix("draft-").removesuffix(f"-{agreement.pk}"): row.text
        for row in rows
        if row.line.agreement_id in (None, agreement.pk)
    }


def test_a_single_occasion_has_at_most_eight_points():
    assert len(lines_for(occasions=1, is_standing=False)) <= MOST_FOR_ONE_OCCASION
    agreement = Agreement.objects.get(root=make_agreeing(time=ONCE))
    assert Line.objects.filter(root=agreement.root).count() == 8
    assert texts(agreement).keys() == {line.key for line in lines_for(occasions=1, is_standing=False)}


def test_common_points_are_written_once_and_personal_ones_for_each():
    assignment = make_agreeing(representatives=3)
    assert Agreement.objects.filter(root=assignment).count() == 3
    assert Line.objects.filter(root=assignment, agreement=None).count() == 11
    for agreement in Agreement.objects.filter(root=assignment):
        assert set(Line.objects.filter(agreement=agreement).values_list("key", flat=True)) == {
            f"draft-pay-{agreement.pk}",
            f"draft-access-{agreement.pk}",
        }
    assert Party.objects.filter(root=assignment, agreement=None).count() == 1
    assert Party.objects.filter(root=assignment).count() == 4


def test_nobody_has_confirmed_a_draft():
    assignment = make_agreeing(representatives=2)
    assert not Statement.objects.exists()
    for agreement in Agreement.objects.filter(root=assignment):
        assert (agreement.person_owes, agreement.host_owes, agreement.settled_at) == (13, 13, None)


def test_drafting_again_writes_nothing():
    assignment = make_agreeing(representatives=2)
    tables = (Line, Revision, Agreement, OutboxMail)
    before = [table.objects.count() for table in tables]
    assert draft_agreements(assignment, by=SYSTEM, now=LATER) == []
    assert [table.objects.count() for table in tables] == before


def test_the_job_after_the_choosing_drafts_them():
    assignment = make_agreeing(representatives=2, drafted=False)
    assert not Agreement.objects.exists()
    drain()
    assert Agreement.objects.filter(root=assignment).count() == 2


def test_one_who_says_yes_later_gets_hers_then():
    assignment = make_agreeing(representatives=2, presented=1)
    assert Agreement.objects.filter(root=assignment).count() == 1
    late = assignment.applications.get(agreement=None)
    say_yes_to_being_presented(late, by=Actor(person_id=late.person_id), now=LATER)
    drain()
    late.refresh_from_db()
    assert late.agreement.person_owes == 13
    assert Line.objects.filter(root=assignment, agreement=None).count() == 11
    assert Line.objects.filter(agreement=late.agreement).count() == 2


def test_what_is_decided_together_becomes_a_promise_with_a_day():
    day = NOW.date() + timedelta(days=40)
    assignment = make_agreeing(drafted=False)
    assignment.parts.filter(key="place").update(together_by=day)
    assignment.form = ""
    assignment.save(update_fields=["form"])
    draft_agreements(assignment, by=SYSTEM, now=NOW)
    said = texts(Agreement.objects.get(root=assignment))["time_and_place"]
    assert write_day(day, language="sv", today=NOW.date()) in said


def test_the_words_tell_the_answers_of_the_need():
    agreement = Agreement.objects.get(root=make_agreeing(access_needs="Hörslinga och paus."))
    said = texts(agreement)
    assert "533\u00a0kr" in said["pay"]
    assert "296\u00a0kr" in said["pay"]
    assert "30" in said["pay"]
    assert "Hörslinga och paus." in said["access"]
    assert "Fyra av tio ringer" in said["role"]
    assert "Vi skriver texten tillsammans." in said["influence"]
    assert "Ulla Exempel, sjuksköterska" in said["contact"]
    told = ANSWERS["result"]["told_back_on"]
    assert write_day(told, language="sv", today=timezone.localdate()) in said["telling_back"]
    assert agreement.root.unit.name in said["host_prepares"]
    assert all(text.strip() for text in said.values())


def test_a_need_written_at_full_length_is_drafted_all_the_same():
    long = "Ett mycket långt svar med många ord. " * 100
    agreement = Agreement.objects.get(
        root=make_agreeing(
            why={"why": long}, expected={"expected": long}, time=ONCE,
            influence=ANSWERS["influence"] | {"influence_how": long}, access_needs=long[:1900],
        )
    )  # fmt: skip
    assert max(len(text) for text in texts(agreement).values()) <= MAX_TEXT
    assert len(texts(agreement)) == 8


def test_the_draft_is_in_swedish_whatever_language_is_active():
    with translation.override("en"):
        english = texts(Agreement.objects.get(root=make_agreeing(contact=ANSWERS["contact"])))
    with translation.override("sv"):
        swedish = texts(Agreement.objects.exclude(root=None).order_by("-pk")[0])
    assert english["influence"] == swedish["influence"]
    weekday, number, month, *_year = write_day(ANSWERS["time"]["starts_on"], language="sv", today=NOW.date()).split()
    assert f"{weekday} {number} {month}" in english["time_and_place"]


def test_both_sides_get_one_mail_about_the_draft():
    make_agreeing(representatives=2)
    assert OutboxMail.objects.filter(kind="assignments/agreement_drafted").count() == 2
    mail = OutboxMail.objects.get(kind="assignments/agreements_drafted")
    assert mail.params["number"] == 2


def test_nobody_chosen_and_presented_means_no_agreement():
    assignment = make_agreeing(presented=0)
    assert not Agreement.objects.exists()
    assert not Party.objects.exists()
    assert assignment.state == State.AGREEING


def test_who_tells_their_own_story_is_prepared_sets_the_limit_and_is_called_afterwards():
    ordinary = texts(Agreement.objects.get(root=make_agreeing(contribution={"contribution": "improvement_team"})))
    root = make_agreeing(contribution={"contribution": "own_story"})
    story = texts(Agreement.objects.get(root=root))
    for key, words in (
        ("person_prepares", "Du bestämmer vad du berättar och var din gräns går."),
        ("host_prepares", "går vi tillsammans igenom vad du vill säga och vad du inte vill säga."),
        ("host_prepares", "Inom två dagar efteråt ringer din kontaktperson dig"),
    ):
        assert words in story[key]
        assert words not in ordinary[key]


def test_everybody_has_a_second_person_to_turn_to():
    agreement = Agreement.objects.get(root=make_agreeing())
    said = "\n".join(texts(agreement).values())
    assert f"Vill du hellre tala med någon annan finns samordnaren på {agreement.root.area.name} för dig." in said
