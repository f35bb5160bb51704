"""That somebody is missing: who told it, where it stands, and every step with its words."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Membership, Organisation
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Alert(models.Model):
    """One disappearance; states as in the lifecycle `alert`. `police` is who searches, where one is at the counter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    police = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default="reported")
    begun_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="casework_missing_once", condition=~models.Q(state="closed")
            )
        ]
        indexes = [models.Index(fields=["police", "state"], name="casework_searched_by")]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertStep(models.Model):
    """One step of it: what was done, by whom, when, and with which words (sealed)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    event = models.CharField(max_length=20)
    to = models.CharField(max_length=12)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedText()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"alert step {self.pk}"
