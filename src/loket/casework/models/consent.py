"""On what something is shared: consent or another ground, for one purpose and one kind of receiver."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Organisation
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Ground(models.Model):
    """What one sharing rests on. ``receiver_kind`` empty: every receiver of this purpose.

    ``given_by`` says who consented (person, parents, guardian; spaces between them), ``told`` in which language the
    person was told, ``note`` why another ground holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("casework.Person", on_delete=models.PROTECT, related_name="grounds")
    purpose = models.CharField(max_length=40)
    receiver_kind = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=60, blank=True)
    told = models.CharField(max_length=60, blank=True)
    note = EncryptedText()
    on = models.DateField()
    recorded_at = models.DateTimeField()  # of two for the same purpose the later one counts
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person", "purpose"], name="casework_ground_of_person")]

    def __str__(self) -> str:
        return f"ground {self.pk}"
