"""What config/personal_data.py says, asked for one person; and what is due. Never a write."""

from .due import Coming, Plan, accounts_past, coming_for, last_of_all, mails_past, plans, to_carry_out, to_tell
from .table import (
    Part,
    call,
    consents_of,
    everything_about,
    file_rows_of,
    how_long,
    kind_called,
    kinds,
    mail_rows_of,
    matters_of,
)

__all__ = [
    "Coming",
    "Part",
    "Plan",
    "accounts_past",
    "call",
    "coming_for",
    "consents_of",
    "everything_about",
    "file_rows_of",
    "how_long",
    "kind_called",
    "kinds",
    "last_of_all",
    "mail_rows_of",
    "mails_past",
    "matters_of",
    "plans",
    "to_carry_out",
    "to_tell",
]
