"""What every service in the house uses: the trail, news, mail and jobs."""

from .chain import link_all
from .forgetting import blank_mail_to, blank_old_mail, stop_mail
from .jobs import every, job, run_again
from .mail import mail_in_words, queue_mail, readdress_mail, send_again, words_of
from .news import publish
from .storing import store_many
from .tidying import tidy
from .trail import is_unbroken, record, record_look
from .worker import Worker, drain

__all__ = [
    "Worker",
    "blank_mail_to",
    "blank_old_mail",
    "drain",
    "every",
    "is_unbroken",
    "job",
    "link_all",
    "mail_in_words",
    "publish",
    "queue_mail",
    "readdress_mail",
    "record",
    "record_look",
    "run_again",
    "send_again",
    "stop_mail",
    "store_many",
    "tidy",
    "words_of",
]
