"""Where people write, so that what they write of danger or harm is read: name of an address -> dotted path of
(the address's arguments, or where it has none those of the page it led to) -> Place or None. Read by the middleware of
ground/concerns.

A test goes through every form that somebody who is not at work can open, and finds one that is in neither table.
"""

from __future__ import annotations

_ASSIGNMENTS = "samskapa.cocreate.assignments.queries.concerns"

_WORK = "samskapa.cocreate.underway.queries.concerns"

_POOL = "samskapa.cocreate.pool.queries.concerns"

CONCERNS: dict[str, str] = {
    "pool:question": f"{_POOL}.place_of_member",
    "pool:answer_note": f"{_POOL}.place_of_member",
    "pool:agreement_answer": f"{_POOL}.place_of_agreement",
    "surveys:question": "samskapa.listen.surveys.queries.concerns.place_of_sheet",
    "assignments:ask": f"{_ASSIGNMENTS}.place_of_assignment",
    "assignments:apply": f"{_ASSIGNMENTS}.place_of_applicants",
    "assignments:nominate": f"{_ASSIGNMENTS}.place_of_applicants",
    "assignments:change_application": f"{_ASSIGNMENTS}.place_of_application",
    "assignments:accept_nomination": f"{_ASSIGNMENTS}.place_of_application",
    "assignments:agreement_answer": f"{_ASSIGNMENTS}.place_of_agreement",
    "assignments:agreement_term": f"{_ASSIGNMENTS}.place_of_agreement",
    "assignments:hand_over_done": f"{_ASSIGNMENTS}.place_of_agreement",
    "underway:contribute": f"{_ASSIGNMENTS}.place_of_assignment",
    "underway:check_in": f"{_WORK}.place_of_check_in",
    "underway:promises": f"{_ASSIGNMENTS}.place_of_agreement",
    "underway:questions": f"{_ASSIGNMENTS}.place_of_assignment",
    "underway:confirm": f"{_WORK}.place_of_confirmation",
    "assignments:need_quick": f"{_ASSIGNMENTS}.place_of_need",
    "assignments:need_cancel": f"{_ASSIGNMENTS}.place_of_need",
    "assignments:need_part": f"{_ASSIGNMENTS}.place_of_need",
    "assignments:need_comment": f"{_ASSIGNMENTS}.place_of_need",
}

#: Forms in which people write, and why nobody looks for it there.
NO_CONCERN: dict[str, str] = {
    "design:gallery": "an example; nothing is kept",
    "protection:own": "where one lives, for the coordinators one has chosen",
}
