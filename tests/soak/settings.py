"""The house's own settings, with the soak's listeners and shorter patience."""

from __future__ import annotations

import copy
from pathlib import Path

from samskapa.config.settings import *  # noqa: F403
from samskapa.config.settings import DATABASES, REACTIONS, TEMPLATES

REACTIONS = {
    **REACTIONS,
    "soak.written": ["tests.soak.listeners.follow", "tests.soak.listeners.stumble_once"],
}
SCHEDULE: list[str] = []
SLOTS = {"mail_recipient": "tests.soak.listeners.mail_recipient", "mail_to_address": "tests.soak.listeners.gets_mail"}
WORKER_DEAD_AFTER = 2
MAIL_LEASE = 2
JOB_FIRST_WAIT = 1
MAIL_MOST_AN_HOUR = 1_000_000  # two people get all of it

TEMPLATES = copy.deepcopy(TEMPLATES)
TEMPLATES[0]["OPTIONS"]["loaders"].insert(
    0, ("django.template.loaders.filesystem.Loader", [Path(__file__).parent / "templates"])
)

DATABASES = copy.deepcopy(DATABASES)
if "timeout" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["timeout"] = 3  # seconds until SQLite says that it is locked
