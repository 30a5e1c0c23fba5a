"""`samskapa worker`: does what was put off until after commit."""

from __future__ import annotations

import signal

from django.core.management.base import BaseCommand

from samskapa.ground.core.services import Worker


class Command(BaseCommand):
    help = "Turn news into jobs, run jobs, send mail, keep the schedule. Several may run at once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--drain", action="store_true", help="do everything that is due now, then exit")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks when idle (1)")

    def handle(self, *, drain: bool, interval: float, **options) -> None:
        worker = Worker(interval=interval)
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        done = worker.run(until_drained=drain)
        if drain:
            self.stdout.write(" ".join(f"{what}={count}" for what, count in sorted(done.items())) or "nothing was due")
