"""A release on its way. True counts are sealed with a key of their own, and are gone when that key is destroyed."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Draft(models.Model):
    """One release from upload to publication. `state` is a state of the lifecycle `publication` of the content.

    `key` holds the key of the upload (the vault calls its holder a subject): `counts`, the true counts behind the
    release, and `report`, what the attack told the author, are sealed with it. `made` holds the protected files before
    they are published, sealed with the installation's key, and is kept afterwards: what was printed once is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.UUIDField()
    name = models.CharField(max_length=60, unique=True)
    title = models.JSONField()
    spec = models.TextField()
    earlier = models.JSONField(default=list)
    state = models.CharField(max_length=20, default="draft")
    version = models.PositiveIntegerField(default=1)
    key = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    counts = EncryptedText(key="key")
    report = EncryptedText(key="key")
    made = EncryptedText(key=None)
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    destroy_on = models.DateField()
    # The work beside the site: which run, how far, and when it last gave a sign of life.
    run = models.UUIDField(null=True)
    stage = models.CharField(max_length=20, blank=True)
    sign_of_life = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=120, blank=True)
    signed_for = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    checksum = models.CharField(max_length=64, blank=True)  # of what was signed
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"], name="desk_by_organisation")]

    def __str__(self) -> str:
        return f"release {self.pk}"
