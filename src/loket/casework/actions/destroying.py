"""A request to destroy what is kept of a person: asked by the registration point, done or refused by the key keeper.

Two pairs of eyes: who asked never decides. Nothing is destroyed of somebody whose registration still runs.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework.access import standing
from loket.casework.actions.common import locked_person, same_version, stopped, writing
from loket.casework.actions.erasing import PURPOSE, STILL_ASKED, erase
from loket.casework.actions.outbox import tell
from loket.casework.actions.referral_rows import known
from loket.casework.models import Correction, Erasure, Person, Registration
from schakel.casework import process as pure
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.registration import may_be_destroyed
from schakel.mechanism.content import load
from schakel.vocabulary.errors import refused

CYCLE: Final = "erasure"
REASONS: Final = ("objection", "wrong", "term")
REGISTRATION: Final = "registration"


def ask(*, by: Member, person: uuid.UUID, reason: str, words: str) -> Erasure:
    """The registration point asks; raises Refused while a registration runs or a request of the person is open."""
    if reason not in REASONS or not words.strip():
        raise refused(
            ("a request to destroy needs a reason", "Choose a reason and write down what it rests on"),
            ("een verzoek om te vernietigen heeft een reden nodig", "Kies een reden en schrijf op waarop het rust"),
        )
    entry = {"event": "casework.ask_erasure", "kind": "person", "object": person}
    with writing(by=by, purpose=REGISTRATION) as trail:
        row = locked_person(person)
        relation = standing(by, row).must("ask_erasure", REGISTRATION, **entry)
        _ended(row, **entry)
        if Erasure.objects.filter(person=row, state="asked").exists():
            raise Refused("erasure_asked", subject=row.subject_id, **entry)
        made = Erasure(person=row, subject=row.subject, reason=reason, asked_by_id=by.membership,
                       asked_at=timezone.now())  # fmt: skip
        made.words = words.strip()[:1000]
        made.save(force_insert=True)
        trail.note("casework.ask_erasure", kind="erasure", object=made.pk, subject=row.subject_id, relation=relation,
                   place=reason)  # fmt: skip
    return made


def _ended(row: Person, **entry: object) -> None:
    """Every registration has ended, and nothing that the person asked is still looked at."""
    cycles = lifecycles(load())
    live = Registration.objects.filter(person=row).exclude(state="destroyed").values_list("named", "state")
    for named, state in live:
        if not may_be_destroyed(cycles["registration" if named else "count"], state):
            raise Refused("erasure_still_live", subject=row.subject_id, **entry)
    if Correction.objects.filter(person=row, state__in=STILL_ASKED).exists():
        raise Refused("erasure_still_asked", subject=row.subject_id, **entry)


def decide(*, by: Member, erasure: uuid.UUID, event: str, words: str = "", version: int | None = None) -> Erasure:
    """The keeper of the keys destroys or refuses with a reason; the registration point may take its request back."""
    where = Erasure.objects.filter(pk=erasure).values_list("person_id", flat=True).first()
    if where is None:
        raise Refused("not_found", event="casework.asked", kind="erasure", object=erasure)
    known(CYCLE, event)
    with writing(by=by, purpose=PURPOSE if by.role == "key_keeper" else REGISTRATION) as trail:
        person = locked_person(where)
        row = Erasure.objects.select_related("asked_by").select_for_update(of=("self",)).get(pk=erasure)
        row.person, row.subject = person, person.subject
        entry = {"event": f"casework.erasure_{event}", "kind": "erasure", "object": row.pk,
                 "subject": person.subject_id}  # fmt: skip
        keeps = by.role == "key_keeper"
        relation = (standing(by, person).must("erase", PURPOSE, **entry) if keeps
                    else standing(by, person).must("ask_erasure", REGISTRATION, **entry))  # fmt: skip
        same_version(row, version, **entry)
        if event != "withdraw" and str(row.asked_by.user_id) == by.user:
            raise Refused("erasure_own", **entry)
        _move(row, by, event, words, trail, relation, entry)
        tell(what=f"erasure.{row.state}", organisation=row.asked_by.organisation_id, role="registrar", object=row.pk)
    return row


def _move(
    row: Erasure, by: Member, event: str, words: str, trail: Trail, relation: str, entry: dict[str, object]
) -> None:
    began = timezone.localdate(row.asked_at)
    now = pure.Process(str(row.pk), CYCLE, str(row.person_id), row.state, began)
    moved = pure.act(lifecycles(load()), now, event, timezone.localdate(), by={by.role}, words=words)
    if isinstance(moved, Refusal):
        raise stopped(moved, **entry)
    if event == "destroy":
        _ended(row.person, **{name: entry[name] for name in ("event", "kind", "object")})
    row.state, row.version = moved[0].state, row.version + 1
    row.decided_by_id, row.decided_at = by.membership, timezone.now()
    if words.strip():
        row.words = f"{row.words or ''}\n{words.strip()[:1000]}"
    row.save()
    trail.note(str(entry["event"]), kind="erasure", object=row.pk, subject=row.person.subject_id, relation=relation)
    if event == "destroy":
        erase(row.person, trail, relation)
