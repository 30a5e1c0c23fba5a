"""What the operator asks, what the trail knows, and which key holds what. Never a write."""

from .keys import KeyUse, keys_in_use
from .mails import mails_done, mails_to
from .trail import looks_at, trail_by, trail_head, trail_of
from .whole import Fault, Verification, read_heads
from .work import FailedJob, Waiting, failed_jobs, failed_mails, waiting

__all__ = [
    "FailedJob",
    "Fault",
    "KeyUse",
    "Verification",
    "Waiting",
    "failed_jobs",
    "failed_mails",
    "keys_in_use",
    "looks_at",
    "mails_done",
    "mails_to",
    "read_heads",
    "trail_by",
    "trail_head",
    "trail_of",
    "waiting",
]
