"""Mail: one row per matter and recipient in the caller's transaction; the worker writes and sends it."""

from __future__ import annotations

import logging
import re
import smtplib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from ..domain import (
    DIGEST,
    MAIL_ATTEMPTS,
    MOST_IN_A_DIGEST,
    Actor,
    MailIsUnfinished,
    NoSuchMail,
    NotFailed,
    Pace,
    Plan,
    Recipient,
    Urgency,
    Words,
    mail_wait,
)
from ..keys.fields import closed_for
from ..models import MailState, OutboxMail
from ..queries.work import not_held
from .connections import insist
from .trail import record
from .transport import transport

log = logging.getLogger("samskapa.mail")

#: Message-IDs are made from key and recipient, so that the same matter has the same one for ever.
#: How long a mail waits whose recipient has had enough for the moment.
ENOUGH_FOR_NOW = timedelta(minutes=10)
#: Why a mail is stopped that somebody tells in another way than by mail.
PASSED_ON = "passed on"
_NAMESPACE = uuid.UUID("6f0a3f52-3c0e-5e0e-9d6b-5a1b8f0c7a11")


def queue_mail(
    kind: str,
    *,
    to: int | str,
    key: str,
    now: datetime,
    urgency: Urgency | None = None,
    secret: bool = False,
    language: str = "",
    matter: str = "",
    **params,
) -> OutboxMail:
    """Put one mail into the caller's transaction; the same `key` to the same recipient is one mail.

    kind: "app/name", the template `<app>/mail/<name>.txt`. to: a person's id, or a mail address.
    params: what the template needs, as JSON can hold it; dates arrive as ISO text (`moment`, `date_of`). Mail from a
    resource group has its `group_id`: who wants a call or a letter from it gets no mail (settings.PASSED_ON).
    urgency: as config/notices.py and the person's own choice say, unless it is given. What is secret, and what goes to
    an address, never waits for a digest.
    secret: `params` are blanked once sent. language: for an address; else the one in use now.
    matter: what it is about, "app.model:id", so that a digest can put together what belongs together.
    Raises NoSuchMail.
    """
    template_name(kind)
    return put_mail(
        kind, to=to, key=key, now=now, urgency=urgency, secret=secret, language=language, matter=matter, params=params
    )[0]


def put_mail(
    kind: str,
    *,
    to: int | str,
    key: str,
    now: datetime,
    urgency: Urgency | None,
    params: dict[str, Any],
    secret: bool = False,
    language: str = "",
    matter: str = "",
) -> tuple[OutboxMail, bool]:
    """The same, and whether the mail is new."""
    if isinstance(to, int):
        recipient: dict = {"recipient_id": to}
    else:
        to = to.strip()
        recipient = {"recipient_id": None, "address": to}
        language = language or translation.get_language() or settings.LANGUAGE_CODE
        urgency = min(Urgency.SOON if urgency is None else urgency, Urgency.SOON)  # nobody gathers for an address
    plan = _plan(kind, to, secret=secret, matter=matter, now=now) if urgency is None else Plan(Pace.AT_ONCE)
    waits = plan.at is not None
    state, why = MailState.KEPT if plan.pace == Pace.NEVER else MailState.WAITING, ""
    if state == MailState.WAITING and not secret and isinstance(to, int) and _is_passed_on(kind, to, params):
        state, why, waits = MailState.STOPPED, PASSED_ON, False
    return OutboxMail.objects.get_or_create(
        key=key,
        **recipient,
        defaults={
            "kind": kind,
            "language": language,
            "params": params,
            "secret": secret,
            "urgency": int(Urgency.LATER if waits else Urgency.SOON if urgency is None else urgency),
            "message_id": message_id(key, to),
            "state": state,
            "last_error": why,
            "due_at": plan.at or now,
            "created_at": now,
            "matter": matter,
        },
    )


def _plan(kind: str, to: int | str, *, secret: bool, matter: str, now: datetime) -> Plan:
    """What becomes of it, by the table of topics and what the person has chosen."""
    topic = settings.MAILS.get(kind)
    if topic is None or secret or not isinstance(to, int) or topic.choices == (Pace.AT_ONCE,):
        return Plan(Pace.AT_ONCE)
    return import_string(settings.SLOTS["mail_plan"])(to, topic, matter, now)


def _is_passed_on(kind: str, person_id: int, params: Mapping[str, Any]) -> bool:
    """Whether somebody posts it or calls instead, because the person wants to be reached so. The one place where it is
    asked, when the mail is written: another choice counts from then on."""
    if kind not in settings.PASSED_ON:
        return False
    wants = import_string(settings.SLOTS["reached_without_mail"])
    return person_id in wants([person_id], params.get("group_id"))


def send_one(*, worker_id: str, now: datetime) -> bool:
    """Send the mail whose turn it is; returns whether there was one."""
    mail = _claim(worker_id, now)
    if mail is None:
        return False
    outcome: dict[str, Any]
    try:
        recipient = _recipient(mail)
        if recipient is None:
            outcome = {"state": MailState.STOPPED, "last_error": "no address"}
        elif _has_had_enough(mail, now):
            outcome = {"state": MailState.WAITING, "due_at": now + ENOUGH_FOR_NOW, "attempts": mail.attempts - 1}
        else:
            transport().send(written(mail, recipient, now=now))
            outcome = {"state": MailState.SENT, "sent_at": now, "last_error": ""}
    except Exception as error:
        outcome = _later_or_failed(mail, error, now)
    # The letter has left: only a kill, not a database that is away for a while, may make us send it again.
    insist(lambda: _mark(mail, worker_id, **outcome), seconds=settings.MAIL_LEASE / 3)
    return True


def send_again(mail_id: int, *, by: Actor, now: datetime) -> None:
    """Let a failed mail start over with all its attempts. Raises NotFailed."""
    with transaction.atomic():
        mail = OutboxMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state != MailState.FAILED or mail.blanked_at:
            raise NotFailed(str(mail_id))
        mail.state, mail.attempts, mail.due_at = MailState.WAITING, 0, now
        mail.leased_until, mail.leased_by = None, ""
        mail.save(update_fields=["state", "attempts", "due_at", "leased_until", "leased_by"])
        record("core.mail_sent_again", by=by, at=now, on=mail, kind=mail.kind)


def mail_in_words(mail: OutboxMail, *, name: str, language: str, now: datetime) -> tuple[str, str]:
    """Subject and text of a mail, for somebody who has no address: to be posted, or told by phone."""
    letter = written(mail, Recipient(settings.DEFAULT_FROM_EMAIL, name, language), now=now)
    return str(letter.subject), str(letter.body)


def words_of(mail: OutboxMail, *, name: str, language: str) -> Words:
    """What a mail says, taken apart: for a digest, and for a page. Raises MailIsUnfinished."""
    subject, body = _rendered(mail, {}, name=name, language=language)
    text, _, foot = body.rpartition("\n-- \n")
    return Words(subject, text.strip(), foot.rpartition("\n\n")[0].strip())


def readdress_mail(address: str, *, to: int, by: Actor, now: datetime) -> int:
    """Mail to this address is mail to the person `to` from now on, and so is what has been sent: the address stands
    in no row any more. Returns how many there were.
    """
    with transaction.atomic():
        mails = OutboxMail.objects.filter(recipient_id=None, address__iexact=address)
        taken = OutboxMail.objects.filter(recipient_id=to).values("key")
        mails.filter(key__in=taken).delete()  # the same matter to the same person is one mail
        count = mails.update(recipient_id=to, address="")
        if count:
            record("core.mail_readdressed", by=by, at=now, person_id=to, count=count)
    return count


def let_go_of_leases() -> int:
    """Let what was being sent when a backup was made be sent by anybody; that attempt is not counted."""
    leased = OutboxMail.objects.filter(state=MailState.WAITING).exclude(leased_until=None)
    return leased.update(leased_until=None, leased_by="", attempts=Greatest(F("attempts") - 1, 0))


def template_name(kind: str) -> str:
    """The template of a kind of mail. Raises NoSuchMail."""
    app, _, name = kind.partition("/")
    path = f"{app}/mail/{name}.txt"
    try:
        get_template(path)
    except TemplateDoesNotExist as missing:
        raise NoSuchMail(kind) from missing
    return path


def message_id(key: str, to: int | str) -> str:
    """The Message-ID of this matter to this recipient, for ever the same."""
    name = f"{'person' if isinstance(to, int) else 'address'}:{to}:{key}"
    return f"<{uuid.uuid5(_NAMESPACE, name)}@{urlsplit(settings.SITE_URL).hostname}>"


def written(mail: OutboxMail, recipient: Recipient, *, now: datetime) -> EmailMessage:
    """The finished letter in the recipient's language. Raises MailIsUnfinished."""
    topic = settings.MAILS.get(mail.kind)
    can_choose = topic is not None and len(topic.choices) > 1 and mail.recipient_id is not None
    more: dict[str, Any] = {"choose": reverse(settings.MAIL_CHOICES)} if can_choose else {}
    headers: dict[str, str] = {}
    if mail.kind == DIGEST:
        more = gathered_in(mail, name=recipient.name, language=recipient.language)
        # One press in the reader's mail program ends it (RFC 2369, RFC 8058).
        headers = {
            "List-Unsubscribe": f"<{settings.SITE_URL}{mail.params['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    subject, body = _rendered(mail, more, name=recipient.name, language=recipient.language)
    if recipient.is_discreet:
        with translation.override(recipient.language):
            subject = translation.gettext("News for you")
    name = " ".join(recipient.name.split())
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((name, recipient.address)) if name else recipient.address],
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
            "Content-Language": recipient.language,
            **headers,
        },
    )


def _rendered(mail: OutboxMail, more: dict[str, Any], *, name: str, language: str) -> tuple[str, str]:
    """Subject and body. Raises MailIsUnfinished."""
    with translation.override(language):
        text = get_template(template_name(mail.kind)).template.render(  # type: ignore[attr-defined]
            Context(
                {**mail.params, **more, "site_url": settings.SITE_URL, "recipient_name": name},
                autoescape=False,
            )
        )
    head, _, body = text.lstrip().partition("\n\n")
    subject = " ".join(head.removeprefix("Subject:").split())
    body = re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
    if not head.startswith("Subject:") or not subject:
        raise MailIsUnfinished(mail.kind)
    return subject, body


@dataclass(frozen=True, slots=True)
class Group:
    """What a digest says of one matter. words: (when, what), the newest first. why: each reason once."""

    title: str
    words: list[tuple[datetime, Words]]
    why: list[str]


def gathered_in(digest: OutboxMail, *, name: str, language: str) -> dict[str, Any]:
    """What a digest's template needs: `groups`, the matter with the newest first; `count`, how many there are; and
    `rest`, how many of them are not in it word for word."""
    rows = OutboxMail.objects.filter(gathered_in=digest).order_by("-created_at", "-pk")
    shown = list(rows[:MOST_IN_A_DIGEST])
    groups: dict[str, Group] = {}
    for row in shown:
        if row.blanked_at is not None:
            continue
        topic = settings.MAILS.get(row.kind)
        with translation.override(language):
            title = " ".join(str(row.params.get("title") or (topic.title if topic else "")).split())
        group = groups.setdefault(row.matter or (topic.key if topic else row.kind), Group(title, [], []))
        words = words_of(row, name=name, language=language)
        group.words.append((row.created_at, words))
        if words.why not in group.why:
            group.why.append(words.why)
    count = rows.count() if len(shown) == MOST_IN_A_DIGEST else len(shown)
    return {"groups": list(groups.values()), "count": count, "rest": count - len(shown)}


# --- within ---------------------------------------------------------------------------------------


def _claim(worker_id: str, now: datetime) -> OutboxMail | None:
    """Take a due mail for a while. If we die, the lease runs out and another takes it. What waits for the digest is
    not ours (`digests.gather`)."""
    due = OutboxMail.objects.filter(state=MailState.WAITING, urgency__lt=Urgency.LATER, due_at__lte=now).filter(
        Q(leased_until=None) | Q(leased_until__lte=now), not_held()
    )
    while due.exists():
        with transaction.atomic():
            mail = due.select_for_update(skip_locked=True).order_by("urgency", "due_at", "pk").first()
            if mail is None:
                return None
            if mail.attempts < MAIL_ATTEMPTS:
                mail.attempts += 1
                mail.leased_by = worker_id
                mail.leased_until = now + timedelta(seconds=settings.MAIL_LEASE)
                mail.save(update_fields=["attempts", "leased_by", "leased_until"])
                return mail
        # Its last attempt took the worker with it.
        _mark(mail, mail.leased_by, state=MailState.FAILED, last_error="WorkerDied")
    return None


def _has_had_enough(mail: OutboxMail, now: datetime) -> bool:
    """Whether the recipient has had as many mails within the hour as anybody gets. Then it waits, and none is lost;
    what somebody waits for at the screen has limits of its own (settings.ACCOUNT_RATE_LIMITS)."""
    if mail.urgency == Urgency.NOW:
        return False
    to = {"recipient_id": mail.recipient_id} if mail.recipient_id else {"recipient_id": None, "address": mail.address}
    lately = {"state": MailState.SENT, "sent_at__gt": now - timedelta(hours=1), "urgency__gt": Urgency.NOW}
    return OutboxMail.objects.filter(**lately, **to).count() >= settings.MAIL_MOST_AN_HOUR


def _recipient(mail: OutboxMail) -> Recipient | None:
    if mail.recipient_id is None:
        if not import_string(settings.SLOTS["mail_to_address"])(mail.address):
            return None
        return Recipient(address=mail.address, name="", language=mail.language)
    found = import_string(settings.SLOTS["mail_recipient"])(mail.recipient_id)
    return found if found and found.address else None


def _later_or_failed(mail: OutboxMail, error: Exception, now: datetime) -> dict[str, Any]:
    wait = None if _is_final(error) else mail_wait(mail.attempts)
    if wait is None:
        return {"state": MailState.FAILED, "last_error": _in_short(error)}
    return {"state": MailState.WAITING, "due_at": now + wait, "last_error": _in_short(error)}


def _mark(mail: OutboxMail, worker_id: str, *, state: MailState, **fields: Any) -> None:
    """Write down how it went; unless the lease ran out and another has it, who then answers for it."""
    if mail.secret and state in (MailState.SENT, MailState.STOPPED):
        fields["params"] = closed_for(mail, "params", {})
    mine = OutboxMail.objects.filter(
        pk=mail.pk, state=MailState.WAITING, leased_by=worker_id, attempts=mail.attempts
    ).update(state=state, leased_until=None, leased_by="", **fields)
    if not mine:
        log.warning("mail lost to another worker id=%s kind=%s", mail.pk, mail.kind)
    elif state == MailState.FAILED:
        log.error("mail failed id=%s kind=%s error=%s", mail.pk, mail.kind, fields["last_error"])
    else:
        log.info("mail %s id=%s kind=%s attempt=%d", state.value, mail.pk, mail.kind, mail.attempts)


def _is_final(error: Exception) -> bool:
    """The receiving server says that this address will never do."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )


def _in_short(error: Exception) -> str:
    """The kind of error and the server's code; never its words, which may hold an address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), None)
    return f"{type(error).__name__} {code or ''}".strip()[:200]
