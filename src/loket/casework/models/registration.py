"""A registration of one person at the registration point, and every step it took."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from loket.accounts.models import Membership, Organisation
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Registration(models.Model):
    """One registration, by name or (`named` false) a count without identity; states as in the lifecycles.

    `grounds` gives for each purpose the id of the ground on record. `registry` is the registration point that received
    it, `responsible` the organisation that answers for the person now (a transfer moves it). `reporter` is that of the
    encounter, so that what waits for them is found at once among all that they ever reported.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default="draft")
    made_on = models.DateField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    registry = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    responsible = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reporter = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    purposes: Any = models.JSONField(default=list)
    grounds: Any = models.JSONField(default=dict)
    consent_by = models.CharField(max_length=60, blank=True)  # who consented, where that is the ground
    content = models.CharField(max_length=64)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    question = EncryptedText()
    reason = EncryptedText()
    outcome = models.CharField(max_length=40, blank=True)
    outcome_on = models.DateField(null=True)
    destroy_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["registry", "state", "submitted_at"], name="casework_at_registry"),
            models.Index(fields=["state", "destroy_on"], name="casework_to_destroy"),
            models.Index(fields=["reporter", "state"], name="casework_of_reporter"),
        ]

    def __str__(self) -> str:
        return f"registration {self.pk}"


class Step(models.Model):
    """One step of a registration: what was done, by whom, when, and with which words (sealed)."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    event = models.CharField(max_length=20)
    to = models.CharField(max_length=20)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedText()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"
