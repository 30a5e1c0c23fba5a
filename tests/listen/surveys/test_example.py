"""The README's example: another app asks both sides on a page of its own, and reads who answered what."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.http import Http404, QueryDict
from django.utils.translation import override

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import Event, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.listen.surveys import access
from samskapa.listen.surveys.domain import ChangedMeanwhile, Mode, NothingAnswered, Whom
from samskapa.listen.surveys.forms import SheetForm
from samskapa.listen.surveys.models import Asking
from samskapa.listen.surveys.queries import answers_of, answers_so_far, asking_with, in_words, shipped, spec_of
from samskapa.listen.surveys.services import ask, hand_in, make_set
from tests.factories.organisations import NOW, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@dataclass
class Assignment:
    """What the other app has."""

    pk: int
    title: str
    unit: object


@pytest.fixture
def assignment():
    return Assignment(12, "Kallelsen till höftoperation", make_node())


def ask_both_sides(assignment, host, representative) -> Asking:
    return ask(
        make_set(shipped("closing"), by=SYSTEM, now=NOW),
        [Whom(person_id=host.pk, side="host"), Whom(person_id=representative.pk, side="representative")],
        key=f"assignments.closing:{assignment.pk}",
        thing=f"assignments.assignment:{assignment.pk}",
        title=assignment.title,
        node=assignment.unit,
        mode=Mode.NAMED,
        by_mail=False,
        by=SYSTEM,
        now=NOW,
    )


def page(asking: Asking, actor: Actor, posted: str | None = None) -> SheetForm:
    """What the view of the other app does; `posted` is what the browser sends."""
    asked = access.asked_for(actor, asking)
    answers = answers_so_far(asked)
    words = in_words(spec_of(asking.set_version), side=asked.side, language="sv")
    form = SheetForm(QueryDict(posted) if posted else None, worded=words.questions, answers=answers)
    if form.is_valid():
        hand_in(asked, form.given, based_on=form.based_on, by=actor, now=NOW)
    return form


def test_both_sides_answer_on_the_others_page_and_it_reads_what_each_said(assignment):
    host, anna = make_person("Ulla"), make_person("Anna")
    asking = ask_both_sides(assignment, host, anna)
    assert ask_both_sides(assignment, host, anna) == asking == asking_with("assignments.closing:12")
    with override("sv"):
        shown = page(asking, Actor(person_id=anna.pk))
        assert [shown.fields[f"q_{key}"].label for key in shown.keys][:2] == [
            "Fick du påverka så mycket som ni kom överens om?",
            "Blev du lyssnad på?",
        ]
        assert (
            shown.fields["q_material_why"].help_text
            == "Bara om du svarade ”Nej” på ”Fick du det du skulle läsa i god tid?”"
        )
        page(asking, Actor(person_id=anna.pk), "q_heard=4&q_material=yes&q_material_why=Sent&q_words=Tack")
        page(asking, Actor(person_id=host.pk), "q_heard=5&q_again=dont_know")
    assert [each.answers for each in answers_of(asking, "representative")] == [
        {"heard": "4", "material": "yes", "words": "Tack"}
    ]
    assert [each.answers for each in answers_of(asking, "host")] == [{"heard": "5", "again": "dont_know"}]
    assert (
        list(Event.objects.filter(name="surveys.answered").values_list("payload__asking_key", flat=True))
        == ["assignments.closing:12"] * 2
    )
    drain(NOW)
    assert not OutboxMail.objects.exists()


def test_nobody_else_finds_the_questions_and_nothing_or_a_clash_is_told(assignment):
    host, anna = make_person(), make_person()
    asking = ask_both_sides(assignment, host, anna)
    with pytest.raises(Http404):
        page(asking, Actor(person_id=make_person().pk))
    with pytest.raises(NothingAnswered):
        page(asking, Actor(person_id=anna.pk), "q_heard=")
    opened = page(asking, Actor(person_id=anna.pk))
    marks = "&".join(f"{opened[name].html_name}={opened[name].value()}" for name in opened.fields if name[:3] == "on_")
    page(asking, Actor(person_id=anna.pk), f"q_words=ett&{marks}")
    with pytest.raises(ChangedMeanwhile) as clash:
        page(asking, Actor(person_id=anna.pk), f"q_words=tv%C3%A5&{marks}")
    assert clash.value.theirs == {"words": "ett"}


def test_a_coordinator_who_helps_somebody_answers_in_their_place(assignment):
    host, anna = make_person(), make_person()
    asking = ask_both_sides(assignment, host, anna)
    page(asking, Actor(person_id=make_person().pk, for_person_id=anna.pk), "q_heard=3")
    assert [each.asked.person for each in answers_of(asking)] == [anna]
