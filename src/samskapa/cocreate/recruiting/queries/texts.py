"""What is written on a channel: what somebody has saved, else what is proposed; and what is always said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override

from samskapa.cocreate.pool.models import Group
from samskapa.ground.people.models import Person, display_name

from ..domain import Audience, Use
from ..models import Channel, Text
from .wording_texts import ALWAYS, CALL, CALL_NAME, CALL_PLACE, FRAME, GUARDIAN, OPENING, PAID, PAID_ASK

#: What is longer than this is not for a poster: there it stands that one gets paid, and that one may ask how much.
LONGEST_PAY = 120
#: The language of what is written to people here, whatever language the coordinator reads in.
WRITTEN_IN = "sv"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it stands. version: 0 while it is what is proposed."""

    use: Use
    heading: str
    body: str
    version: int


def proposed(group: Group, audience: Audience, place: str, use: Use) -> Written:
    """What is proposed to write. place: the municipality one looks in, or the group's own."""
    with override(WRITTEN_IN):
        names = {"group": group.name, "place": place or group.node.name}
        opening = OPENING[audience]
        body = str(FRAME[use]) % {**names, "opening": str(opening.words) % names}
        return Written(use, str(opening.heading) % names, body, 0)


def text_of(channel: Channel, use: Use) -> Written:
    """One text of a channel."""
    return next(text for text in texts_of(channel) if text.use is use)


def texts_of(channel: Channel) -> list[Written]:
    """All texts of a channel, in the order of `Use`. One query."""
    saved = {text.use: text for text in Text.objects.filter(channel=channel)}
    place = channel.municipality.name if channel.municipality else ""
    return [
        Written(use, saved[use].heading, saved[use].body, saved[use].version)
        if use in saved
        else proposed(channel.group, Audience(channel.audience), place, use)
        for use in Use
    ]


def always(group: Group, contact: Person | None) -> list[str]:
    """What stands under every text, and cannot be taken away: it is voluntary, no diagnosis, paid, whom to call."""
    with override(WRITTEN_IN):
        lines = [str(line) for line in ALWAYS]
        pay = group.pay.strip()
        fits = pay and "\n" not in pay and len(pay) <= LONGEST_PAY
        lines.append(str(PAID) % {"pay": pay} if fits else str(PAID_ASK))
        if group.lowest_age < 18:
            lines.append(str(GUARDIAN) % {"age": group.lowest_age})
        return [*lines, _whom_to_call(group, contact)]


def _whom_to_call(group: Group, contact: Person | None) -> str:
    place = group.node.name
    if contact is None:
        return str(CALL_PLACE) % {"place": place}
    name = display_name(contact)
    if contact.phone:
        # A number is not broken over two lines.
        return str(CALL) % {"name": name, "phone": contact.phone.replace(" ", "\N{NO-BREAK SPACE}")}
    return str(CALL_NAME) % {"name": name, "place": place}


def how_to_join(link: str) -> str:
    """The line with the link."""
    with override(WRITTEN_IN):
        return gettext("Read more and join: %(link)s") % {"link": link}
