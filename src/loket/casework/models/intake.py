"""A file of another database that waits for a yes: kept sealed between the dry run and the import, and not for long."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from loket.accounts.models import Membership
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Intake(models.Model):
    """One import. `rows` and `mapping` are sealed with the installation's key until they are brought in or thrown away.

    `form` is htcds or mapping; `done` how many rows are in already, so that what was stopped goes on where it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10)
    purposes: Any = models.JSONField(default=list)
    ground = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="planned")  # planned, running, done, dropped
    rows = EncryptedText(key=None)
    mapping = EncryptedText(key=None)
    errors = EncryptedText(key=None)  # rows, columns and sentences; never what stood there
    summary: Any = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    destroy_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "destroy_at"], name="casework_intake_ends")]

    def __str__(self) -> str:
        return f"intake {self.pk}"


class Kept(models.Model):
    """Cells of another database that have no place here, as they came: sealed with the person's own key.

    What is exported later by the same standard takes them along, so that nothing is lost on the way through.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="kept")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10)
    cells = EncryptedText()

    def __str__(self) -> str:
        return f"kept of {self.person_id}"
