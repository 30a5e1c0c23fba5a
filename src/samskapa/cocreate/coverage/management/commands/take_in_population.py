"""`samskapa take_in_population FILE --source WORDS`: a newer table of the population, from SCB's own file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.cocreate.coverage.domain import NothingRead, NotPopulation
from samskapa.cocreate.coverage.services import take_in_file
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.documents.domain import NotClean
from samskapa.ground.documents.forms import table_received


class Command(BaseCommand):
    help = "Take in a table of the population, all of it or nothing. Rows that are wrong are listed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the figures come from, as it is shown")

    def handle(self, *args, **options):
        path: Path = options["file"]
        try:
            file = table_received(path.name, path.read_bytes(), most_bytes=settings.FILES_MOST_BYTES)
            tables, parsed = take_in_file(file, source=options["source"], by=SYSTEM, now=timezone.now())
        except NothingRead as problem:
            for fault in problem.args[0].faults:
                self.stderr.write(f"{fault.line}: {fault.why.value} {fault.said}")
            raise CommandError("nothing was taken in") from problem
        except (NotPopulation, NotClean, OSError) as problem:
            raise CommandError(f"nothing was taken in: {type(problem).__name__} {problem}".strip()) from problem
        for table in tables:
            self.stdout.write(f"{table.year} taken in")
        self.stdout.write(f"{parsed.left_out} rows not needed")
