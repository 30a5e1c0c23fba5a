"""Samskapa: patients, relatives and professionals shape care together."""

__version__ = "0.1.0"
