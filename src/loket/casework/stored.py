"""From rows to the dataclasses of `schakel.casework` and back: sealed columns hold JSON in one fixed form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django.utils import timezone

from loket.casework import models
from schakel.casework.duty import DutyTask
from schakel.casework.encounter import Encounter
from schakel.casework.outcome import Outcome
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.casework.registration import Registration
from schakel.casework.report import Report
from schakel.mechanism.situation import Claim
from schakel.vocabulary.texts import Text, text

Json = dict[str, Any]
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(data: Any) -> str:
    """Plain data as it is sealed."""
    return _written(data)


def unpack(sealed: str | None) -> Json:
    """What was sealed; nothing where there is nothing, or where the person was erased."""
    return json.loads(sealed) if sealed else {}


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def claim_data(claim: Claim) -> Json:
    """One claim; what is empty is left out."""
    data = {
        "fact": claim.fact, "values": list(claim.values), "source": claim.source, "certainty": claim.certainty,
        "said_on": claim.said_on.isoformat() if claim.said_on else "", "revises": claim.revises,
        "day": claim.day.isoformat() if claim.day else "",
    }  # fmt: skip
    return {key: value for key, value in data.items() if value}


def claim(data: Mapping[str, Any]) -> Claim:
    return Claim(
        data["fact"], tuple(data.get("values", ())), data.get("source", ""), day(data.get("said_on")),
        data.get("certainty", ""), day(data.get("day")), bool(data.get("revises")),
    )  # fmt: skip


def _exploitation_data(one: Exploitation) -> Json:
    return {**asdict(one), "begun": one.begun and one.begun.isoformat(), "ended": one.ended and one.ended.isoformat()}


def _exploitation(data: Mapping[str, Any]) -> Exploitation:
    return Exploitation(
        data["id"], tuple(data["forms"]), data.get("sector", ""), day(data.get("begun")), day(data.get("ended")),
        data.get("municipality", ""), tuple(data.get("told_in", ())),
    )  # fmt: skip


def shared_text(encounter: Encounter) -> str:
    """The sealed column of an encounter."""
    return pack({
        "claims": [claim_data(one) for one in encounter.shared], "signals": list(encounter.signals),
        "municipality": encounter.municipality,
    })  # fmt: skip


def facts_text(person: CasePerson) -> str:
    """The sealed column with what is known of a person."""
    return pack({
        "claims": [claim_data(one) for one in person.claims], "signals": list(person.signals),
        "exploitations": [_exploitation_data(one) for one in person.exploitations],
    })  # fmt: skip


def identity_text(identity: Identity | None) -> str | None:
    return pack(asdict(identity)) if identity else None


def identity(row: models.Person) -> Identity | None:
    data = unpack(row.identity)
    if not data:
        return None
    several = {part: tuple(data.get(part, ())) for part in ("nationalities", "aliases")}
    return Identity(**{**data, **several})


def person(row: models.Person) -> CasePerson:
    """A person, without those who represent them (relations are looked up, see `relations`)."""
    data = unpack(row.facts)
    return CasePerson(
        id=str(row.pk),
        claims=tuple(claim(one) for one in data.get("claims", ())),
        signals=tuple(data.get("signals", ())),
        identity=identity(row),
        exploitations=tuple(_exploitation(one) for one in data.get("exploitations", ())),
    )


def report(row: models.Report) -> Report:
    return Report(
        str(row.pk), str(row.encounter_id), row.reported_on, row.reporter_kind, str(row.reporter_id or ""),
        str(row.person_id or ""), row.reference or "",
    )  # fmt: skip


def encounter(
    row: models.Encounter, persons: Iterable[models.Person], reports: Iterable[models.Report] = ()
) -> Encounter:
    """An encounter with these of its persons."""
    data = unpack(row.shared)
    return Encounter(
        id=str(row.pk), found_on=row.found_on, who=row.who or None, municipality=data.get("municipality", ""),
        shared=tuple(claim(one) for one in data.get("claims", ())), signals=tuple(data.get("signals", ())),
        persons=tuple(person(one) for one in persons), reports=tuple(report(one) for one in reports),
    )  # fmt: skip


def registration(row: models.Registration, steps: Iterable[models.Step] = ()) -> Registration:
    """A registration with its history."""
    outcome = Outcome(row.outcome, row.outcome_on, "") if row.outcome and row.outcome_on else None
    return Registration(
        id=str(row.pk), encounter=str(row.person.encounter_id), person=str(row.person_id), made_on=row.made_on,
        named=row.named, state=row.state, purposes=tuple(row.purposes), grounds=dict(row.grounds), content=row.content,
        merged_into=str(row.merged_into_id or ""), question=row.question or "", reason=row.reason or "",
        outcome=outcome, destroy_on=row.destroy_on,
        history=tuple((timezone.localdate(step.at), step.event, step.to) for step in steps),
    )  # fmt: skip


def task(row: models.Task) -> DutyTask:
    """A task as it is stored: `late` is worked out for a day (`schakel.casework.duty.at`)."""
    return DutyTask(
        duty=row.duty, task=row.kind, person=str(row.person_id), holder=row.holder, strength=row.strength,
        state=row.state, why=words(row.why), made_on=row.made_on, content=row.content, receipt=unpack(row.receipt),
        urgent=row.urgent, protective=row.protective, event=row.event, event_on=row.event_on, due=row.due,
        extended=row.extended, ruled_out_by=tuple(unpack(row.ruled_out_by).get("facts", ())), reason=row.reason or "",
        uncertain=row.uncertain,
    )  # fmt: skip


# The columns of a task that follow from the duty, each with what it is read from; and how what is sealed is written.
TASK: Final[Mapping[str, str]] = {
    "kind": "task", "holder": "holder", "strength": "strength", "state": "state", "urgent": "urgent",
    "protective": "protective", "uncertain": "uncertain", "made_on": "made_on", "event": "event",
    "event_on": "event_on", "due": "due", "extended": "extended", "content": "content", "why": "why",
    "receipt": "receipt", "reason": "reason", "ruled_out_by": "ruled_out_by",
}  # fmt: skip
SEALED_AS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "why": lambda why: pack(dict(why.by_tag)), "receipt": lambda receipt: pack(dict(receipt)),
    "reason": lambda reason: reason or None,
    "ruled_out_by": lambda facts: pack({"facts": list(facts)}) if facts else None,
}  # fmt: skip


def task_columns(one: DutyTask, before: DutyTask | None = None) -> Json:
    """The columns of a task that follow from the duty, ready to be set on a row: of one that was there `before`, those
    that are another now."""
    new = {column: getattr(one, name) for column, name in TASK.items()
           if before is None or getattr(before, name) != getattr(one, name)}  # fmt: skip
    return {column: SEALED_AS[column](value) if column in SEALED_AS else value for column, value in new.items()}


def words(sealed: str | None) -> Text:
    """A sealed text in both languages; empty where the person was erased."""
    said = unpack(sealed)
    return text(said) if said else NOTHING


NOTHING = text({"nl": "", "en": ""})
