"""What a person is told of the mail to them: each way that it can have gone has its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from samskapa.edge.my_data.queries import mail_rows_of
from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.services import queue_mail
from samskapa.ground.notices.services import choose_for_matter, gather_due
from tests.factories.people import make_person

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_mail_that_was_gathered_or_kept_is_told_with_the_rest():
    person = make_person()
    by = Actor(person_id=person.pk)
    choose_for_matter(person, "application_news", "a:1", Pace.NEVER, by=by, now=NOW)
    for key in ("a:1", "a:2"):
        queue_mail(
            "assignments/moved", to=person.pk, key=key, now=NOW, matter=key, title="T", path="/x/",
            closes_on="2026-12-01", answer_by="2026-12-15",
        )  # fmt: skip
    gather_due(by=SYSTEM, now=NOW + timedelta(days=2))
    states = [fact.value for row in mail_rows_of(person.pk) for fact in row.facts if fact.key == "state"]
    assert [str(state) for state in states] == [
        "Inte mejlat, så som du har valt",
        "Skickat tillsammans med annat",
        "Väntar på att skickas",
    ]
