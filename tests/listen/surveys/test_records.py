"""The documents that arise when people are asked, for somebody who asks to read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.documents.domain.records import Way
from samskapa.listen.surveys.domain import Mode
from samskapa.listen.surveys.queries.records import survey_records
from samskapa.listen.surveys.services import close, hand_in, tell_results
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.surveys import answer_all, make_asking, person_asked

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def records(tree, since=NOW, until=NOW + 10 * HOUR):
    with override("sv"):
        return survey_records(tree.region.path, since, until)


def test_a_round_is_a_document_when_it_is_asked_and_when_it_is_over_and_each_sheet_by_name_is_one(tree):
    anna = make_person("Anna Ek")
    named = make_asking([person_asked(anna, "host")], set_key="closing", mode=Mode.NAMED, node=tree.unit)
    hand_in(named.asked.get(), {"heard": "4", "words": "Ring mig"}, by=SYSTEM, now=NOW + HOUR)
    close(named, by=SYSTEM, now=NOW + 2 * HOUR)
    make_asking(1, node=tree.unit_elsewhere)
    found = records(tree)
    assert [(each.ref, each.way, each.who, each.person_id) for each in found] == [
        (str(named.pk), Way.OUT, "Medicinkliniken", None),
        (f"{named.pk}-{named.asked.get().pk}", Way.IN, "Anna Ek", anna.pk),
        (f"{named.pk}-R", Way.MADE, "Medicinkliniken", None),
    ]
    assert [(passage.label, passage.text) for passage in found[1].passages] == [
        ("Lyssnade ni på patientföreträdarna?", "4"),
        ("Vad vill du säga med egna ord?", "Ring mig"),
    ]
    assert records(tree, since=NOW + HOUR, until=NOW + 2 * HOUR) == found[1:2]


def test_anonymous_answers_stand_in_what_came_out_of_it_alone_and_only_of_enough(tree):
    asking = make_asking(6, node=tree.unit)
    answer_all(asking, [{"said": "3", "next_time": word} for word in "edcba"] + [{"followed": "no"}])
    close(asking, by=SYSTEM, now=NOW + HOUR)
    tell_results(asking, words="Vi börjar senare.", by=SYSTEM, now=NOW + HOUR)
    begun, over = records(tree)
    assert "Kunde du säga det du ville?" in begun.passages[1].text
    texts = {str(passage.label): passage.text for passage in over.passages}
    assert texts["Vad svaren ledde till"] == "Vi börjar senare."
    wishes = texts["Alla som var med: Vad ska vi göra annorlunda nästa gång?"]
    assert wishes == "5 har skrivit med egna ord.\na\nb\nc\nd\ne"
    assert not any("hänga med" in label for label in texts)
    assert records(tree) == [begun, over]  # the same each time it is read
