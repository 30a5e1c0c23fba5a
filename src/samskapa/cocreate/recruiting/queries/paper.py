"""The poster: what `typst/poster.typ` draws."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samskapa.ground.documents.domain.qr import qr_svg
from samskapa.ground.people.models import display_name

from ..domain import Use
from ..models import Channel
from .channels import contact_of, link_of, short_link
from .texts import WRITTEN_IN, always, text_of

#: How much larger than on A4 everything is, in thousandths: the square root of two.
SHEETS = {"a4": 1000, "a3": 1414}
#: How many strips to tear off below.
STRIPS = 8


def poster_of(channel: Channel, sheet: str) -> dict[str, Any]:
    """All of it in Swedish, like the text itself. sheet: of SHEETS."""
    text, contact = text_of(channel, Use.NOTICE), contact_of(channel)
    group, link = channel.group, short_link(channel)
    with override(WRITTEN_IN):
        lines = always(group, contact)
        return {
            "sheet": sheet,
            "scale": SHEETS[sheet],
            "title": text.heading,
            "text": text.body,
            "lines": lines[:-1],
            "call": lines[-1],
            "qr": qr_svg(link_of(channel)),
            "qr_says": _("QR code to %(link)s") % {"link": link},
            "aim": _("Point your phone's camera here, or go to:"),
            "link": link,
            "from": f"{group.name}, {group.node.name}",
            "strips": STRIPS,
            "strip": {
                "group": group.name,
                "host": link.partition("/")[0],
                "path": "/" + link.partition("/")[2],
                "call": (contact.phone or display_name(contact)) if contact else group.node.name,
            },
        }
