"""`samskapa died PERSON`: somebody has died; `--undo` where it was a mistake."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.edge.my_data import services
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.people.domain import normal_address
from samskapa.ground.people.domain.my_data import GoneAlready
from samskapa.ground.people.models import Person


class Command(BaseCommand):
    help = (
        "Note that somebody has died: no mail, reminder or letter goes to them from now on, they are logged out, their "
        "roles, applications and agreements end, and those on the other side are told. --undo takes it back."
    )

    def add_arguments(self, parser):
        parser.add_argument("person", help="the e-mail address, or the number of the account")
        parser.add_argument("--on", default="", metavar="YYYY-MM-DD", help="the day; today if it is not said")
        parser.add_argument("--undo", action="store_true", help="it was a mistake")

    def handle(self, *args, person: str, on: str, undo: bool, **options):
        now = timezone.now()
        wanted = {"pk": int(person)} if person.isdecimal() else {"email__iexact": normal_address(person)}
        found = Person.objects.filter(**wanted).first()
        if found is None:
            raise CommandError(f"nobody is called {person}")
        try:
            day = date.fromisoformat(on) if on else timezone.localdate(now)
        except ValueError as error:
            raise CommandError(f"{on} is no day") from error
        if day > timezone.localdate(now):
            raise CommandError(f"{on} has not come yet")
        try:
            if undo:
                services.undo_death(found, by=SYSTEM, now=now)
                self.stdout.write("Taken back. The person can log in and gets mail again; what was ended stays ended.")
                return
            services.note_death(found, on=day, by=SYSTEM, now=now)
        except GoneAlready as error:
            raise CommandError("there is nothing to note or take back") from error
        self.stdout.write("Noted. Nothing more is sent to the person.")
