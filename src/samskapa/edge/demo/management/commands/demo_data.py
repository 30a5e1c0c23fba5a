"""`samskapa demo_data`: makes the made-up region and says whom one may try."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from samskapa.edge.demo.domain import PEOPLE, STAGES
from samskapa.edge.demo.services import build_demo


class Command(BaseCommand):
    help = "Makes the demo's region, people and assignments. Only in demo mode."

    def add_arguments(self, parser):
        parser.add_argument("--stage", default="", choices=["", *STAGES], help="how far one extra assignment has come")

    def handle(self, *args, stage: str, **options):
        if not settings.DEMO:
            raise CommandError("Only in demo mode (SAMSKAPA_DEMO=1).")
        with translation.override("sv"):
            build_demo(now=timezone.now(), stage=stage)
        self.stdout.write(f"På {settings.SITE_URL}/demo/ kan du kliva in som:")
        for persona in PEOPLE:
            self.stdout.write(f"  {persona.name}: {persona.about}")
