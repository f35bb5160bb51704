"""Duties as tasks with clocks, and every change of one with what changed and why."""

# ruff: noqa: RUF012  (what Django reads from a class once)
from __future__ import annotations

import uuid

from django.db import models

from loket.accounts.models import Membership, Organisation
from loket.casework.models.encounter import Person
from loket.vault.fields import EncryptedText
from loket.vault.models import Subject

# In the order of the lists, and with what they are picked and counted by: nothing else is read for that.
WORK_LIST = ["organisation", "state", "due", "-urgent", "made_on", "id", "strength", "extended", "duty", "handed_on"]


class Task(models.Model):
    """One duty for one person: one row, whatever becomes of it.

    `holder` is the kind of organisation in the content, `organisation` the one at the counter that has it; without one
    it is for the registration point to find somebody (`registry`). `why`, `receipt`, `ruled_out_by` and `reason` tell
    of the person and are sealed. `late` is never stored: whether a day has passed, the day says. `handed_on`: the
    registration point has taken the registration up, so that whoever has the task may see it, and was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    holder = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    registry = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    strength = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default="open")
    urgent = models.BooleanField(default=False)
    protective = models.BooleanField(default=False)
    handed_on = models.BooleanField(default=False, db_default=False)
    uncertain = models.BooleanField(default=False)
    made_on = models.DateField()
    event = models.CharField(max_length=60, blank=True)
    event_on = models.DateField(null=True)
    due = models.DateField(null=True)
    extended = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    content = models.CharField(max_length=64)
    why = EncryptedText()
    receipt = EncryptedText()
    ruled_out_by = EncryptedText()
    reason = EncryptedText()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "duty"], name="casework_duty_once")]
        indexes = [
            models.Index(fields=WORK_LIST, name="casework_work_list"),
            models.Index(
                fields=["registry", "organisation", "state", "-urgent", "made_on", "id", "strength"],
                name="casework_to_place",
            ),
            models.Index(  # with all that these few are picked by: nothing else is read for that
                fields=["person", "state", "organisation", "strength"],
                name="casework_pressing",
                condition=models.Q(urgent=True, handed_on=False),
            ),
            models.Index(fields=["registry", "state", "due"], name="casework_stalled"),
            models.Index(fields=["registry", "state", "organisation", "duty"], name="casework_stalled_where"),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"


class TaskChange(models.Model):
    """What became of a task, when, by whom (nobody: facts or rules changed), and the sentence in both languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)  # a kind of `schakel.casework.recompute`, or finish, refuse, ...
    state = models.CharField(max_length=20)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    say = EncryptedText()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="casework_changes_at")]

    def __str__(self) -> str:
        return f"change {self.pk}"
