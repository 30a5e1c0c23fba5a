"""The pages that belong to no single app."""

from .health import healthz

__all__ = ["healthz"]
