"""Personal links, and the sheets that only an anonymous link opens. Called within the services that use them."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime

from django.urls import reverse

from ..domain import Answers
from ..models import AnonymousDraft, Asked, AskedLink
from ..queries.answers import NONCE, digest, draft_cipher, draft_key, opened


def new_link(asked: Asked, *, now: datetime) -> str:
    """Make a link, and answer the path it leads to. The token is in the path and nowhere else."""
    token = secrets.token_urlsafe(32)
    AskedLink.objects.create(asked=asked, token_digest=digest(token), created_at=now)
    return reverse("surveys:sheet", args=[token])


def locked_draft(asking_id: int, token: str) -> tuple[AnonymousDraft, Answers]:
    """The sheet on its way behind an anonymous link, made where there is none; locked, and opened."""
    key = draft_key(token)
    AnonymousDraft.objects.get_or_create(pk=key, defaults={"asking_id": asking_id, "box": _closed({}, token)})
    draft = AnonymousDraft.objects.select_for_update().get(pk=key)
    return draft, opened(draft, token)


def keep_draft(draft: AnonymousDraft, answers: Answers, token: str) -> None:
    """Close the answers again, so that the token alone opens them."""
    draft.box = _closed(answers, token)
    draft.save(update_fields=["box"])


def _closed(answers: Answers, token: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    sealed = draft_cipher(token).encrypt(nonce, json.dumps(answers).encode(), draft_key(token).encode())
    return urlsafe_b64encode(nonce + sealed).decode()
