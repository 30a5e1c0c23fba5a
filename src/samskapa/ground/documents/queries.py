"""Where a file lies."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings


def path_of(pk: UUID) -> Path:
    """Where the file with that number lies: no name that anybody has chosen is in its path."""
    return Path(settings.FILES_FOLDER) / pk.hex[:2] / pk.hex


def files_folder() -> Path:
    """Where all of them lie: what a backup carries beside the tables."""
    return Path(settings.FILES_FOLDER)
