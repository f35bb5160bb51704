"""Two registrations that turned out to be about one person; kept as they were, so that it can be undone."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import User
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Merge(models.Model):
    """``merged`` went into ``kept``. ``state_before`` is where the merged one stood, to go back to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey("casework.Registration", on_delete=models.PROTECT, related_name="absorbed")
    merged = models.ForeignKey("casework.Registration", on_delete=models.PROTECT, related_name="merges")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    state_before = models.CharField(max_length=12)
    reason = EncryptedText()
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_on = models.DateField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], name="casework_merged_once", condition=models.Q(undone_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class NotTheSame(models.Model):
    """The registrar looked at two people who seemed one, and they are not: not asked again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey("casework.Registration", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("casework.Registration", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="casework_apart_once")]

    def __str__(self) -> str:
        return f"not the same {self.pk}"
