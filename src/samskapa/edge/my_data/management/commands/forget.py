"""`samskapa forget PERSON`: for somebody who cannot log in, and after a backup was restored."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from samskapa.edge.my_data import queries, services
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.people.domain import normal_address
from samskapa.ground.people.domain.my_data import StillOpen
from samskapa.ground.people.models import Person


class Command(BaseCommand):
    help = (
        "Blank everything about a person that the law does not want kept, at once and for good. Without --sure it only "
        "says what would end. First make sure, outside the service, that it is they who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("person", help="the e-mail address, or the number of the account")
        parser.add_argument("--sure", action="store_true", help="do it")

    def handle(self, *args, person: str, sure: bool, **options):
        wanted = {"pk": int(person)} if person.isdecimal() else {"email__iexact": normal_address(person)}
        found = Person.objects.filter(**wanted).first()
        if found is None:
            raise CommandError(f"nobody is called {person}")
        with translation.override("en"):
            for matter in queries.matters_of(found.pk):
                self.stdout.write(("First: " if matter.blocks else "") + matter.what)
        if not sure:
            self.stdout.write("Nothing was done. With --sure it is.")
            return
        try:
            services.forget_person(found, by=SYSTEM, now=timezone.now())
        except StillOpen as error:
            raise CommandError("what stands after “First” must be settled before") from error
        self.stdout.write("Forgotten.")
