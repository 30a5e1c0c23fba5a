"""What the operator asks, what the trail knows, and which key holds what. Never a write."""

from .keys import KeyUse, keys_in_use
from .mails import mails_done, mails_on_page, mails_to, waiting_for_digest
from .trail import count_unlinked, looks_at, trail_by, trail_head, trail_of
from .whole import Fault, Verification, read_heads
from .work import (
    FailedJob,
    HeldMails,
    Waiting,
    count_failed_jobs,
    failed_jobs,
    failed_mails,
    held_mails,
    mail_held_since,
    waiting,
)

__all__ = [
    "FailedJob",
    "Fault",
    "HeldMails",
    "KeyUse",
    "Verification",
    "Waiting",
    "count_failed_jobs",
    "count_unlinked",
    "failed_jobs",
    "failed_mails",
    "held_mails",
    "keys_in_use",
    "looks_at",
    "mail_held_since",
    "mails_done",
    "mails_on_page",
    "mails_to",
    "read_heads",
    "trail_by",
    "trail_head",
    "trail_of",
    "waiting",
    "waiting_for_digest",
]
