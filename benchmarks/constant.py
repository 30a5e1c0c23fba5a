"""The constant page (docs of the design, 7): the measured page's own template, filled with the same rows held in
memory, behind the same middleware, session and log-in, with no query of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samskapa.cocreate.assignments.views import open as views

_HELD: dict[tuple, tuple[str, dict[str, Any]]] = {}


def _in_memory(value: Any) -> Any:
    """The same value with nothing left to ask the database."""
    if isinstance(value, Page):
        value.object_list = list(value.object_list)
        _ = value.paginator.count
        return value
    return list(value) if isinstance(value, QuerySet) else value


def _constant(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any) -> HttpResponse:
    key = (view.__name__, *args)
    if key not in _HELD:

        def hold(_request, template, context, **_kwargs):
            _HELD[key] = (template, {name: _in_memory(value) for name, value in context.items()})
            return HttpResponse()

        real, views.render = views.render, hold
        try:
            view(request, *args)
        finally:
            views.render = real
    template, context = _HELD[key]
    return render(request, template, context)


def open_list(request: HttpRequest) -> HttpResponse:
    return _constant(views.open_list, request)


def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    return _constant(views.assignment, request, pk)
