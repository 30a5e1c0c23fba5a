"""The worker as a process: what a kill, a signal and an absent database do to it, one at a time."""

from __future__ import annotations

import signal
import sqlite3
from time import monotonic, sleep

import psycopg
import pytest

#: Seconds that a worker on a busy machine may take for a thing.
PATIENCE = 60

pytestmark = pytest.mark.soak


def until(what, is_true):
    """Wait until `is_true()`; polls, because what is waited for happens in another process."""
    give_up_at = monotonic() + PATIENCE
    while not is_true():
        assert monotonic() < give_up_at, f"not within {PATIENCE} s: {what}"
        sleep(0.05)


def jobs(house):
    return house.counts("django_tasks_database_dbtaskresult", "status")


def write(house, first=1, count=1):
    house.run("-m", "tests.soak.once", "write", str(first), str(count))


def test_a_worker_killed_between_the_sending_and_the_mark_sends_the_same_letter_again(house):
    write(house)
    dying = house.start("dying", "-m", "tests.soak.once", "die_before_mark")
    assert dying.wait(timeout=PATIENCE) == -signal.SIGKILL
    assert len(house.letters()) == 1
    assert house.counts("core_outboxmail", "state") == {"waiting": 1}

    house.start_worker("worker-1")
    house.start_worker("worker-2")
    until("both mails sent", lambda: house.counts("core_outboxmail", "state") == {"sent": 2})

    assert house.counts("core_outboxmail", "attempts") == {1: 1, 2: 1}
    assert house.letters() == sorted(row[0] for row in house.rows("SELECT message_id FROM core_outboxmail"))


def test_a_job_that_kills_its_worker_three_times_fails_and_the_others_go_on(house):
    house.run("-m", "tests.soak.once", "enqueue_killer")
    for death in range(3):
        process = house.start(
            f"worker-{death}", "-m", "samskapa.config.cli", "worker", "--interval", "0.1", "--skip-checks"
        )
        assert process.wait(timeout=PATIENCE) == -signal.SIGKILL
    write(house)

    house.start_worker("worker-4")

    until("the killer failed", lambda: jobs(house) == {"FAILED": 1, "SUCCESSFUL": 2})


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_finishes_what_is_in_hand_and_leaves(house, asked):
    house.run("-m", "tests.soak.once", "enqueue_slow")
    worker = house.start_worker("worker")
    until("the slow job begun", lambda: "job started" in house.printed("worker", "err"))

    worker.send_signal(asked)

    assert worker.wait(timeout=10) == 0
    assert jobs(house) == {"SUCCESSFUL": 1}
    assert "worker stopped" in house.printed("worker", "err")


def test_it_goes_on_when_the_database_was_away(house):
    worker = house.start_worker("worker")
    house.wait_until_up("worker")

    if house.database_url.startswith("sqlite"):
        other = sqlite3.connect(house.database_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        until("the heartbeat found it locked", lambda: "heartbeat missed" in house.printed("worker", "err"))
        other.execute("ROLLBACK")
        other.close()
    else:
        with psycopg.connect(house.database_url, autocommit=True) as other:
            for _ in range(5):
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                sleep(0.2)
    write(house)

    until("the work done", lambda: house.counts("core_outboxmail", "state") == {"sent": 2})
    assert worker.poll() is None


def test_drain_does_what_is_due_and_says_what_it_did(house):
    write(house, count=3)

    assert house.drain() == "jobs=6 mails=6 news=3\n"
    assert house.drain() == "nothing was due\n"
