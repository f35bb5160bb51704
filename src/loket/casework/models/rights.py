"""What the person concerned, or who speaks for them, asks to be put right, and what came of it."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Organisation, User
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Correction(models.Model):
    """A request of the person: to see, to correct, or an objection; and what came of it.

    Where it says what a part should read, `place` names that part (identity.surname, contact, fact:age) and `value`
    holds the new reading, sealed: then the registration point applies it with one press.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("casework.Person", on_delete=models.PROTECT, related_name="corrections")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # correct, object
    state = models.CharField(max_length=12, default="asked")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    words = EncryptedText()
    place = models.CharField(max_length=60, blank=True)
    value = EncryptedText()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_on"], name="casework_correction_open")]

    def __str__(self) -> str:
        return f"request {self.pk}"


class CorrectionStep(models.Model):
    """One step of a request, with its words. None is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    event = models.CharField(max_length=20)
    to = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedText()

    def __str__(self) -> str:
        return f"{self.event} of {self.correction_id}"
