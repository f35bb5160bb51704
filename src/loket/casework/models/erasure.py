"""A request to destroy what is kept of a person: asked by the registration point, done by the keeper of the keys."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Membership
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Erasure(models.Model):
    """One request, with why (`reason` is a code, `words` are sealed with the person's key and go with it).

    Who asks never decides: two pairs of eyes. The row stays when the person is gone; it names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="asked")  # as in the lifecycle `erasure`
    reason = models.CharField(max_length=20)  # objection, wrong, term
    words = EncryptedText()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="casework_erasure_open")]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
