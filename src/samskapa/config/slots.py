"""Named places that an app further up fills: name -> dotted path. Looked up when used."""

from __future__ import annotations

SLOTS: dict[str, str] = {
    # (person_id) -> core.domain.Recipient, or None when no mail may go
    "mail_recipient": "samskapa.ground.people.queries.mail_recipient",
}
