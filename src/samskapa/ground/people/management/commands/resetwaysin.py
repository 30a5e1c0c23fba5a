"""`samskapa resetwaysin EMAIL`: for somebody who has lost phone and reserve codes."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.people.domain import normal_address
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import reset_ways_in


class Command(BaseCommand):
    help = (
        "Take away a person's passkeys, app, reserve codes and e-IDs, and log them out everywhere. They get a mail, "
        "log in with a code, and add a new one. First make sure, by seeing or calling them, that it is they who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email: str, **options):
        person = Person.objects.filter(email__iexact=normal_address(email)).first()
        if person is None:
            raise CommandError(f"nobody has the address {email}")
        reset_ways_in(person, by=SYSTEM, now=timezone.now())
        self.stdout.write("Done. The person logs in with a code by mail and adds a new way in.")
