"""After something has been written and kept: if it speaks of danger or harm, the one who wrote sees at once where there
is help, and somebody who is named reads it.

Here once, for every form there is and will be: config/concerns.py says where people write, and a test finds the form
that it does not name.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.access import SECRET_FIELDS, safe_path

from . import services
from .domain import Found, Sign, signs_in

#: They write as part of their work: of risks in a need, of what an applicant told.
_AT_WORK = {Role.HOST, Role.COORDINATOR, Role.LEADERSHIP}


class Concerned:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "POST" or not 300 <= response.status_code < 400 or request.resolver_match is None:
            return response
        found, is_read = self._noted(request, response)
        if found is None:
            return response
        if found.sign == Sign.HARM:
            messages.info(request, _("Has something gone wrong in care? See “Help now” at the bottom of the page."))
            return response
        # Nobody is told that somebody reads where nobody does: an anonymous round has no reader.
        onward = urlencode({"next": safe_path(request, response.get("Location"))} | ({"last": "1"} if is_read else {}))
        page = f"{reverse('concerns:help_now')}?{onward}"
        return HttpResponseClientRedirect(page) if request.htmx else redirect(page)

    def _noted(self, request, response) -> tuple[Found | None, bool]:
        """What was found in what was written, once it has been noted; and whether somebody will read it."""
        where = settings.CONCERNS.get(request.resolver_match.view_name)
        actor = request.actor
        if where is None or actor.role in _AT_WORK:
            return None, False
        written = [value for name in request.POST if name not in SECRET_FIELDS for value in request.POST.getlist(name)]
        found = signs_in("\n".join(written))
        if found is None:
            return None, False
        # What is only now made has its number in the address that one is led to.
        kwargs = request.resolver_match.kwargs or _arguments(response["Location"])
        place = import_string(where)(kwargs)
        if place is not None:
            # An address may hold the secret of a link: what tells places apart must not give it away.
            values = ",".join(str(value) for value in kwargs.values())
            number = salted_hmac("concerns.place", values, algorithm="sha256").hexdigest()[:32]
            services.note_concern(
                found,
                place,
                where=f"{request.resolver_match.view_name}:{number}",
                person_id=place.person_id or actor.whose,
                by=actor,
                now=timezone.now(),
            )
        return found, place is not None


def _arguments(location: str) -> dict:
    """The arguments of one of our own addresses."""
    try:
        return resolve(urlsplit(location).path).kwargs
    except Resolver404:
        return {}
