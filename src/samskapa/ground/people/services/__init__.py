"""Accounts, ways in, and the places one is logged in at."""

from .accounts import (
    change_address,
    change_profile,
    choose_language,
    confirm_address,
    create_people,
    create_person,
    fill_in_name,
    give_address,
    note_capacity,
    send_address_code,
    set_password,
)
from .eid import link_eid, remove_eid, use_eid
from .locking import lock_people, lock_person
from .protecting import (
    change_hidden_details,
    hide_details,
    name_coordinators,
    renew_address_tags,
    show_details_again,
)
from .sessions import end_other_sessions, end_session, forget_old_sessions
from .ways_in import add_app, add_passkey, new_reserve_codes, note_strengthened, remove_way_in, reset_ways_in

__all__ = [
    "add_app",
    "add_passkey",
    "change_address",
    "change_hidden_details",
    "change_profile",
    "choose_language",
    "confirm_address",
    "create_people",
    "create_person",
    "end_other_sessions",
    "end_session",
    "fill_in_name",
    "forget_old_sessions",
    "give_address",
    "hide_details",
    "link_eid",
    "lock_people",
    "lock_person",
    "name_coordinators",
    "new_reserve_codes",
    "note_capacity",
    "note_strengthened",
    "remove_eid",
    "remove_way_in",
    "renew_address_tags",
    "reset_ways_in",
    "send_address_code",
    "set_password",
    "show_details_again",
    "use_eid",
]
