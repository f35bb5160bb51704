"""Reading about a person leaves an entry, and so does what was asked and refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import Trail
from loket.casework.access import Standing, purpose_of
from schakel.mechanism.content import load


@contextmanager
def looking(by: Member, purpose: str = "") -> Iterator[Trail]:
    """What is read inside is written in the log with its purpose; a refusal inside is written as a refusal."""
    with act(by=by.actor, purpose=purpose or purpose_of(by), protocol=load().fingerprint) as trail:
        yield trail


def opened(trail: Trail, standing: Standing, relation: str, place: str) -> None:
    """One person was opened: by which relation, and on which page or which kinds of data."""
    trail.note(
        "casework.read", kind="person", object=standing.person.pk, subject=standing.person.subject_id,
        relation=relation, place=place[:120],
    )  # fmt: skip
