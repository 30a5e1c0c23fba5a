"""Two workers at once, each with its own connection: everything happens once."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from samskapa.ground.core.models import AuditEntry, Event, OutboxMail, Slot
from samskapa.ground.core.services import publish, queue_mail
from samskapa.ground.core.services.jobs import run_one, tick
from samskapa.ground.core.services.mail import send_one
from samskapa.ground.core.services.news import relay
from tests.ground.core import listeners

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, workers=4):
    """Run `work(name)` in several threads that start together; returns what they returned."""
    start, results, faults = threading.Barrier(workers), [], []

    def run(name):
        try:
            start.wait(timeout=10)
            results.append(work(name))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"worker-{number}",)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    return results


def until_nothing(step):
    return lambda name: sum(1 for _ in iter(lambda: step(name), False))


def test_each_piece_of_news_becomes_its_jobs_once():
    with transaction.atomic():
        for number in range(40):
            publish("tests.two", now=NOW, number=number)

    handled = at_once(lambda name: relay(now=NOW))

    assert sum(handled) == 40
    assert Event.objects.filter(handled_at=None).count() == 0
    told = Counter(
        (row.task_path.rpartition(".")[2], row.args_kwargs["kwargs"]["number"]) for row in DBTaskResult.objects.all()
    )
    assert told == {(name, number): 1 for name in ("note", "note_too") for number in range(40)}


def test_each_job_runs_once():
    for number in range(20):
        listeners.note.enqueue(number=number)

    ran = at_once(until_nothing(lambda name: run_one(worker_id=name, now=NOW)))

    assert sum(ran) == 20
    assert sorted(AuditEntry.objects.values_list("details__number", flat=True)) == list(range(20))


def test_each_mail_leaves_once(letters):
    for number in range(20):
        queue_mail("tests/hello", to=1, key=f"k{number}", now=NOW, title="x", path="/")

    sent = at_once(until_nothing(lambda name: send_one(worker_id=name, now=NOW)))

    assert sum(sent) == 20
    assert len(letters()) == 20
    assert set(OutboxMail.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_the_same_mail_queued_by_many_at_once_is_one_row():
    mails = at_once(lambda name: queue_mail("tests/hello", to=1, key="k", now=NOW, title="x", path="/").pk)

    assert len(set(mails)) == 1
    assert OutboxMail.objects.count() == 1


def test_the_same_keyed_news_told_by_many_at_once_is_one_row():
    def tell(name):
        with transaction.atomic():
            return publish("tests.one", now=NOW, key="k", number=1).pk

    assert len(set(at_once(tell))) == 1


def test_a_scheduled_job_is_enqueued_once_per_slot_whatever_the_number_of_workers(settings):
    settings.SCHEDULE = ["tests.ground.core.listeners.each_minute"]

    assert sum(at_once(lambda name: tick(now=NOW))) == 1
    assert (DBTaskResult.objects.count(), Slot.objects.count()) == (1, 1)
