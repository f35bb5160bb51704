"""Photographs and documents about a person: sealed with that person's key, and never kept on disk in the open."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Membership, Organisation
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Attachment(models.Model):
    """One file. `field` is the kind of data it counts as, so that whoever may see that kind sees it.

    `kind` is what its bytes are (`schakel.casework.filetypes`), whatever its name says. A file that is removed loses
    its bytes and its name; that there was one stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    name = EncryptedText()
    note = EncryptedText()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class AttachmentBytes(models.Model):
    """The bytes of a file, sealed for this one place. Apart, so that no list of files carries them along."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, primary_key=True, related_name="bytes")
    sealed = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return f"bytes of attachment {self.attachment_id}"
