"""Whose texts are kept (a subject with a key of their own, sealed), and the keyed indexes to find them again."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models


class Subject(models.Model):
    """One person, as the vault sees one: an id and a sealed data key. Without the key nothing about them opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vault_erased_has_no_key",
                condition=models.Q(erased_at__isnull=True, wrapped__isnull=False)
                | models.Q(erased_at__isnull=False, wrapped__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"subject {self.pk}"


class BlindIndex(models.Model):
    """By which words a subject can be found again: a keyed digest for each, never the word."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="indexes")
    kind = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind", "digest"], name="vault_index_once")]
        indexes = [models.Index(fields=["kind", "digest"], name="vault_index_search")]

    def __str__(self) -> str:
        return f"index {self.kind}"
