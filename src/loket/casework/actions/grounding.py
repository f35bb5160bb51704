"""The grounds of a registration go on record when it is submitted: each can then be read, objected to, withdrawn."""

from __future__ import annotations

from django.utils import timezone

from loket.audit.who import Trail
from loket.casework.access import Standing
from loket.casework.actions.consent import Said, put
from loket.casework.grounding import POINT, permits
from loket.casework.models import Registration
from loket.casework.taking import tells
from schakel.networks.model import CONSENT


def on_record(row: Registration, here: Standing, relation: str, trail: Trail) -> None:
    """A ground for each purpose that has one. Raises Denied where consent lacks who must give it at this age."""
    for purpose in row.purposes:
        if ground := row.grounds.get(purpose):
            said = Said(
                purpose, "give" if ground == CONSENT else "use_other", POINT, tuple(row.consent_by.split()), ground,
                note="" if ground == CONSENT else _why(here, purpose, ground),
            )  # fmt: skip
            put(trail=trail, here=here, relation=relation, said=said, on=timezone.localdate())


def _why(here: Standing, purpose: str, ground: str) -> str:
    """Why a ground that is no consent holds: as the sharing rules say it, in both languages."""
    said = permits(tells(here.by, here.person.encounter.who), purpose, timezone.localdate())[ground]
    return " · ".join(dict.fromkeys(reason.because(lang) for lang in ("nl", "en") for reason in said.reasons))
