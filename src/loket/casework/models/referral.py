"""A referral or a transfer: who asks whom, for what, what may come along, and every step that was taken since."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Organisation, User
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Referral(models.Model):
    """One request to one receiver. Without a receiver it is a task of the registrar: find who takes it.

    ``slice`` is JSON, sealed: for each kind of data the rules and grounds on which it may be seen, as they were decided
    when it was asked. ``version`` goes up with every change, so that two people at once do not overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("casework.Person", on_delete=models.PROTECT, related_name="referrals")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    receiver_kind = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)  # referral, transfer
    purpose = models.CharField(max_length=40)  # one of the purposes of the sharing rules
    state = models.CharField(max_length=12, default="requested")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer_by = models.DateField(null=True)
    changed_on = models.DateField(null=True)
    message = EncryptedText()
    reason = EncryptedText()
    outcome = EncryptedText()
    slice = EncryptedText()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "state", "asked_on"], name="casework_referrals_got"),
            models.Index(fields=["sender", "state", "asked_on"], name="casework_referrals_sent"),
            models.Index(fields=["state", "answer_by"], name="casework_referral_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReferralStep(models.Model):
    """One step of a referral: what was done, by which organisation, and with which words. None is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    event = models.CharField(max_length=20)
    to = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    by_telephone = models.BooleanField(default=False)  # the registration point wrote down what the receiver said
    words = EncryptedText()

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="casework_step_of_referral")]

    def __str__(self) -> str:
        return f"{self.event} of {self.referral_id}"
