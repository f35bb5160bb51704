"""Whom somebody looked at inside an opened glass, and what was done about it afterwards."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import OpenedGlass, User


class EmergencyLook(models.Model):
    """One person, looked at inside one glass. It stays open until somebody else looked into it and the person knows.

    ``told_on``: the day on which the person was told; ``verdict``: what whoever looked into it found.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    glass = models.ForeignKey(OpenedGlass, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey("casework.Person", on_delete=models.PROTECT, related_name="emergency_looks")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=20, blank=True)  # needed, not_needed
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["glass", "person"], name="casework_looked_once")]

    def __str__(self) -> str:
        return f"look {self.pk}"
