"""The constant page (docs of the design, 7): the measured page's own template, filled with the same rows held in
memory, behind the same middleware, session and log-in, with no query of its own."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.core.paginator import Page
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def _in_memory(value: Any) -> Any:
    """The same value with nothing left to ask the database."""
    if isinstance(value, Page):
        value.object_list = list(value.object_list)
        _ = value.paginator.count
        return value
    return list(value) if isinstance(value, QuerySet) else value


def _refuse(_execute, sql: str, *_rest: Any) -> None:
    raise AssertionError(f"the constant page asked the database: {sql[:200]}")


def constant(module: ModuleType, name: str) -> View:
    """The constant page of the view `name`, which calls its module's `render`. What rows lead to is looked up the first
    time and then held too; a query after that is refused, so that the yardstick cannot become slow unseen."""
    view: View = getattr(module, name)
    held: dict[tuple, tuple[str, dict[str, Any]]] = {}

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = (*args, *kwargs.values(), request.META.get("QUERY_STRING", ""))
        if key not in held:

            def hold(_request, template, context, **_kwargs):
                held[key] = (template, {word: _in_memory(value) for word, value in context.items()})
                return HttpResponse()

            real, module.render = module.render, hold
            try:
                view(request, *args, **kwargs)
            finally:
                module.render = real
            render(request, *held[key])
        with connection.execute_wrapper(_refuse):
            return render(request, *held[key])

    return page
