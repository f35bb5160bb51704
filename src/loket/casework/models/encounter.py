"""An encounter, the persons who were met, every report of it, and who speaks for a person.

Facts, names and free words are sealed: those about everyone with the key of the encounter, those about one person with
the key of that person. What stands open is what the clock and the lists need: days, kinds and states.
"""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Membership, Organisation, User
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject


class Encounter(models.Model):
    """One meeting. `shared` is sealed JSON: facts about everyone, signs and the municipality.

    `version` grows with every change of it or its persons: whoever saves an older one is told so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    who = models.CharField(max_length=40, blank=True)  # a value of the fact `finder`
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    shared = EncryptedText()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["reporter", "-made_at"], name="casework_by_reporter")]

    def __str__(self) -> str:
        return f"encounter {self.pk}"


class Person(models.Model):
    """One person of an encounter. `facts` and `identity` are sealed JSON; `contact` how to reach them safely, in words.

    A count without identity has a person too: with facts, and without `identity`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="persons", db_index=False)
    number = models.PositiveSmallIntegerField()
    facts = EncryptedText()
    identity = EncryptedText()
    contact = EncryptedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "number"], name="casework_person_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Report(models.Model):
    """That somebody told of an encounter, on a day. Every report is kept; `reference` is the reporter's own number.

    `channel` is empty where the reporter wrote it at the counter; otherwise the registration point wrote down what was
    told by telephone or letter (`taken_by`), by whom (`teller`: sealed words) and, of a later report, what (`words`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="reports")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField()
    reporter_kind = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reporter = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reference = EncryptedText()
    channel = models.CharField(max_length=12, blank=True)  # telephone, letter
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    teller = EncryptedText()
    words = EncryptedText()

    class Meta:
        ordering = ["reported_on", "pk"]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Representation(models.Model):
    """Who speaks for a person: guardian or lawyer, from when and by what; or the account of the person (`self`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)  # guardian, lawyer, self
    begun = models.DateField()
    ended = models.DateField(null=True)
    by = models.CharField(max_length=60, blank=True)  # a decision, or the choice of the person: a code

    def __str__(self) -> str:
        return f"representation {self.pk}"
