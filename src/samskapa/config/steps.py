"""The steps that a signed link in a mail opens without logging in: name of the address -> who it is for, in a word.

None of them shows who has applied or what they have told. docs/roles.md tells the same; a test compares.
"""

from __future__ import annotations

STEPS_BY_LINK: dict[str, str] = {
    "assignments:answer_question": "host",
}
