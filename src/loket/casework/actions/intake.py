"""Bringing in another database: first a plan that waits for a yes, then each row as a registration of its own.

A row comes in whole or not at all, and never twice: its number over there is kept as a blind index.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import intake_rows, stored
from loket.casework.access import Denied, spoken
from loket.casework.actions import drafting, registering
from loket.casework.actions.common import together, writing
from loket.casework.intake_rows import Arrival, Coming
from loket.casework.models import Encounter, Intake, Kept, Person, Report
from loket.vault import actions as vault
from loket.vault.queries import search
from loket.vault.words import Word
from schakel.casework.content import access
from schakel.casework.registration import FIGURES, PURPOSES
from schakel.mechanism.content import load
from schakel.networks.access import may
from schakel.vocabulary.errors import BadInput

KEPT_FOR: Final = timedelta(hours=24)
PURPOSE: Final = "registration"
AT_ONCE: Final = 25  # rows in one press; what is left the worker brings in, or the next press
WAITS: Final = ("planned", "running", "stopped")


def plan(*, by: Member, arrival: Arrival, form: str, mapping: str, purposes: Iterable[str], ground: str) -> Intake:
    """Keep what a file would bring in, sealed, for a day. Raises Denied for who may not register."""
    wanted = [one for one in PURPOSES if one == FIGURES or one in set(purposes)]
    with writing(by=by, purpose=PURPOSE) as trail:
        _must_register(by)
        made = Intake.objects.create(
            membership_id=by.membership, form=form, purposes=wanted, ground=ground,
            rows=json.dumps(intake_rows.as_rows(arrival.coming)), mapping=mapping or None,
            errors=json.dumps([[one.row, one.column, dict(one.what.by_tag)] for one in arrival.errors]),
            summary={**arrival.summary, "no_place": dict(arrival.no_place)}, total=len(arrival.coming),
            made_at=timezone.now(), destroy_at=timezone.now() + KEPT_FOR,
        )  # fmt: skip
        trail.note("exchange.plan_import", kind="intake", object=made.pk, place=f"rows {made.total}")
    return made


def _must_register(by: Member) -> None:
    decision = may(access(load()), "submit", by.role, "reported", "draft", PURPOSE)
    if not decision.allowed:
        raise Denied("no_role", spoken(decision), event="exchange.plan_import", kind="intake")


def bring_in(*, by: Member, intake: uuid.UUID, most: int = AT_ONCE) -> Intake:
    """The next rows of a plan, each in a transaction of its own; the plan remembers how far it is.

    Two who press the button at once do not bring a row in twice: each row is looked for first, inside its transaction.
    """
    found = _own(by, intake)
    if not Intake.objects.filter(pk=found.pk, state__in=WAITS).update(state="running"):
        raise Refused("import_over", event="exchange.import", kind="intake", object=intake)
    return _next(by, found, most)


def go_on(*, by: Member, intake: uuid.UUID, most: int) -> Intake:
    """The next rows of a plan that runs, by the worker for who said yes; a row that cannot come in stops it there."""
    found = _own(by, intake)
    try:
        return _next(by, found, most)
    except (Refused, BadInput):
        halt(intake=intake, why="row")
        raise


def _next(by: Member, found: Intake, most: int) -> Intake:
    rows = intake_rows.from_rows(json.loads(found.rows or "[]"))
    for place in range(found.done, min(found.done + most, len(rows))):
        with together(by):
            held = Intake.objects.defer("rows", "mapping", "errors").select_for_update().get(pk=found.pk)
            if held.state != "running":
                return held  # stopped or thrown away meanwhile
            if held.done == place:
                _row(by, held, rows[place])
                held.done = place + 1
                held.save(update_fields=["done", "summary"])
                if held.done == held.total:
                    _empty(held, "done")
            found = held
    return found


def stop(*, by: Member, intake: uuid.UUID) -> None:
    """Bring in no more rows until somebody says so again; those that are in stay."""
    with writing(by=by, purpose=PURPOSE) as trail:
        found = _own(by, intake)
        if Intake.objects.filter(pk=found.pk, state="running").update(state="stopped"):
            trail.note("exchange.stop_import", kind="intake", object=found.pk)


@transaction.atomic
def halt(*, intake: uuid.UUID, why: str) -> None:
    """Stop a plan that cannot go on by itself; `why` is a code that the page has a sentence for."""
    held = Intake.objects.defer("rows", "mapping", "errors").select_for_update().get(pk=intake)
    if held.state == "running":
        held.state, held.summary = "stopped", {**held.summary, "halted": why}
        held.save(update_fields=["state", "summary"])


def _row(by: Member, held: Intake, one: Coming) -> None:
    """One row as an encounter with one person, registered."""
    word = Word("reference", f"{by.organisation} {held.form} {one.key}")
    if search([word]):
        held.summary["known"] = held.summary.get("known", 0) + 1
        return
    encounter = drafting.begin(by=by, facts=intake_rows.document(one))
    person = Person.objects.select_related("subject").get(encounter=encounter)
    grounds = dict.fromkeys(held.purposes, held.ground)
    if one.identity and held.ground:  # without a ground nobody is named: it counts without identity
        drafting.identify(by=by, person=person.pk, identity=one.identity, contact="", purposes=grounds,
                          version=encounter.version)  # fmt: skip
    _reference(encounter, one.key)
    vault.index(subject=person.subject, words=[word])
    if one.kept:
        Kept.objects.create(person=person, subject=person.subject, form=held.form, cells=stored.pack(dict(one.kept)))
    registering.submit(by=by, encounter=encounter.pk, version=Encounter.objects.get(pk=encounter.pk).version)


def _reference(encounter: Encounter, key: str) -> None:
    """The number over there, on the report; that of a row without a number is a digest and says nothing to people."""
    report = Report.objects.select_related("subject").get(encounter=encounter)
    report.reference = key[:60]
    report.save(update_fields=["reference"])


def drop(*, by: Member, intake: uuid.UUID) -> None:
    """Throw a plan away: what waited is gone."""
    with writing(by=by, purpose=PURPOSE) as trail:
        found = _own(by, intake)
        _empty(found, "done" if found.state == "done" else "dropped")
        trail.note("exchange.drop_import", kind="intake", object=found.pk)


def destroy_old(*, now: datetime) -> int:
    """Throw away the plans whose day is over; how many."""
    old = list(Intake.objects.filter(state__in=WAITS, destroy_at__lte=now).defer("rows", "mapping", "errors"))
    for one in old:
        _empty(one, "dropped")
    return len(old)


def _empty(row: Intake, state: str) -> None:
    row.state, row.rows, row.mapping = state, None, None
    row.save(update_fields=["state", "rows", "mapping"])


def _own(by: Member, intake: uuid.UUID) -> Intake:
    row = Intake.objects.filter(pk=intake, membership=by.membership).first()
    if row is None:
        raise Refused("not_found", event="exchange.import")
    return row
