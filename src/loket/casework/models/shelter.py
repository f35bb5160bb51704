"""Shelter: requests for a place, what was answered, who has places free, and where somebody stays."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Organisation, User
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Placement(models.Model):
    """A request for a place for one person. Without a shelter it waits with the registrar, who looks for one.

    ``intake`` is JSON, sealed: whom and where to avoid, who comes along. ``slice`` is as with a referral: what the
    shelter may see. A request that was refused stays counted, and may go to another shelter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("casework.Person", on_delete=models.PROTECT, related_name="placements")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    shelter = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    shelter_kind = models.CharField(max_length=60)
    municipality = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=12, default="waiting")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    ended_on = models.DateField(null=True)
    intake = EncryptedText()
    message = EncryptedText()
    slice = EncryptedText()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["shelter", "state", "asked_on"], name="casework_placements_got"),
            models.Index(fields=["sender", "state", "asked_on"], name="casework_placements_sent"),
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"


class PlacementAnswer(models.Model):
    """What was answered or done, by whom, on which day. The reason of a refusal is from a closed list, and counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="answers")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    shelter = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    event = models.CharField(max_length=20)
    to = models.CharField(max_length=12)
    reason = models.CharField(max_length=30, blank=True)
    words = EncryptedText()

    def __str__(self) -> str:
        return f"{self.event} of {self.placement_id}"


class Places(models.Model):
    """What an organisation tells of itself for the directory: for whom it is there, and how many places are free."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="places")
    groups = models.CharField(max_length=120, blank=True)  # target groups, spaces between them; empty: everyone
    free = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"places of {self.organisation_id}"


class Whereabouts(models.Model):
    """Where somebody stays, sealed. Who wrote it down, and who may read it, are two questions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField("casework.Person", on_delete=models.PROTECT, related_name="whereabouts")
    address = EncryptedText()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"whereabouts {self.pk}"
