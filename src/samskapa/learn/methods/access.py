"""The doorway. Everybody may read the methods; what is not there is missing."""

from __future__ import annotations

from django.http import Http404

from .domain import Method
from .queries import method_called


def method_for(key: str) -> Method:
    """The method with that key. Raises Http404."""
    method = method_called(key)
    if method is None:
        raise Http404
    return method
