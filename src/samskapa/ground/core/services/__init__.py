"""What every service in the house uses: the trail, news, mail and jobs."""

from .jobs import every, job
from .mail import queue_mail
from .news import publish
from .trail import record, record_look

__all__ = ["every", "job", "publish", "queue_mail", "record", "record_look"]
