"""How a line of the log is written: where something failed, never what people wrote and never a link that lets in."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from traceback import format_tb

#: Addresses whose last part is a key: who reads a log must not be able to use it.
_KEYS = re.compile(r"(/konto/inbjudan/|/konto/losenord/nytt/|/konto/ta-over/)[^/\s]+")


class Discreet(logging.Formatter):
    """Leaves out the words of exceptions (a database quotes the row it refused, with name and address) and the keys
    in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEYS.sub(r"\1...", super().format(record))

    def formatException(self, ei) -> str:  # noqa: N802  # logging's own name
        return "\n".join(_told(ei[1]))


def _told(error: BaseException | None) -> Iterator[str]:
    """Each exception of the chain, the first one first: its frames and its class."""
    if error is None:
        return
    yield from _told(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield "Traceback (most recent call last):"
    yield "".join(format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}"
