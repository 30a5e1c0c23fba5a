"""Where a file lies."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from .models import Upload


def path_of(pk: UUID) -> Path:
    """Where the file with that number lies: no name that anybody has chosen is in its path."""
    return Path(settings.FILES_FOLDER) / pk.hex[:2] / pk.hex


def uploads_of(person_id: int) -> QuerySet[Upload]:
    """What one person has sent, removed files too, the oldest first."""
    return Upload.objects.filter(person_id=person_id).order_by("kept_at", "pk")


def files_folder() -> Path:
    """Where all of them lie: what a backup carries beside the tables."""
    return Path(settings.FILES_FOLDER)
