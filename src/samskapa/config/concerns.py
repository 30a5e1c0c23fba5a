"""Where people write, so that what they write of danger or harm is read: name of an address -> dotted path of
(the address's arguments) -> Place or None. Read by ground/concerns/middleware.py.

A test goes through every form that somebody who is not at work can open, and finds one that is in neither table.
"""

from __future__ import annotations

_ASSIGNMENTS = "samskapa.cocreate.assignments.queries.concerns"

CONCERNS: dict[str, str] = {
    "assignments:ask": f"{_ASSIGNMENTS}.place_of_assignment",
    "assignments:apply": f"{_ASSIGNMENTS}.place_of_applicants",
    "assignments:nominate": f"{_ASSIGNMENTS}.place_of_applicants",
    "assignments:change_application": f"{_ASSIGNMENTS}.place_of_application",
    "assignments:accept_nomination": f"{_ASSIGNMENTS}.place_of_application",
    "assignments:agreement_answer": f"{_ASSIGNMENTS}.place_of_agreement",
    "assignments:hand_over_done": f"{_ASSIGNMENTS}.place_of_agreement",
    "assignments:need_part": f"{_ASSIGNMENTS}.place_of_need",
    "assignments:need_comment": f"{_ASSIGNMENTS}.place_of_need",
}

#: Forms in which people write, and why nobody looks for it there.
NO_CONCERN: dict[str, str] = {
    "protection:own": "where one lives, for the coordinators one has chosen",
}
