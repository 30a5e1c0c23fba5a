"""Works through ten days to come, then what the database says, as JSON: `python -m tests.soak.digest_examine`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from samskapa.ground.core.models import OutboxMail  # noqa: E402
from samskapa.ground.core.services import drain  # noqa: E402


def findings() -> dict:
    now = timezone.now()
    for day in range(1, 11):
        drain(now + timedelta(days=day))
    news, digests = OutboxMail.objects.filter(kind="soak/note"), OutboxMail.objects.filter(kind="core/digest")
    return {
        "news": sorted(int(key.removeprefix("news-")) for key in news.values_list("key", flat=True)),
        "states": Counter(news.values_list("state", flat=True)),
        "digests": Counter(digests.values_list("state", flat=True)),
        "message_ids": sorted(digests.values_list("message_id", flat=True)),
        "tried_more_than_once": digests.filter(attempts__gt=1).count(),
    }


if __name__ == "__main__":
    print(json.dumps(findings()))
