"""News: in the transaction of what happened, turned into jobs once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from samskapa.ground.core.domain import NobodyListens, OutsideTransaction
from samskapa.ground.core.models import AuditEntry, Event
from samskapa.ground.core.services import drain, publish
from samskapa.ground.core.services.news import relay

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_news_becomes_every_job_that_the_table_lists_with_the_payload():
    publish("tests.two", now=NOW, number=4)

    done = drain(NOW)

    assert done == {"news": 1, "jobs": 2}
    assert sorted(AuditEntry.objects.values_list("action", "details__number")) == [
        ("tests.noted", 4),
        ("tests.noted_too", 4),
    ]


@pytest.mark.django_db
def test_news_is_relayed_once():
    event = publish("tests.one", now=NOW, number=4)

    assert [relay(now=NOW), relay(now=NOW)] == [1, 0]

    event.refresh_from_db()
    assert event.handled_at == NOW
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_is_told_once_and_another_name_may_use_it():
    first = publish("tests.one", now=NOW, key="need-3", number=3)
    again = publish("tests.one", now=NOW, key="need-3", number=3)
    other = publish("tests.two", now=NOW, key="need-3", number=3)
    publish("tests.one", now=NOW, number=3)
    publish("tests.one", now=NOW, number=3)

    assert first == again != other
    assert Event.objects.count() == 4


@pytest.mark.django_db
def test_news_that_has_no_row_in_the_table_is_refused():
    with pytest.raises(NobodyListens, match=r"tests\.unheard"):
        publish("tests.unheard", now=NOW)


@pytest.mark.django_db
def test_an_empty_row_says_that_nobody_listens_yet():
    publish("tests.nobody", now=NOW)

    assert drain(NOW) == {"news": 1}


@pytest.mark.django_db(transaction=True)
def test_news_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        publish("tests.one", now=NOW, number=1)


@pytest.mark.django_db
def test_a_reaction_that_cannot_be_enqueued_holds_up_no_other_news(settings):
    settings.REACTIONS = {**settings.REACTIONS, "tests.broken": ["tests.ground.core.listeners.gone"]}
    broken = publish("tests.broken", now=NOW)
    publish("tests.one", now=NOW, number=1)

    assert drain(NOW) == {"news": 1, "jobs": 1}

    broken.refresh_from_db()
    assert broken.handled_at is None


@pytest.mark.django_db
def test_news_whose_row_was_taken_away_before_it_was_relayed_waits_for_the_row(settings):
    publish("tests.one", now=NOW, number=1)
    reactions, settings.REACTIONS = settings.REACTIONS, {}

    assert drain(NOW) == {}

    settings.REACTIONS = reactions
    assert drain(NOW) == {"news": 1, "jobs": 1}


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_neither_trail_nor_news_nor_mail():
    from samskapa.ground.core.domain import SYSTEM
    from samskapa.ground.core.models import OutboxMail
    from samskapa.ground.core.services import queue_mail, record

    with transaction.atomic():
        record("tests.before", by=SYSTEM, at=NOW)
        publish("tests.one", now=NOW, number=1)
        queue_mail("tests/hello", to=1, key="k", now=NOW, title="x", path="/")
        transaction.set_rollback(True)

    assert (AuditEntry.objects.count(), Event.objects.count(), OutboxMail.objects.count()) == (0, 0, 0)
    assert drain(NOW) == {}
