"""The demo's start page, and stepping into somebody with one click."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.core.services import record
from samskapa.ground.organisations.queries import roles_of
from samskapa.ground.people.access import begin_session
from samskapa.ground.people.domain import CAPACITY

from . import access, queries

_HOME = {"coordinator": "pages:desk", "host": "pages:host", "operator": "pages:operations"}


@require_safe
def start(request):
    groups: dict[str, list] = {"person": [], "care": [], "movement": [], "around": []}
    for persona, person in queries.personas():
        groups[persona.group].append((persona, person))
    return render(request, "demo/start.html", {"groups": groups})


@require_POST
def step_into(request, pk: int):
    person = access.demo_person(pk)
    logout(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    grant = roles_of(person.pk).first()
    request.session[CAPACITY] = grant.pk if grant else 0
    begin_session(request, person, Strength.TWO_FACTOR)  # made up, and in demo mode alone: strong enough to look around
    with transaction.atomic():
        record("demo.stepped_into", by=Actor(person_id=person.pk), at=timezone.now(), on=person)
    return redirect(_HOME.get(grant.role if grant else "", "pages:my_page"))
