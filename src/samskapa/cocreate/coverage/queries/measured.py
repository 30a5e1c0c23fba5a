"""What a group has chosen to measure."""

from __future__ import annotations

from samskapa.cocreate.pool.models import Group

from ..domain import MEASURABLE
from ..models import Measured

#: Until somebody has chosen.
DEFAULT = ("as", "language")


def measured_of(group: Group) -> tuple[list[str], int]:
    """The chosen features in their order, and the version of the choice (0: nobody has chosen)."""
    kept = Measured.objects.filter(group=group).first()
    chosen = kept.features if kept else DEFAULT
    return [feature for feature in MEASURABLE if feature in chosen], kept.version if kept else 0
