"""`samskapa createowner EMAIL`: the first person, with a link to log in."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.domain import OWNER_LINK_LASTS, InvitationOver
from samskapa.ground.organisations.services import create_owner


class Command(BaseCommand):
    help = "Make the person who runs the service (operator and national coordinator); prints a link to log in."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the person's name")

    def handle(self, *args, email: str, name: str, **options):
        try:
            validate_email(email.strip())
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address") from error
        try:
            link = create_owner(email, name=name[:150], by=SYSTEM, now=timezone.now())
        except InvitationOver as error:
            raise CommandError("the account with this address is closed") from error
        hours = int(OWNER_LINK_LASTS.total_seconds() // 3600)
        self.stdout.write(f"Log in here, once, within {hours} hours:\n{link.url}")
