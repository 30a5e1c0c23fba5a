"""`samskapa retention`: what is due when; with --now it is carried out."""

from collections import Counter

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from samskapa.edge.my_data import queries, services


class Command(BaseCommand):
    help = (
        "List, kind by kind, what is blanked or deleted in the next 30 days because its time runs out. --now tells "
        "those whom it concerns and carries out what has been shown for long enough, as the worker does once a day."
    )

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="do now what the worker does once a day")

    def handle(self, *args, **options):
        now = timezone.now()
        with translation.override("en"):
            self._list(now)
        if options["now"]:
            told = services.tell_before(now=now)
            done = services.carry_out(now=now)
            services.let_go_of_ways_in(now=now)
            self.stdout.write(f"Told {told} persons. Done: {_counts(done) or 'nothing'}.")

    def _list(self, now):
        found = queries.plans(now=now)
        ripe = Counter(plan.kind.key for plan in found if plan.is_ripe(now))
        coming = Counter(plan.kind.key for plan in found if not plan.is_ripe(now))
        for kind in queries.kinds():
            line = f"{kind.key}: {queries.how_long(kind)}"
            if kind.retention:
                first = min(
                    (plan.on for plan in found if plan.kind.key == kind.key and not plan.is_ripe(now)), default=None
                )
                line += f" Due now: {ripe[kind.key]}. Within 30 days or so: {coming[kind.key]}"
                line += f", the first on {timezone.localtime(first):%Y-%m-%d}." if first else "."
            self.stdout.write(line)


def _counts(done):
    return ", ".join(f"{key} {count}" for key, count in sorted(done.items()))
