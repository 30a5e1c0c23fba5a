"""Whether this installation can work: for the machine that watches over it."""

from __future__ import annotations

from functools import lru_cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from samskapa.ground.core.services.maintenance import is_closed


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and has every table we expect, else 503 and which is not in order.

    Reads neither session nor person: it must answer when their tables cannot be reached.
    """
    if is_closed():
        return _answer(503, database="being restored", migrations="unknown")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = len(migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys())
    except Error:
        # What the driver says names hosts and users: that goes to nobody who merely asks.
        return _answer(503, database="unreachable", migrations="unknown")
    return _answer(503 if missing else 200, database="ok", migrations=f"{missing} missing" if missing else "ok")


@lru_cache(maxsize=1)
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration that this version of the code expects."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _answer(status: int, **parts: str) -> JsonResponse:
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})
