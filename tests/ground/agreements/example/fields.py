"""A text that the database cannot read. The smallest that will do for a test; the product's own comes
later."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import models


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(settings.SECRET_KEY.encode()).digest()))


class EncryptedText(models.TextField):
    """Encrypted in the column, plain in Python; an empty text stays empty."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return _fernet().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        return _fernet().decrypt(value.encode()).decode() if value else value
