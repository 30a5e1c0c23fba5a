"""What the operator does with a failed job: `python -m tests.soak.run_again ID`."""

from __future__ import annotations

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from samskapa.ground.core.domain import SYSTEM  # noqa: E402
from samskapa.ground.core.services import run_again  # noqa: E402

run_again(sys.argv[1], by=SYSTEM, now=timezone.now())
