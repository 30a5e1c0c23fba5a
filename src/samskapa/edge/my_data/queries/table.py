"""The table of personal data, and what its rows answer about one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.core.models import MailState
from samskapa.ground.core.queries import mails_to
from samskapa.ground.documents.queries import uploads_of
from samskapa.ground.people.domain.my_data import Consent, DataKind, Fact, Matter, Row
from samskapa.ground.people.models import Person

from ..models import RetentionNotice

_STATES = {
    MailState.WAITING: gettext_lazy("Waits to be sent"),
    MailState.SENT: gettext_lazy("Sent"),
    MailState.FAILED: gettext_lazy("Could not be sent"),
    MailState.STOPPED: gettext_lazy("Stopped"),
    MailState.GATHERED: gettext_lazy("Sent together with other news"),
    MailState.KEPT: gettext_lazy("Not mailed, as you have chosen"),
}


def kinds() -> tuple[DataKind, ...]:
    """Every kind of personal data, in the order that a person reads them."""
    return settings.PERSONAL_DATA


def kind_called(key: str) -> DataKind | None:
    return next((kind for kind in kinds() if kind.key == key), None)


def call(path: str, *args: Any, **kwargs: Any) -> Any:
    """What the dotted path answers."""
    return import_string(path)(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind, and all that is held of it about one person."""

    kind: DataKind
    rows: list[Row]


def everything_about(person_id: int) -> list[Part]:
    """All that is held about a person, kind by kind."""
    return [Part(kind, call(kind.rows, person_id) if kind.rows else []) for kind in kinds()]


def matters_of(person_id: int) -> list[Matter]:
    """What goes on, and would end if the person were forgotten; what they must settle first comes first."""
    found = [matter for kind in kinds() if kind.matters for matter in call(kind.matters, person_id)]
    return sorted(found, key=lambda matter: not matter.blocks)


def consents_of(person_id: int) -> list[tuple[DataKind, Consent]]:
    """What the person has said yes to and can take back."""
    return [(kind, consent) for kind in kinds() if kind.consents for consent in call(kind.consents, person_id)]


def how_long(kind: DataKind) -> str:
    """How long it is kept, in words, in the reader's language."""
    if kind.retention is None:
        return str(kind.stays)
    return _("%(months)s months after %(moment)s.") % {
        "months": kind.retention.months,
        "moment": kind.retention.since,
    }


def file_rows_of(person_id: int) -> list[Row]:
    """Every file that the person has sent. The file itself is fetched where it was handed in."""
    return [
        Row(
            file.name,
            (
                Fact("name", gettext_lazy("Name"), file.name),
                Fact("size", gettext_lazy("Bytes"), file.size),
                Fact("kept_at", gettext_lazy("When"), file.kept_at),
                Fact("removed_at", gettext_lazy("Removed"), file.removed_at),
            ),
        )
        for file in uploads_of(person_id)
    ]


def mail_rows_of(person_id: int) -> list[Row]:
    """Every mail to the person, and what they were told of time running out. What a letter said is in it until it is
    blanked; codes and links are not."""
    address = Person.objects.filter(pk=person_id).values_list("email", flat=True).first() or ""
    rows = [
        Row(
            gettext_lazy("Mail"),
            (
                Fact("created_at", gettext_lazy("When"), mail.created_at),
                Fact("kind", gettext_lazy("About what"), mail.kind),
                Fact("state", gettext_lazy("How it went"), _STATES[MailState(mail.state)]),
                Fact("sent_at", gettext_lazy("Sent"), mail.sent_at),
                Fact("said", gettext_lazy("What the mail said"), [] if mail.secret else _said(mail.params)),
            ),
        )
        for mail in mails_to(person_id, address).order_by("created_at", "pk")
    ]
    for notice in RetentionNotice.objects.filter(person_id=person_id).order_by("pk"):
        facts = (
            Fact("told_at", gettext_lazy("When"), notice.told_at),
            Fact("kind", gettext_lazy("About what"), notice.kind),
        )
        rows.append(Row(gettext_lazy("You were told that time runs out"), facts))
    return rows


def _said(params: dict[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in params.items() if value not in (None, "")]
