"""The paper of an agreement as a file."""

from __future__ import annotations

from samskapa.ground.documents.services import make_pdf

from ..queries.paper import LANGUAGE, Paper


def print_agreement(sheet: Paper) -> bytes:
    """The PDF of a paper of `queries.paper`. The same paper gives the same bytes."""
    return make_pdf("agreements/agreement", sheet.data, title=sheet.title, at=sheet.at, language=LANGUAGE)
