"""Lists are received, read, looked through, taken in and told of."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import Actor

from ..domain import Stage
from ..models import Import
from . import checking, making, reading, telling
from .lifting import close_import, lock

__all__ = ["close_import", "lock", "work_on"]


def work_on(import_id: int, *, by: Actor, now: datetime) -> bool:
    """Do the next part of what waits to be done for a list; whether there may be more. Can be stopped anywhere and
    done again: what was done is done, and nothing is done twice."""
    one = Import.objects.select_related("group__node", "upload").get(pk=import_id)
    stage = Stage(one.stage)
    if stage is Stage.READING:
        return reading.read_some(one, by=by, now=now)
    if stage is Stage.CHECKING:
        return checking.check_some(one, by=by, now=now)
    if stage is Stage.MAKING:
        return making.make_some(one, by=by, now=now)
    if one.tells_since is not None:
        return telling.tell_some(one, by=by, now=now)
    return False
