"""Programs of an organisation that use the API: what they may do, for whom they act, and what they were answered."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from loket.accounts.models import Membership
from loket.vault.fields import EncryptedText


class ApiClient(models.Model):
    """A key for a program. It acts for one membership, in that role, and ends with it; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    scopes: Any = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"client {self.pk}"


class IdempotentAnswer(models.Model):
    """What was answered to a request with an idempotency key, so that the same request again changes nothing.

    `request` is a digest of the request, `answer` its body, sealed; `status` 0 while the first one is still at work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = EncryptedText(key=None)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="casework_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
