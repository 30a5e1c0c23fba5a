"""`samskapa load_population`: the figures of the population that come with the program, once or again."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from samskapa.cocreate.coverage.services import load_shipped
from samskapa.ground.core.domain import SYSTEM


class Command(BaseCommand):
    help = "Load the figures of the population that come with the program. Run again, it changes nothing."

    def handle(self, *args, **options):
        tables = load_shipped(by=SYSTEM, now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{len(tables)} made")
