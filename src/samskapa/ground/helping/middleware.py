"""While one helps, every request acts for the person: here, and nowhere else, the actor becomes one who acts for
another, and what may not be done for another is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.middleware.csrf import rotate_token
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.models import display_name

from . import services, views
from .domain import FOR, HELP, How
from .models import Help


@dataclass(frozen=True, slots=True)
class Helping:
    """What every page says while one helps. until: when it ends by itself."""

    name: str
    until: datetime
    person_id: int


class HelpMiddleware:
    """Stands after the one that builds the actor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        over = None
        if request.user.is_authenticated and HELP in request.session:
            over = self._enter(request)
        if over is not None:
            return views.over(request, over) if request.method == "POST" else views.over_now(request, over)
        if request.method == "POST" and request.POST.get(FOR, str(request.actor.for_person_id)) != str(
            request.actor.for_person_id
        ):
            # Written for somebody who is not helped now: it must not be done in one's own name, nor in another's.
            return views.over(request, None)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.actor.for_person_id is None:
            return None
        if request.resolver_match.view_name in settings.DONE_FOR_ANOTHER:
            return None
        return views.not_for_another(request)

    def _enter(self, request) -> Help | None:
        """Act for the person, where one still may; else end, and say which help is over."""
        running = Help.objects.select_related("person", "helper").filter(pk=request.session[HELP]).first()
        now, actor = timezone.now(), request.actor
        if running is None or running.helper_id != request.user.pk:
            del request.session[HELP]
            return None
        still = actor.acts_as(Role.COORDINATOR) and actor.node_id == running.node_id and running.person.is_active
        if services.is_running(running, now) and still:
            request.actor = Actor(person_id=actor.person_id, for_person_id=running.person_id, strength=actor.strength)
            request.helping = Helping(display_name(running.person), running.ends_at, running.person_id)
            return None
        del request.session[HELP]
        rotate_token(request)
        return services.end_help(running, how=How.TIME if still else How.ROLE, by=actor, now=now)
