"""A person with an account."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Protocol

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Strength
from samskapa.ground.core.keys.fields import BlindIndexField, EncryptedTextField

from .domain import SORT_KEY_LENGTH, TAG_LENGTH, normal_address, swedish_sort_key


class PersonManager(BaseUserManager["Person"]):
    """Django and allauth ask a manager for a person by mail address, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)

    def create_user(self, email: str | None = None, password: str | None = None, **fields) -> Person:
        """Make a row with its sort key. Without a password none can be guessed: the hash matches nothing."""
        fields.setdefault("sort_key", swedish_sort_key(fields.get("name", "")))
        person = self.model(email=normal_address(email) if email else None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their roles, never from this row."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=8, default="sv")
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, blank=True, editable=False, db_index=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    #: The person has asked to be forgotten, or their time had run out: no detail is left in this row.
    forgotten_at = models.DateTimeField(null=True, editable=False)
    #: Known to have died on that day. Nobody comes in any more, and no mail leaves (`queries.mail_recipient`).
    died_on = models.DateField(null=True, editable=False)
    death_noted_at = models.DateTimeField(null=True, editable=False)
    #: Set while the identity is protected: the row then holds a neutral name and no way to reach anybody.
    protected_tag = models.CharField(max_length=TAG_LENGTH, null=True, unique=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_the_case"),
            models.CheckConstraint(
                name="person_forgotten_is_blank",
                condition=Q(forgotten_at=None)
                | Q(name="", email=None, phone="", sort_key="", last_login=None, is_active=False),
            ),
            models.CheckConstraint(
                name="person_who_died_is_not_active",
                condition=Q(died_on=None, death_noted_at=None)
                | Q(died_on__isnull=False, death_noted_at__isnull=False, is_active=False),
            ),
            models.CheckConstraint(
                condition=Q(protected_tag=None) | Q(email=None, phone="") & ~Q(name=""),
                name="person_protected_holds_no_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.pk}"


class Named(Protocol):
    """What a name is made of: a Person, or those columns of one."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def protected_tag(self) -> str | None: ...
    @property
    def forgotten_at(self) -> datetime | None: ...


#: The columns that `display_name` reads.
NAMED = ("name", "email", "protected_tag", "forgotten_at")


def display_name(person: Named) -> str:
    """The name as others see it; before one is given, the part before the @. Of somebody who is forgotten, words; of a
    protected person the neutral name, in the reader's language."""
    if person.forgotten_at:
        return gettext("Removed person")
    if person.protected_tag:
        return gettext("Protected person %(tag)s") % {"tag": person.protected_tag}
    return person.name or (person.email or "").split("@")[0]


class ProtectedDetails(models.Model):
    """What is known of a person whose identity is protected. Nobody reads it but by `access` of the protection app,
    and the letter that is sent."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="protected_details")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = EncryptedTextField(bound_to="uid")
    email = EncryptedTextField(bound_to="uid")  # "" where there is none
    phone = EncryptedTextField(bound_to="uid")
    place = EncryptedTextField(bound_to="uid")  # where the person lives or can be met, in words
    #: By which a typed address finds its account; null where there is no address.
    address_tag = BlindIndexField(null=True, unique=True)
    #: Whether allauth had the address as confirmed, so that it has again when the protection is lifted.
    address_confirmed = models.BooleanField(default=False)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"ProtectedDetails {self.pk}"


class NamedCoordinator(models.Model):
    """A coordinator who may see the details of a protected person."""

    details = models.ForeignKey(ProtectedDetails, on_delete=models.CASCADE, related_name="named")
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["details", "coordinator"], name="named_coordinator_once"),
        ]

    def __str__(self) -> str:
        return f"NamedCoordinator {self.pk}"


class EidLink(models.Model):
    """An e-identification that opens this account. Whose it is can be known again, never read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="eid_links")
    tag = BlindIndexField(unique=True)
    broker = models.CharField(max_length=40)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"EidLink {self.pk}"


class Remembered(models.Model):
    """Django's cache in the database, shared by every process: attempts counted, codes used, what a broker publishes.

    Written by Django's DatabaseCache, in its own form; nothing in it is kept longer than a day.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_remembered"

    def __str__(self) -> str:
        return "Remembered"


class Session(AbstractBaseSession):
    """A browser that is, or is not, logged in. Neither its address nor its full description is kept.

    handle: what the person's own list calls it; the key is as secret as a password.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    # Not unique: when the key is changed, the new row stands beside the old one for a moment.
    handle = models.UUIDField(null=True, db_index=True)
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    strength = models.PositiveSmallIntegerField(default=0, choices=[(s.value, s.name) for s in Strength])
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_of_somebody_has_a_beginning",
                condition=models.Q(handle=None) | models.Q(person__isnull=False, began_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Session {self.handle}"
