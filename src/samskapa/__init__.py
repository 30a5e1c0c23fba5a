"""Samskapa: patients, relatives and professionals shape care together."""
