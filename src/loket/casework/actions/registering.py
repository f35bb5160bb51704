"""A registration goes its way: submitted, asked about, accepted, declined, closed, opened again, withdrawn.

Where it may go, the lifecycle says; who may do it, the rules of access; both are asked before anything is written.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import signals, stored
from loket.casework.access import Standing, standing
from loket.casework.actions import ending
from loket.casework.actions.common import locked_encounter, locked_registration, same_version, stopped, writing
from loket.casework.actions.drafting import filled_in
from loket.casework.actions.duties import recomputed
from loket.casework.actions.grounding import on_record
from loket.casework.actions.handing import hand_on
from loket.casework.directory import Directory
from loket.casework.models import Encounter, Registration, Report, Step
from loket.casework.steps import ELSEWHERE, action_of
from loket.site.rows import insert, update
from schakel.casework.ending import WORKING
from schakel.casework.lifecycles import Move, Refusal, lifecycles
from schakel.casework.outcome import Outcome
from schakel.casework.registration import act
from schakel.mechanism.content import load

PURPOSE = "registration"
ENDED = ("declined", "closed", "withdrawn", "merged", "double", "counted")
# What an event changes of a registration. The other columns are left alone: indexes and keys hang on most of them.
MOVED = ("state", "question", "reason", "outcome", "outcome_on", "destroy_on", "changed_at", "version")


def submit(*, by: Member, encounter: uuid.UUID, version: int, reference: str = "") -> list[Registration]:
    """Every draft of an encounter goes to the registration point, each as a name or a count; duties become tasks."""
    entry = {"event": "casework.submit", "kind": "encounter", "object": encounter}
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_encounter(encounter)
        drafts = filled_in(by, row, event="casework.submit")
        same_version(row, version, **entry)
        registry = Directory.now().registry
        if registry is None:
            raise Refused("no_registration_point", **entry)
        _refer_to(row, reference)
        rows = [_submitted(by, here, registry, trail) for here in drafts]
        row.version, row.changed_at = row.version + 1, timezone.now()
        update(row, "version", "changed_at")
        recomputed(row, by=by, trail=trail)
    return rows


def _refer_to(row: Encounter, reference: str) -> None:
    """The reporter's own number of this case, kept sealed with the report that a draft began with."""
    if not reference.strip():
        return
    report = Report.objects.select_related("subject").filter(encounter=row).first()
    if report:
        report.reference = reference.strip()[:120]
        report.save(update_fields=["reference"])


def _submitted(by: Member, here: Standing, registry: uuid.UUID, trail: Trail) -> Registration:
    row = here.registration  # as it is while the encounter is locked
    if row is None or row.state != "draft":
        row = Registration.objects.select_for_update(of=("self",)).get(person=here.person, state="draft")
    row.person, row.subject = here.person, here.person.subject
    relation = here.must("submit", PURPOSE, event="casework.submit")
    on_record(row, here, relation, trail)
    row.registry_id, row.responsible_id = registry, registry
    row.submitted_at, row.destroy_on, row.content = timezone.now(), None, load().fingerprint
    move = moved(row, "submit", by=[by.role], words="")
    keep(row, move, by, trail, relation, "")
    return row


def step(
    *, by: Member, registration: uuid.UUID, event: str, words: str = "", outcome: str = "", version: int
) -> Registration:
    """One event of a registration: a question, an answer, a decision, a closing. Raises Denied with the sentence."""
    entry = {"event": f"casework.{event}", "kind": "registration", "object": registration}
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_registration(registration)
        if event in ELSEWHERE:
            raise Refused("not_here", subject=row.subject_id, **entry)
        action, purpose = action_of(event, by.role)
        relation = standing(by, row.person, row).must(action, purpose, **entry)
        same_version(row, version, subject=row.subject_id, **entry)
        came_of = Outcome(outcome, timezone.localdate(), by.membership) if outcome else None
        ran = row.state in WORKING
        move = moved(row, event, by=[by.role], words=words, outcome=came_of)
        keep(row, move, by, trail, relation, words, *MOVED)
        if row.state in WORKING and not ran:
            ending.run_again(row, by=by, trail=trail)  # the others of the encounter: the clock looks at them
    return row


def moved(
    row: Registration, event: str, *, by: list[str], words: str, outcome: Outcome | None = None, target: str = ""
) -> Move:
    """The row after an event, as the lifecycle says; raises Denied with its sentence where it cannot be."""
    entry = {"event": f"casework.{event}", "kind": "registration", "object": row.pk, "subject": row.subject_id}
    if event not in lifecycles(load())["registration" if row.named else "count"].events:
        raise Refused("not_here", **entry)
    said = act(
        lifecycles(load()), stored.registration(row), event, timezone.localdate(), by=by, words=words, target=target,
        outcome=outcome,
    )  # fmt: skip
    if isinstance(said, Refusal):
        raise stopped(said, **entry)
    now, move = said
    row.state, row.question, row.reason = now.state, now.question or None, now.reason or None
    if outcome:
        row.outcome, row.outcome_on = outcome.kind, outcome.on
    row.destroy_on = _destroy_on(row) if row.state in ENDED else None
    return move


def _destroy_on(row: Registration) -> date | None:
    """When an ended registration may be destroyed: the installation's own norm, or no day while none was set."""
    days = settings.LOKET_RETENTION_DAYS.get("registration" if row.named else "count")
    return timezone.localdate() + timedelta(days=days) if days is not None else None


def keep(row: Registration, move: Move, by: Member, trail: Trail, relation: str, words: str, *columns: str) -> None:
    """Store the step (of the row these columns, or all of them), and let those hear who must be told. Where the
    registration is over now, what waited for it stops."""
    now = timezone.now()
    row.changed_at, row.version = now, row.version + 1
    update(row, *columns)
    step_row = Step(registration=row, subject=row.subject, at=now, event=move.event, to=move.to, by_id=by.membership)
    step_row.words = words.strip() or None
    insert([step_row])
    trail.note(
        f"casework.{move.event}", kind="registration", object=row.pk, subject=row.subject_id, relation=relation,
        ground=",".join(sorted(set(map(str, row.grounds.values()))))[:80],
    )  # fmt: skip
    encounter: Encounter = row.person.encounter
    told: dict[str, Any] = {"registrar": row.registry_id, "finder": encounter.organisation_id}
    help_ = ending.receivers(row.person_id) if "receivers" in move.notice else []
    signals.moved.send(
        Registration, lifecycle=move.lifecycle, event=move.event, notice=move.notice, person=row.person,
        organisations=[*(told[party] for party in move.notice if told.get(party)), *help_],
        memberships=[encounter.reporter_id] if "finder" in move.notice else [], thing=row.pk,
    )  # fmt: skip
    hand_on(row, by)
    ending.end(row, by=by, trail=trail, relation=relation)
