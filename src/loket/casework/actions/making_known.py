"""Somebody who was counted without a name makes themselves known: the count stops, and a registration goes on."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import naming, stored
from loket.casework.access import standing
from loket.casework.actions.common import locked_registration, same_version, writing
from loket.casework.actions.drafting import grounds_of
from loket.casework.actions.grounding import on_record
from loket.casework.actions.registering import keep, moved
from loket.casework.models import Registration
from loket.vault import actions as vault
from schakel.casework.person import Identity
from schakel.casework.registration import FIGURES, PURPOSES, by_name

EVENT = "casework.name"


def make_known(
    *, by: Member, registration: uuid.UUID, identity: Identity, contact: str, purposes: dict[str, str], version: int,
    consent_by: Collection[str] = (),
) -> Registration:  # fmt: skip
    """The registration by name that takes the place of a count, at the same registration point, submitted at once.

    It never lies as a draft: the duties and whoever works on the case must not lose sight of it in between. Raises
    Refused without a name or with a ground that the rules do not offer.
    """
    entry = {"event": EVENT, "kind": "registration", "object": registration}
    with writing(by=by, purpose="registration") as trail:
        count = locked_registration(registration)
        here = standing(by, count.person, count)
        relation = here.must("answer_question", "registration", **entry)
        same_version(count, version, subject=count.subject_id, **entry)
        if not identity.known:
            raise Refused("name_needed", subject=count.subject_id, **entry)
        count.grounds = grounds_of(by, count.person, purposes)
        count.consent_by = " ".join(consent_by)
        count.purposes = [name for name in PURPOSES if name == FIGURES or name in purposes]
        keep(count, moved(count, "name", by=[by.role], words=""), by, trail, relation, "")
        made = _by_name(count)
        on_record(made, here, relation, trail)
        _name(count, identity, contact)
        keep(made, moved(made, "submit", by=[by.role], words=""), by, trail, relation, "")
        _note(count, trail, relation)
    return made


def _by_name(count: Registration) -> Registration:
    """A registration that goes on where the count stopped: same person, same registration point."""
    plain = by_name(stored.registration(count), timezone.localdate(), new_id=str(uuid.uuid4()))
    made = Registration(
        pk=uuid.UUID(plain.id), person=count.person, subject=count.subject, named=plain.named, state=plain.state,
        made_on=plain.made_on, submitted_at=timezone.now(), registry_id=count.registry_id,
        responsible_id=count.responsible_id, reporter_id=count.reporter_id, purposes=list(plain.purposes),
        grounds=dict(plain.grounds), content=plain.content, consent_by=count.consent_by,
    )  # fmt: skip
    made.changed_at = timezone.now()
    made.save(force_insert=True)
    return made


def _name(count: Registration, identity: Identity, contact: str) -> None:
    person = count.person
    person.identity, person.contact = stored.identity_text(identity), contact.strip() or person.contact
    person.save(update_fields=["identity", "contact"])
    vault.index(subject=person.subject, words=naming.words(identity))
    person.encounter.version += 1
    person.encounter.save(update_fields=["version"])


def _note(count: Registration, trail: Trail, relation: str) -> None:
    trail.note("casework.identify", kind="person", object=count.person_id, subject=count.subject_id, relation=relation,
               place="named")  # fmt: skip
