"""What the machine that watches over the service may count (Prometheus): requests by route, and the work that waits.

Routes, states and numbers only: no address, no id and no name, for they would make every person a time series.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from samskapa.ground.core import queries as core

#: One series for each route and answer; `serve` has every process of the server write to one folder.
REQUESTS = Histogram(
    "samskapa_request_seconds",
    "Seconds in the server, by route and status.",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
#: What a browser may call its request; everything else is counted together, or a stranger could fill the memory.
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """One request that has been answered."""
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).observe(seconds)


class Work(Collector):
    """What waits, what failed and who works, asked of the database at `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waits = core.waiting(now=self.now)
        due = GaugeMetricFamily("samskapa_due", "What is due and not yet done.", labels=["kind"])
        for kind, number in (("news", waits.news), ("mail", waits.mails), ("job", waits.jobs)):
            due.add_metric([kind], number)
        yield due
        age = (self.now - waits.oldest_at).total_seconds() if waits.oldest_at else 0
        yield GaugeMetricFamily("samskapa_due_oldest_seconds", "How long the oldest of it has waited.", value=age)
        yield GaugeMetricFamily("samskapa_workers", "Workers that have given a sign of life.", value=waits.workers)
        held = sum(each.count for each in core.held_mails())
        yield GaugeMetricFamily("samskapa_mail_held", "Mail held back since a backup was put back.", value=held)
        failed = GaugeMetricFamily("samskapa_failed", "What will not be tried again by itself.", labels=["kind"])
        failed.add_metric(["mail"], core.failed_mails().count())
        failed.add_metric(["job"], core.count_failed_jobs())
        yield failed
        yield GaugeMetricFamily(
            "samskapa_trail_unlinked", "Rows of the trail outside its chain.", value=core.count_unlinked()
        )


def written(now: datetime) -> bytes:
    """All of it, in the text format of Prometheus."""
    work = CollectorRegistry(auto_describe=False)
    work.register(Work(now))
    if settings.METRICS_FOLDER:
        MultiProcessCollector(work)
        return generate_latest(work)
    return generate_latest(work) + generate_latest(REGISTRY)
