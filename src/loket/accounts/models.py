"""Organisations, their units, the people who work there, and how they got in."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from loket.vault.fields import EncryptedText


class Organisation(models.Model):
    """An organisation that works at the counter. ``kind`` is the id of a holder in the content (police, shelter...)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    region = models.CharField(max_length=60, blank=True)
    target_group = models.CharField(max_length=60, blank=True)
    admitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="accounts_name_once", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team or location of an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager):  # type: ignore[type-arg]
    """Finds a user by the address they sign in with, however they type it."""

    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """A professional. What they may do follows from their memberships, never from being a user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A person in a role at an organisation, from one day to another. ``manages``: may invite and end accounts here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="memberships")
    role = models.CharField(max_length=40)
    manages = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="accounts_role_once",
                condition=models.Q(until__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"


class Invitation(models.Model):
    """A link that works once and not for long. Only its digest is kept: who reads the database cannot use it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    role = models.CharField(max_length=40)
    manages = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Identity(models.Model):
    """Somebody as their organisation's own provider knows them. Of what they are called there only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "provider"], name="accounts_identity_once")]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class OpenedGlass(models.Model):
    """Somebody went beyond their relation in an emergency: until when, why, and who looked into it afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="glasses")
    reason = models.CharField(max_length=40)
    note = EncryptedText(key=None)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"glass {self.pk}"
