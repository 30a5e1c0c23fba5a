"""One step of the worker, the loop around it, and the same step run until nothing is due."""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from traceback import extract_tb
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from ..domain import BeingRestored
from ..models import WorkerBeat
from .chain import link_all
from .connections import let_go
from .jobs import reap, run_one, tick
from .mail import send_one
from .maintenance import at_work
from .news import relay

log = logging.getLogger("samskapa.worker")

#: Seconds a worker rests at most while the database stays away.
LONGEST_REST = 10.0
#: Seconds between two looks for rows of the trail that are not in the chain yet, however much else is to be done.
LINKING = 1.0


def step(*, worker_id: str, now: datetime, reaping: bool = True) -> Counter[str]:
    """Do one of each thing that is due; returns what was done. Nothing done: nothing is due.

    reaping: also look for jobs of dead workers, which need not be done at every step.
    """
    done = Counter(
        reaped=reap(worker_id=worker_id, now=now) if reaping else 0,
        scheduled=tick(now=now),
        news=relay(now=now),
        mails=int(send_one(worker_id=worker_id, now=now)),
        jobs=int(run_one(worker_id=worker_id, now=now)),
    )
    return +done


def drain(now: datetime | None = None) -> Counter[str]:
    """Run everything that is due, in this process, until nothing is; returns the counts.

    now: a fixed moment; else the clock. Keys: news, jobs, mails, scheduled, reaped.
    """
    worker_id, total = f"drain-{uuid4().hex}", Counter[str]()
    beat(worker_id, now=now or timezone.now())
    try:
        while done := step(worker_id=worker_id, now=now or timezone.now()):
            total += done
        link_all(now=now or timezone.now())
        return total
    finally:
        WorkerBeat.objects.filter(worker_id=worker_id).delete()


def beat(worker_id: str, *, now: datetime) -> None:
    """Show that this worker is alive."""
    if not WorkerBeat.objects.filter(worker_id=worker_id).update(seen_at=now):
        WorkerBeat.objects.create(worker_id=worker_id, started_at=now, seen_at=now)


class Worker:
    """The loop of `samskapa worker`. Several may run at once, on one machine or many."""

    def __init__(self, *, interval: float = 1.0) -> None:
        self.worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid4().hex[:12]}"
        self.interval = interval
        self.stopping = False
        self._wake_read, self._wake_write = os.pipe()
        self._leaving = threading.Event()
        self._trouble = 0
        self._reap_at = 0.0
        self._link_at = 0.0

    def run(self, *, until_drained: bool = False) -> Counter[str]:
        """Work until told to stop, or until nothing is due; returns the counts."""
        total = Counter[str]()
        heart = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)
        heart.start()
        log.info("worker started worker=%s", self.worker_id)
        while not self.stopping:
            done = self._step()
            if done is None:
                continue
            total += done
            if not done:
                if until_drained:
                    break
                let_go()
                self._rest(self.interval)
        self._leaving.set()
        heart.join(timeout=5)
        self._say_goodbye()
        log.info("worker stopped worker=%s done=%s", self.worker_id, dict(total))
        return total

    def _step(self) -> Counter[str] | None:
        """One step; None when it came to grief, after a rest that grows with each time in a row."""
        started = time.monotonic()
        reaping = self._trouble > 0 or started >= self._reap_at
        try:
            with at_work():
                done = step(worker_id=self.worker_id, now=timezone.now(), reaping=reaping)
                if not done or started >= self._link_at:
                    link_all(now=timezone.now())
                    self._link_at = started + LINKING
        except BeingRestored:
            log.info("waits while a backup is put back worker=%s", self.worker_id)
            let_go()
            self._rest(self.interval)
            return None
        except Exception as error:
            # Most often the database is away or locked. What we had in hand is found again by lease,
            # heartbeat, or our own next look. We log the error's place, not its words: those may hold
            # what somebody wrote.
            self._trouble += 1
            where = extract_tb(error.__traceback__)[-1]
            log.error(
                "step failed worker=%s error=%s at=%s:%s",
                self.worker_id,
                type(error).__name__,
                where.name,
                where.lineno,
            )
            let_go()
            self._rest(min(0.1 * 2**self._trouble, LONGEST_REST))
            return None
        self._trouble = 0
        if reaping:
            self._reap_at = started + settings.WORKER_DEAD_AFTER / 6
        return done

    def stop(self, signum: int, frame: object) -> None:
        """Finish what is in hand and leave. Asked twice, leave at once."""
        if self.stopping:
            signal.signal(signum, signal.SIG_DFL)
            os.kill(os.getpid(), signum)
        self.stopping = True
        os.write(self._wake_write, b".")

    def _rest(self, seconds: float) -> None:
        # A pipe, because a signal does not cut short a plain sleep.
        select.select([self._wake_read], [], [], seconds)

    def _beat_on(self) -> None:
        pause = settings.WORKER_DEAD_AFTER / 6
        while True:
            try:
                with at_work():
                    beat(self.worker_id, now=timezone.now())
            except BeingRestored:
                pass  # nobody asks for signs of life meanwhile
            except (DatabaseError, InterfaceError) as error:
                log.warning("heartbeat missed worker=%s error=%s", self.worker_id, type(error).__name__)
            finally:
                let_go()
            if self._leaving.wait(pause):
                return

    def _say_goodbye(self) -> None:
        try:
            WorkerBeat.objects.filter(worker_id=self.worker_id).delete()
            stale = timezone.now() - timedelta(days=1)
            WorkerBeat.objects.filter(seen_at__lt=stale).delete()
        except (DatabaseError, InterfaceError):
            log.warning("no goodbye worker=%s", self.worker_id)
        finally:
            let_go()
