"""One entry of the log. The fields are those that public summaries of NEN 7513 name, and some of our own.

The norm itself was not read (it is sold): whoever works under it compares these fields with its clauses.
"""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """What happened, never with what words: ids of records and persons are stand-ins, keyed and meaningless elsewhere.

    ``predecessor`` and ``digest`` make the chain: a digest covers all other fields and the digest before it.
    """

    chain = models.CharField(max_length=40, default="house")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)  # area.verb, such as person.read
    outcome = models.CharField(max_length=10)  # done, refused
    reason = models.CharField(max_length=60, blank=True)  # why it was refused, or done in an emergency: a code
    user = models.CharField(max_length=40)
    on_behalf_of = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=40, blank=True)
    client = models.CharField(max_length=10)  # counter, api, command, import
    purpose = models.CharField(max_length=60, blank=True)
    ground = models.CharField(max_length=80, blank=True)
    relation = models.CharField(max_length=40, blank=True)
    protocol = models.CharField(max_length=64, blank=True)  # which version of the rules allowed or refused it
    emergency = models.BooleanField(default=False)
    object_kind = models.CharField(max_length=40, blank=True)
    object = models.CharField(max_length=32, blank=True)  # a stand-in
    subject = models.CharField(max_length=32, blank=True)  # the person it is about, a stand-in
    place = models.CharField(max_length=120, blank=True)  # which fields or page, never what stood there
    predecessor = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "predecessor"], name="audit_no_fork"),
            models.UniqueConstraint(fields=["chain", "number"], name="audit_no_gap"),
        ]
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_by_subject"),
            models.Index(fields=["organisation", "at"], name="audit_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.event} {self.outcome}"


class Check(models.Model):
    """What was found when a chain was followed from its start: up to which entry it held, or where it breaks."""

    chain = models.CharField(max_length=40, default="house")
    at = models.DateTimeField()
    client = models.CharField(max_length=10)  # who looked: somebody at the counter, or a command
    entries = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    broken_at = models.PositiveBigIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.chain} checked up to {self.entries}"

    @property
    def holds(self) -> bool:
        return self.broken_at is None
