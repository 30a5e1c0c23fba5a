"""What may be done for another: the addresses that open while a coordinator helps somebody. All others are closed.

Left out on purpose: how one logs in, one's own details, who has looked, protected identity, and what belongs to a role.
A need has a door of its own: the coordinator describes it after a call.
"""

from __future__ import annotations

DONE_FOR_ANOTHER: frozenset[str] = frozenset(
    {
        "pages:start",
        "pages:accessibility",
        "concerns:help_now",
        "pages:your_data",
        "pages:my_page",
        "people:language",
        "account_logout",
        "organisations:directory",
        "organisations:organisation",
        "helping:end",
        "assignments:open",
        "assignments:open_json",
        "assignments:open_atom",
        "assignments:assignment",
        "assignments:ask",
        "assignments:apply",
        "assignments:my_applications",
        "assignments:my_application",
        "assignments:applied",
        "assignments:change_application",
        "assignments:withdraw",
        "assignments:present",
        "assignments:nomination",
        "assignments:accept_nomination",
        "assignments:decline_nomination",
        "assignments:agreement",
        "assignments:agreement_answer",
        "assignments:agreement_history",
        "assignments:agreement_version",
        "assignments:agreement_pdf",
        "assignments:agreement_version_pdf",
        "assignments:agreement_term",
        "assignments:agreement_term_end",
        "assignments:hand_over_done",
        # Material, to read it out or post it: first whether it is theirs, then by a link of the helper's own.
        "assignments:material",
        "assignments:material_open",
        "documents:upload",
        "underway:work",
        "underway:contribute",
        "underway:take_back",
        "underway:check_in",
        "underway:move_check_in",
        "underway:add_check_in",
        "underway:promises",
        "underway:questions",
        "underway:confirm",
        "underway:credit",
        "underway:time",
        "underway:mine",
        "underway:certificate",
    }
)
