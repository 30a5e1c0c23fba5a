"""Jobs: tried again, taken back from the dead, run once per slot, and visible when they fail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samskapa.config import reactions
from samskapa.ground.core import jobs as core_jobs
from samskapa.ground.core.apps import mail_has_a_way_out, tables_of_config_are_true
from samskapa.ground.core.domain import SYSTEM, NotFailed, job_wait, slot_of
from samskapa.ground.core.models import AuditEntry, Event, Slot, WorkerBeat
from samskapa.ground.core.queries import Waiting, failed_jobs, waiting
from samskapa.ground.core.services import drain, every, publish, run_again
from samskapa.ground.core.services import jobs as machinery
from samskapa.ground.core.services.worker import beat
from tests.ground.core import listeners

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def the_job():
    return DBTaskResult.objects.get()


def done():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_job_gets_its_arguments_and_the_moment():
    listeners.note.enqueue(number=3)

    assert drain(NOW) == {"jobs": 1}

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details, entry.at) == ("tests.noted", {"number": 3}, NOW)
    assert the_job().status == TaskResultStatus.SUCCESSFUL


def test_a_job_called_directly_has_its_own_moment():
    listeners.note.call(number=3)

    assert done() == ["tests.noted"]


@pytest.mark.django_db(transaction=True)
def test_a_job_enqueued_in_what_is_rolled_back_never_runs():
    with transaction.atomic():
        listeners.note.enqueue(number=3)
        transaction.set_rollback(True)

    assert drain(NOW) == {}


def test_a_job_that_fails_is_tried_again_at_exact_moments_and_then_shown_to_the_operator():
    listeners.stumble.enqueue(number=7)

    assert drain(NOW) == {"jobs": 1}
    for at in [NOW + 10 * SECOND, NOW + 50 * SECOND]:
        assert drain(at - timedelta(microseconds=1)) == {}
        assert drain(at) == {"jobs": 1}

    assert drain(NOW + timedelta(days=1)) == {}
    assert done() == []  # what it wrote went with it
    (failed,) = failed_jobs()
    assert (failed.path, failed.arguments, failed.attempts) == (
        "tests.ground.core.listeners.stumble", {"number": 7}, 3,
    )  # fmt: skip
    assert (failed.error, failed.said) == ("ValueError", "number 7")


def test_attempts_and_the_last_error_are_visible_meanwhile():
    listeners.stumble.enqueue(number=7)

    drain(NOW)

    row = the_job()
    assert (row.status, len(row.worker_ids), row.run_after) == ("READY", 1, NOW + 10 * SECOND)
    assert row.exception_class_path == "builtins.ValueError"


def test_job_waits_grow_fourfold_and_end_at_six_hours():
    waits = [job_wait(n, first=10 * SECOND) for n in range(1, 8)]

    assert [wait.total_seconds() for wait in waits] == [10, 40, 160, 640, 2560, 10240, 21600]


def test_the_operator_lets_a_failed_job_start_over_with_all_its_attempts():
    listeners.stumble.enqueue(number=7)
    for minute in range(3):
        drain(NOW + timedelta(minutes=minute))
    (failed,) = failed_jobs()

    run_again(str(failed.id), by=SYSTEM, now=NOW + timedelta(hours=1))

    assert (failed_jobs(), the_job().worker_ids, the_job().status) == ([], [], "READY")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id) == ("core.job_run_again", str(failed.id))
    drain(NOW + timedelta(hours=1))
    assert len(the_job().worker_ids) == 1


def test_what_has_not_failed_is_not_run_again():
    listeners.note.enqueue(number=1)

    with pytest.raises(NotFailed):
        run_again(str(the_job().pk), by=SYSTEM, now=NOW)


def claimed_by_the_dead(number=1, worker="dead"):
    listeners.note.enqueue(number=number)
    beat(worker, now=NOW)
    return machinery._claim(worker, NOW)


def test_a_job_whose_worker_fell_silent_is_run_again(settings):
    claimed_by_the_dead()
    after = NOW + timedelta(seconds=settings.WORKER_DEAD_AFTER)

    assert drain(after) == {}
    assert drain(after + SECOND) == {"reaped": 1, "jobs": 1}

    assert done() == ["tests.noted"]
    workers = the_job().worker_ids
    assert [worker.partition("-")[0] for worker in workers] == ["dead:dead", "drain"]


def test_a_long_job_of_a_living_worker_is_left_alone():
    claimed_by_the_dead(worker="alive")
    beat("alive", now=NOW + timedelta(hours=2) - SECOND)

    assert drain(NOW + timedelta(hours=2)) == {}


def test_a_job_whose_worker_never_gave_a_sign_is_run_again():
    claimed_by_the_dead()
    WorkerBeat.objects.all().delete()

    assert drain(NOW + timedelta(hours=1)) == {"reaped": 1, "jobs": 1}


def test_a_worker_finds_the_job_whose_end_it_could_not_write_down():
    claimed_by_the_dead(worker="me")

    assert machinery.reap(worker_id="me", now=NOW) == 1

    assert (the_job().status, the_job().worker_ids) == ("READY", ["me"])


def test_a_job_that_kills_its_worker_three_times_fails_visibly():
    at = NOW
    claimed_by_the_dead()
    for _ in range(2):
        at += timedelta(hours=1)
        assert machinery.reap(worker_id="me", now=at) == 1
        assert machinery._claim("dead", at) is not None
    machinery.reap(worker_id="me", now=at + timedelta(hours=1))

    (failed,) = failed_jobs()
    assert (failed.error, failed.attempts) == ("WorkerDied", 3)
    assert failed.said == "3 of 3 attempts ended with their worker"


def test_a_worker_thought_dead_does_not_overwrite_the_outcome_of_the_next():
    slow = claimed_by_the_dead(worker="slow")
    drain(NOW + timedelta(hours=1))

    machinery._finish(slow, "slow", NOW, ValueError("late"))

    assert the_job().status == TaskResultStatus.SUCCESSFUL


def test_a_worker_thought_dead_does_not_end_the_job_that_its_successor_is_running():
    slow = claimed_by_the_dead(worker="slow")
    later = NOW + timedelta(hours=1)
    machinery.reap(worker_id="next", now=later)
    machinery._claim("next", later)

    machinery._finish(slow, "slow", later, None)

    assert (the_job().status, the_job().worker_ids) == ("RUNNING", ["dead:slow", "next"])


def test_a_job_whose_code_is_gone_fails_visibly():
    listeners.note.enqueue(number=1)
    DBTaskResult.objects.update(task_path="tests.ground.core.listeners.gone")

    drain(NOW)

    assert [(failed.error, failed.attempts) for failed in failed_jobs()] == [("ImportError", 1)]


def test_a_scheduled_job_runs_once_per_slot(settings):
    settings.SCHEDULE = ["tests.ground.core.listeners.each_minute"]

    moments = [0, 1, 59, 60, 61, 185, 3600]
    runs = [drain(NOW + second * SECOND).get("jobs", 0) for second in moments]

    assert runs == [1, 0, 0, 1, 0, 1, 1]
    assert Slot.objects.get().last == slot_of(NOW + timedelta(hours=1), 60)


def test_every_goes_above_job():
    with pytest.raises(TypeError, match="@every goes above @job"):
        every(seconds=1, name="x")(lambda: None)


def test_finished_jobs_and_handled_news_are_forgotten_after_a_fortnight_but_keys_and_failures_stay():
    publish("tests.nobody", now=NOW)
    publish("tests.nobody", now=NOW, key="kept")
    listeners.note.enqueue(number=1)
    drain(NOW)
    listeners.stumble.enqueue(number=2)
    for minute in range(3):
        drain(NOW + timedelta(minutes=minute))
    DBTaskResult.objects.update(finished_at=NOW)

    core_jobs.tidy.call(now=NOW + timedelta(days=14))
    assert (DBTaskResult.objects.count(), Event.objects.count()) == (2, 2)

    core_jobs.tidy.call(now=NOW + timedelta(days=14) + SECOND)
    assert [row.status for row in DBTaskResult.objects.all()] == ["FAILED"]
    assert [event.key for event in Event.objects.all()] == ["kept"]


def test_the_operator_sees_what_waits_and_who_works():
    assert waiting(now=NOW) == Waiting(news=0, mails=0, jobs=0, oldest_at=None, workers=0)
    publish("tests.one", now=NOW, number=1)
    listeners.note.enqueue(number=1)
    DBTaskResult.objects.update(enqueued_at=NOW + SECOND)
    beat("alive", now=NOW)

    assert waiting(now=NOW) == Waiting(news=1, mails=0, jobs=1, oldest_at=NOW, workers=1)


def test_the_tables_of_config_are_checked(settings):
    settings.REACTIONS = {
        "a": ["tests.ground.core.listeners.gone"],
        "b": ["tests.ground.core.listeners.PEOPLE"],
    }
    settings.SCHEDULE = ["tests.ground.core.listeners.note"]
    settings.SLOTS = {"mail_recipient": "tests.nowhere"}

    found = [(problem.id, problem.msg) for problem in tables_of_config_are_true()]

    assert found == [
        ("core.E001", "REACTIONS: tests.ground.core.listeners.gone does not exist"),
        ("core.E002", "REACTIONS: tests.ground.core.listeners.PEOPLE is no @job"),
        ("core.E003", "SCHEDULE: tests.ground.core.listeners.note has no @every"),
        ("core.E001", "SLOTS: tests.nowhere does not exist"),
        *(("core.E004", f"{path} has @every but no row in SCHEDULE") for path in sorted(reactions.SCHEDULE)),
    ]


def test_two_scheduled_jobs_of_the_same_name_are_found(settings):
    settings.SCHEDULE = reactions.SCHEDULE + 2 * ["tests.ground.core.listeners.each_minute"]

    assert [problem.msg for problem in tables_of_config_are_true()] == ["SCHEDULE: two jobs are called tests.minute"]


@pytest.mark.parametrize(("url", "ids"), [("file:///tmp/mail", []), ("mail.example.org", ["core.E006"])])
def test_a_mail_address_that_is_not_understood_is_found_before_the_first_mail(settings, url, ids):
    settings.MAIL_URL = url

    assert [problem.id for problem in mail_has_a_way_out()] == ids


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_operators_list_costs_one_query_whatever_its_length(rows, django_assert_num_queries):
    failed = {
        "status": "FAILED",
        "finished_at": NOW,
        "run_after": NOW,
        "args_kwargs": {"args": [], "kwargs": {}},
    }
    DBTaskResult.objects.bulk_create(DBTaskResult(task_path="a.b", **failed) for _ in range(rows))

    with django_assert_num_queries(1):
        assert len(failed_jobs()) == rows


def test_a_job_keeps_its_own_name_and_path():
    assert listeners.note.module_path == "tests.ground.core.listeners.note"
