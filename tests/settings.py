"""The product's own settings, and the apps that exist only to try the ground: with real tables and
migrations."""

from samskapa.config import environment as _env
from samskapa.config.settings import *  # noqa: F403
from samskapa.config.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [
    *_APPS,
    "tests.ground.agreements.example",
    "tests.ground.core.assorted",
    "tests.ground.core.secretive",
]
# Not among the demo's letters, which may lie in this very checkout.
MAIL_URL = f"file://{_env.VAR / 'test' / 'mail'}"
