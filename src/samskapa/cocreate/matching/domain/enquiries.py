"""Asking others to ask: another group, or a patient organisation. What they answered, and why one cannot be asked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from samskapa.ground.organisations.domain import Kind

#: What can be asked: a place with a group of its own, and those that nominate.
GROUP_KINDS = (Kind.REGION.value, Kind.MUNICIPALITY.value)
ORGANISATION_KINDS = (Kind.PATIENT_ORGANISATION.value, Kind.SECTION.value)
#: So many can be asked at a time.
MOST_AT_A_TIME = 40
#: So many days to answer are offered on the page: an organisation has to ask somebody in its turn.
USUAL_DAYS_FOR_OTHERS = 10


class Said(StrEnum):
    """What became of an enquiry. "" waits."""

    YES = "yes"  # the group looks who fits; the organisation has nominated
    NO = "no"  # not this time; there is no room for why
    LAPSED = "lapsed"  # no answer by the day, or one could no longer apply
    TAKEN_BACK = "taken_back"  # by who asked, before there was an answer


#: As long as it stands so, the same are not asked once more to the same assignment.
STANDS = ("", Said.YES.value, Said.NO.value)


class _About(Exception):
    """Of some of those who were chosen. `ids` are places."""

    def __init__(self, ids: Iterable[int]):
        self.ids = sorted(ids)
        super().__init__(self.ids)


class CannotEnquire(_About):
    """They are closed, run by who asks, or a group where only organisations are asked."""


class EnquiredAlready(_About):
    """They have been asked to the same assignment already."""


class NobodyThere(_About):
    """Nobody there would get it. Nothing is sent into nowhere."""


class EnquiryAnswered(Exception):
    """There is another answer already, or the day has passed. `said` is what stands."""

    def __init__(self, said: str):
        super().__init__(said)
        self.said = said


def check_answer(before: str, said: Said, *, is_late: bool) -> None:
    """Whether an answer can still be given. A yes stands: people may have been asked since. A no can become a yes until
    the day. Raises EnquiryAnswered."""
    if before in (Said.LAPSED, Said.TAKEN_BACK):
        raise EnquiryAnswered(before)
    if is_late:
        raise EnquiryAnswered(before or Said.LAPSED)
    if before == Said.YES and said is not Said.YES:
        raise EnquiryAnswered(before)


def is_enough(wanted: int, people: int) -> bool:
    """Whether as many have said yes, in whatever way, as are wanted."""
    return people >= wanted
