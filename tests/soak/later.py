"""A week later, but for nothing else: what waits for digests is gathered and sent. `python -m tests.soak.later`."""

from __future__ import annotations

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from samskapa.ground.core.domain import SYSTEM  # noqa: E402
from samskapa.ground.core.services.mail import send_one  # noqa: E402
from samskapa.ground.notices.services import gather_due  # noqa: E402


def main() -> None:
    later = timezone.now() + timedelta(days=8)
    gather_due(by=SYSTEM, now=later)
    while send_one(worker_id="later", now=later):
        pass


if __name__ == "__main__":
    main()
