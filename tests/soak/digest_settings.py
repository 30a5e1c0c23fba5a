"""The soak's settings, where notes wait for the digest and the digest is written each second."""

from __future__ import annotations

from tests.soak.settings import *  # noqa: F403
from tests.soak.settings import MAILS, SLOTS, TOPICS

SCHEDULE = ["tests.soak.digest_listeners.gather"]
SLOTS = {**SLOTS, "mail_plan": "tests.soak.digest_listeners.plan"}
MAILS = {**MAILS, "soak/note": next(topic for topic in TOPICS if topic.key == "agreement_news")}
