"""What has to go out: mails without content and lines to webhooks, each kept until it went or was given up.

A line is written in the transaction of what it is about, so that nothing is told that did not happen, and nothing that
happened stays untold. No line holds a word about a person.
"""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from loket.accounts.models import Membership, Organisation
from loket.vault.fields import EncryptedText

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


class Webhook(models.Model):
    """Where an organisation wants to be told that something changed; the secret signs what is sent there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=300)
    events: Any = models.JSONField(default=list)
    secret = EncryptedText(key=None)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Message(models.Model):
    """One line of the outbox. `what` is area.verb, `object` the random id of the thing it is about.

    A mail goes to one membership; a webhook gets `what` and `object`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)  # mail, webhook
    what = models.CharField(max_length=60)
    object = models.UUIDField(null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, null=True, related_name="messages")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)  # a code: why the last try failed

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="casework_outbox_due"),
            models.Index(fields=["membership", "state"], name="casework_outbox_to"),  # who has a mail on its way
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class CalendarFeed(models.Model):
    """The address of somebody's own deadlines. Only the digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    lang = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"calendar {self.pk}"
