"""The region, its people and what they do together, made by the same services that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from samskapa.cocreate.assignments.models import Assignment

from ..domain import EXTRA, STAGES, STORIES
from .cast import Cast, make_cast
from .telling import tell_story


class UnknownStage(ValueError):
    """`STAGE` is one of need, open, choosing and agreed."""


def build_demo(*, now: datetime, stage: str = "") -> int:
    """Make the region and its stories once; a second time does nothing. Returns how many assignments there are.

    stage: how far one extra assignment has come; "" for none. It is made also in a region that is there already,
    once per stage. Raises UnknownStage.
    """
    if stage and stage not in STAGES:
        raise UnknownStage(stage)
    with transaction.atomic():
        cast = make_cast(now)
        if not Assignment.objects.filter(area=cast.places["region"]).exists():
            for story in STORIES:
                tell_story(story, cast, now=now)
        if stage:
            extra = replace(EXTRA, stage=stage)
            title = EXTRA.answers["title"]["title"]
            if not _stands_at(cast, title, stage):
                tell_story(extra, cast, now=now)
    return Assignment.objects.count()


def _stands_at(cast: Cast, title: str, stage: str) -> bool:
    return Assignment.objects.filter(area=cast.places["region"], title=title, state=stage).exists()
