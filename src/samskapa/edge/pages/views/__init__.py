"""The pages that belong to no single app."""

from .about import accessibility, your_data
from .desk import desk, host
from .errors import being_restored, csrf_failure, forbidden, not_found
from .health import healthz
from .metrics import metrics
from .mine import my_page
from .operations import operations, run_job_again, send_mail_again
from .start import start

__all__ = [
    "accessibility",
    "being_restored",
    "csrf_failure",
    "desk",
    "forbidden",
    "healthz",
    "host",
    "metrics",
    "my_page",
    "not_found",
    "operations",
    "run_job_again",
    "send_mail_again",
    "start",
    "your_data",
]
