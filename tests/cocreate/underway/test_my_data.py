"""A person's own words in the work: shown, blanked, and a yes taken back. And a public body's documents."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samskapa.cocreate.underway.domain import Side
from samskapa.cocreate.underway.models import Confirmation, Contribution, Credit, Outcome, Promise, TimeNote
from samskapa.cocreate.underway.queries.my_data import consents_of, work_rows_of
from samskapa.cocreate.underway.queries.promises import promise_rows
from samskapa.cocreate.underway.queries.records import (
    check_in_records,
    contribution_records,
    telling_records,
    time_records,
)
from samskapa.cocreate.underway.services import my_data
from samskapa.cocreate.underway.services.checking_in import say_promises
from samskapa.cocreate.underway.services.closing import say_credit
from samskapa.ground.core.domain import BLANKED, SYSTEM
from samskapa.ground.people.domain.my_data import NotGiven
from tests.factories.assignments import representative_of
from tests.factories.underway import BEGUN, answer, confirm, contribute, note, tell, under_way

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def worked():
    """Two who have contributed, said of a promise, answered and said yes to their names."""
    found = under_way(2)
    for number, agreement in enumerate(found):
        answer(contribute(agreement, f"Bidrag {number}"), "partly", f"Skäl {number}")
        line = promise_rows(agreement)[0].line_id
        said = {line: ("no", f"Löfte {number}")}
        say_promises(agreement, said=said, side=Side.PERSON, by=representative_of(agreement), now=BEGUN)
        note(agreement, "travel", 7 + number)
        say_credit(agreement, wants=True, by=representative_of(agreement), now=BEGUN)
    tell(found[0])
    for number, agreement in enumerate(found):
        confirm(agreement, "partly", f"Ord {number}")
    return found


def texts(rows) -> str:
    return str([[fact.value for fact in row.facts] for row in rows])


def test_ones_own_words_are_shown_and_nobody_elses(worked):
    one, _two = worked
    found = texts(work_rows_of(one.application.person_id))
    assert all(word in found for word in ("Bidrag 0", "Skäl 0", "Löfte 0", "Ord 0"))
    assert "'Resa', 105" in found
    assert "'Resa', 120" not in found
    assert not any(word in found for word in ("Bidrag 1", "Löfte 1", "Ord 1"))


def test_forgotten_loses_the_words_and_the_name_and_keeps_that_it_was_and_what_the_unit_wrote(worked):
    one, two = worked
    for _twice in range(2):
        my_data.blank_work_of(one.application.person_id, by=SYSTEM, now=BEGUN + DAY)
    assert list(Contribution.objects.order_by("agreement").values_list("text", flat=True)) == [BLANKED, "Bidrag 1"]
    assert list(Promise.objects.order_by("agreement").values_list("kept", "word")) == [
        ("no", BLANKED),
        ("no", "Löfte 1"),
    ]
    given = Confirmation.objects.order_by("agreement").values_list("answer", "word")
    assert list(given) == [("partly", BLANKED), ("partly", "Ord 1")]
    assert list(Credit.objects.order_by("agreement").values_list("wants", flat=True)) == [False, True]
    assert set(Outcome.objects.values_list("reason", flat=True)) == {"Skäl 0", "Skäl 1"}
    # The time names nobody and stays, as the rows of config/personal_data.py say.
    assert list(TimeNote.objects.order_by("agreement").values_list("quarters", flat=True)) == [7, 8]
    assert two.pk != one.pk


def test_the_name_is_taken_back_by_whose_it_is_alone(worked):
    one, two = worked
    (consent,) = consents_of(one.application.person_id)
    taken = {"key": consent.key, "thing_id": consent.thing_id, "by": SYSTEM, "now": BEGUN}
    with pytest.raises(NotGiven):
        my_data.take_back(two.application.person_id, **taken)
    my_data.take_back(one.application.person_id, **taken)
    assert consents_of(one.application.person_id) == []
    with pytest.raises(NotGiven):
        my_data.take_back(one.application.person_id, **taken)


def test_a_public_body_finds_every_document_of_its_own_and_no_others(worked):
    path, since, until = worked[0].root.area.path, BEGUN - DAY, BEGUN + 60 * DAY
    found = contribution_records(path, since, until)
    assert [record.way.value for record in found].count("in") == 2
    assert [record.way.value for record in found].count("out") == 2
    assert len(check_in_records(path, since, until)) == 2
    times = time_records(path, since, until)
    assert [[said.text for said in record.passages][1:] for record in times] == [
        ["Resa", "105 minuter"],
        ["Resa", "2 timmar"],
    ]
    told = telling_records(path, since, until)
    assert told[0].who == "Alla"
    assert len(told) == 3
    for rows in (contribution_records, check_in_records, time_records, telling_records):
        assert rows("annan/", since, until) == []
        assert rows(path, until, until + DAY) == []
