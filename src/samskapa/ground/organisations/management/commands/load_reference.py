"""`samskapa load_reference`: the nation, regions, municipalities and patient organisations, once or again."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.services import load_reference


class Command(BaseCommand):
    help = "Load the regions, municipalities and patient organisations. Run again, it corrects what differs."

    def handle(self, *args, **options):
        counts = load_reference(by=SYSTEM, now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{counts[what]} {what}" for what in ("made", "changed", "same")))
