"""Accounts, ways in, and the places one is logged in at."""

from .accounts import (
    change_profile,
    choose_language,
    confirm_address,
    create_person,
    fill_in_name,
    note_capacity,
    set_password,
)
from .eid import link_eid, remove_eid, use_eid
from .sessions import end_other_sessions, end_session, forget_old_sessions
from .ways_in import add_app, add_passkey, new_reserve_codes, note_strengthened, remove_way_in, reset_ways_in

__all__ = [
    "add_app",
    "add_passkey",
    "change_profile",
    "choose_language",
    "confirm_address",
    "create_person",
    "end_other_sessions",
    "end_session",
    "fill_in_name",
    "forget_old_sessions",
    "link_eid",
    "new_reserve_codes",
    "note_capacity",
    "note_strengthened",
    "remove_eid",
    "remove_way_in",
    "reset_ways_in",
    "set_password",
    "use_eid",
]
