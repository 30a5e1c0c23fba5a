"""The product's own settings, with the constant pages beside the real ones."""

from samskapa.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
# What the measuring itself says is not wanted in the log.
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
