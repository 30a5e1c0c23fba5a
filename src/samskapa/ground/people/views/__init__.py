"""Log in and out, one's own facts, and how and where one is logged in."""

from .address import address, address_code
from .eid import back as eid_back
from .eid import remove as eid_remove
from .eid import start as eid_start
from .log_in import (
    about_accounts,
    change_password,
    confirm_code,
    forgotten_password,
    log_in,
    new_password,
    request_code,
    set_password,
)
from .looks import looks, looks_extract
from .own import capacity, end_other_sessions, end_session, language, profile, sessions
from .ways_in import (
    add_app,
    add_passkey,
    index,
    log_in_with_passkey,
    new_reserve_codes,
    remove_app,
    remove_passkey,
    reserve_codes,
    strengthen,
)

__all__ = [
    "about_accounts",
    "add_app",
    "add_passkey",
    "address",
    "address_code",
    "capacity",
    "change_password",
    "confirm_code",
    "eid_back",
    "eid_remove",
    "eid_start",
    "end_other_sessions",
    "end_session",
    "forgotten_password",
    "index",
    "language",
    "log_in",
    "log_in_with_passkey",
    "looks",
    "looks_extract",
    "new_password",
    "new_reserve_codes",
    "profile",
    "remove_app",
    "remove_passkey",
    "request_code",
    "reserve_codes",
    "sessions",
    "set_password",
    "strengthen",
]
