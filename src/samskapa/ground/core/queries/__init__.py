"""What the operator asks, what the trail knows, and which key holds what. Never a write."""

from .keys import KeyUse, keys_in_use
from .trail import count_unlinked, looks_at, trail_by, trail_head, trail_of
from .whole import Fault, Verification, read_heads
from .work import FailedJob, Waiting, count_failed_jobs, failed_jobs, failed_mails, waiting

__all__ = [
    "FailedJob",
    "Fault",
    "KeyUse",
    "Verification",
    "Waiting",
    "count_failed_jobs",
    "count_unlinked",
    "failed_jobs",
    "failed_mails",
    "keys_in_use",
    "looks_at",
    "read_heads",
    "trail_by",
    "trail_head",
    "trail_of",
    "waiting",
]
