"""The rows of care beside a registration: consent on record, referrals, requests for a place, who speaks for whom."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from _counter_pen import Key, Pen, plain
from _counter_rows import Case, hexadecimal

from loket.casework import models, stored_care
from loket.casework.queries.sharing import SENT, SHELTER
from loket.casework.slices import book, pack
from schakel.casework.referral import slice_of
from schakel.casework.shelter import Intake
from schakel.networks.sharing import Party, Question, allowed_fields

CARE = "arrange-care"
# State of a referral, its steps after the request, and how often of a hundred; for a running case and one that is over.
RUNNING = (("accepted", ("accept",), 50), ("requested", (), 20), ("refused", ("refuse",), 8),
           ("done", ("accept", "finish"), 15), ("expired", ("expire",), 7))  # fmt: skip
OVER = (("done", ("accept", "finish"), 90), ("revoked", ("revoke",), 10))
TO = {"accept": "accepted", "refuse": "refused", "finish": "done", "expire": "expired", "revoke": "revoked"}
PLACES_RUNNING = (("placed", ("offer", "take"), 50), ("waiting", (), 25), ("offered", ("offer",), 10),
                  ("refused", ("refuse",), 15))  # fmt: skip
PLACES_OVER = (("ended", ("offer", "take", "leave"), 90), ("withdrawn", ("withdraw",), 10))
PLACE_TO = {"offer": "offered", "take": "placed", "leave": "ended", "withdraw": "withdrawn", "refuse": "refused"}
WORDS = {"refused": [("reason", b"Geen plek deze maand.")], "done": [("outcome", b"Begeleiding is afgerond.")]}
INTAKE = stored_care.intake_text(Intake(avoid=("family",))).encode()
REFERRED, PLACED, GROUNDED = 0.30, 0.12, 0.45


@cache
def slice_words(sender: str, role: str, receiver: str, purpose: str, on: Any) -> bytes:
    """What the sharing rules let go along with consent given, as it is kept."""
    question = Question(
        sender=Party(sender, role=role), receiver=Party(receiver), field=SENT[0], purpose=purpose, on=on,
        circumstances={"consent": "given"},
    )  # fmt: skip
    found = {name: one for name, one in allowed_fields(book(), question, SENT).items() if one.allowed}
    return pack(slice_of(found)).encode()


def care(pen: Pen, case: Case, row: str, key: Key, house: Any) -> None:
    """What was arranged for one person, by chance; for cases that were accepted only."""
    if case.state not in ("accepted", "closed"):
        return
    running = case.state == "accepted"
    if pen.chance.random() < GROUNDED:
        said = {"purpose": CARE, "ground": "consent", "state": "given", "given_by": "person", "told": "Engels"}
        by = hexadecimal(case.registrar.organisation)
        pen.add(models.Ground, key, person_id=row, asked_by_id=by, on=plain(case.at.date()), recorded_at=plain(case.at),
                **said)  # fmt: skip
    if pen.chance.random() < REFERRED:
        referral(pen, case, row, key, house, RUNNING if running else OVER)
    if pen.chance.random() < PLACED:
        placement(pen, case, row, key, house, PLACES_RUNNING if running else PLACES_OVER)


def drawn(pen: Pen, rows: Any) -> tuple[str, tuple[str, ...]]:
    state, events, _ = pen.chance.choices(rows, [one[2] for one in rows])[0]
    return state, events


def referral(pen: Pen, case: Case, row: str, key: Key, house: Any, rows: Any) -> None:
    state, events = drawn(pen, rows)
    by, receiver = case.registrar, pen.chance.choice(house.of_kind["care-coordinator"])
    asked = case.at + timedelta(days=3)
    said = slice_words(by.organisation_kind, by.role, "care-coordinator", CARE, case.at.date())
    made = pen.add(
        models.Referral, key, None, [("slice", said), ("message", b"Graag begeleiding bij wonen en werk."),
                                     *WORDS.get(state, ())],
        person_id=row, sender_id=hexadecimal(by.organisation), receiver_id=hexadecimal(receiver.organisation),
        receiver_kind="care-coordinator", kind="referral", purpose=CARE, state=state, asked_by_id=hexadecimal(by.user),
        asked_on=plain(asked.date()), answer_by=plain((asked + timedelta(days=14)).date()), version=1 + len(events),
    )  # fmt: skip
    for place, (event, to) in enumerate([("request", "requested"), *((one, TO[one]) for one in events)]):
        at, who = plain(asked + timedelta(days=4 * place)), by if event in ("request", "revoke") else receiver
        pen.add(models.ReferralStep, key, referral_id=made, at=at, event=event, to=to,
                organisation_id=hexadecimal(who.organisation))  # fmt: skip
        pen.entry(at, who, "casework.refer" if event == "request" else f"casework.referral_{event}", "referral", made,
                  key, "assigned", "", "care")  # fmt: skip


def placement(pen: Pen, case: Case, row: str, key: Key, house: Any, rows: Any) -> None:
    state, events = drawn(pen, rows)
    by, shelter = case.registrar, pen.chance.choice(house.of_kind["shelter"])
    asked = case.at + timedelta(days=2)
    said = slice_words(by.organisation_kind, by.role, "shelter", SHELTER, case.at.date())
    made = pen.add(
        models.Placement, key, None, [("slice", said), ("intake", INTAKE)],
        person_id=row, sender_id=hexadecimal(by.organisation), shelter_id=hexadecimal(shelter.organisation),
        shelter_kind="shelter", municipality=case.plan.municipality, state=state, asked_by_id=hexadecimal(by.user),
        asked_on=plain(asked.date()), version=1 + len(events),
    )  # fmt: skip
    for place, (event, to) in enumerate([("request", "waiting"), *((one, PLACE_TO[one]) for one in events)]):
        at, who = plain(asked + timedelta(days=3 * place)), by if event in ("request", "take", "withdraw") else shelter
        pen.add(models.PlacementAnswer, key, placement_id=made, at=at, on=at[:10], event=event,
                to=to, organisation_id=hexadecimal(who.organisation), shelter_id=hexadecimal(shelter.organisation),
                reason="full" if event == "refuse" else "")  # fmt: skip
        pen.entry(at, who, "casework.request_place" if event == "request" else f"casework.place_{event}", "placement",
                  made, key, "assigned", "", "care")  # fmt: skip


def speaks_for(pen: Pen, row: str, key: Key, member: Any, since: Any) -> None:
    """A person at the counter who is, or speaks for, this one."""
    role = "self" if member.role == "person" else member.role
    pen.add(models.Representation, key, person_id=row, user_id=hexadecimal(member.user), role=role,
            begun=plain(since), by="own_choice")  # fmt: skip
