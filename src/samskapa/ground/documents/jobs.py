"""Files are tidied."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=24 * 3600, name="documents.tidy_uploads")
@job()
def tidy_uploads(*, now: datetime) -> None:
    """Once a day: what was never attached to anything goes, and so do files that no row counts."""
    services.tidy_uploads(now=now)
