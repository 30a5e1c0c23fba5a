"""The demo's own door: into made-up people only, and only in demo mode."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.people.models import Person


def demo_person(pk: int) -> Person:
    """A made-up person; nobody else can be stepped into, and outside the demo nobody at all."""
    if not settings.DEMO:
        raise Http404
    return get_object_or_404(Person, pk=pk, is_demo=True, is_active=True)
