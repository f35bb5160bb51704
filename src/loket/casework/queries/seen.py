"""One person as somebody may see them through a slice: facts, who it is, how to reach them; the rest is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from loket.casework import stored
from loket.casework.access import Standing
from loket.casework.models import Person
from loket.casework.queries.facts import Told, told_lines, upper
from loket.vault.queries import pseudonym
from schakel.casework.content import sharing
from schakel.casework.export import PARTS
from schakel.casework.lifecycles import Lifecycle
from schakel.casework.person import Identity
from schakel.mechanism.content import load
from schakel.networks.decision import Decision
from schakel.vocabulary.texts import Text

WORDS: Final = ("reason", "outcome", "question", "answer")  # what is written when it is done


@dataclass(frozen=True)
class Shared:
    """A kind of data that came along: what it is called, on which ground, and why that is allowed."""

    id: str
    name: str
    grounds: str
    why: str
    lawyer: bool

    @property
    def rests(self) -> tuple[str, bool]:
        """By what lines are put together on a page."""
        return self.grounds, self.lawyer


@dataclass(frozen=True)
class Seen:
    """What is shown of one person. `name`: the stand-in at this organisation, the same on every page."""

    name: str
    identity: tuple[tuple[str, str], ...]
    contact: str
    told: tuple[Told, ...]


def seen(here: Standing, kinds: frozenset[str], lang: str) -> Seen:
    """The person, as far as these kinds of data go."""
    row = here.person
    claims = (*stored.encounter(row.encounter, ()).shared, *stored.person(row).claims)
    return Seen(
        name=label(here.by.organisation, row),
        identity=identity_lines(stored.identity(row), lang) if "identity" in kinds else (),
        contact=(row.contact or "") if "contact" in kinds else "",
        told=tuple(told_lines(claims, kinds, lang)),
    )  # fmt: skip


@dataclass(frozen=True)
class Act:
    """Something that can be done now. `needs`: what must come with it in words, as the lifecycle has it."""

    id: str
    label: str
    needs: str
    reasons: tuple[tuple[str, str], ...] = ()  # where a reason is chosen from a closed list


def acts(
    cycle: Lifecycle,
    state: str,
    parties: Iterable[str],
    lang: str,
    reasons: Mapping[str, Mapping[str, Text]] | None = None,
) -> tuple[Act, ...]:
    """What these parties can do in a state, in the order of the lifecycle. The access rules are asked when it is done.

    `reasons`: by event the closed list from which its reason is chosen.
    """
    who, found = set(parties), {}
    for row in cycle.exits(state):
        if who & set(row.who) and row.event not in found:
            listed = (reasons or {}).get(row.event, {})
            needs = ", ".join(cycle.words.needs[need](lang) for need in row.needs if need in WORDS)
            found[row.event] = Act(row.event, upper(cycle.events[row.event](lang)), upper(needs),
                                   tuple((name, upper(words(lang))) for name, words in listed.items()))  # fmt: skip
    return tuple(found.values())


def sides(here: Standing, sender: object, receiver: object) -> frozenset[str]:
    """What a member is in a referral or a request for a place: sender, receiver, registrar, person, guardian."""
    own, found = here.by.organisation, set()
    if str(sender) == own:
        found.add("sender")
    if str(receiver) == own:
        found.add("receiver")
    for relation, party in (("registers", "registrar"), ("self", "person"), ("represents", here.by.role)):
        if relation in here.relations:
            found.add(party)
    return frozenset(found)


def label(organisation: str, row: Person) -> str:
    """What a person is called on lists: a pseudonym, another one at each organisation."""
    return pseudonym(organisation, row.pk)


def identity_lines(identity: Identity | None, lang: str) -> tuple[tuple[str, str], ...]:
    """Who it is, part by part, as far as it is known."""
    parts = ((part.name, getattr(identity, part.name)) for part in fields(Identity)) if identity else ()
    return tuple(
        (PARTS[name](lang), ", ".join(value) if isinstance(value, tuple) else value) for name, value in parts if value
    )


def shared_lines(decisions: Iterable[tuple[str, Decision]], lang: str) -> tuple[Shared, ...]:
    """The kinds of data of a slice in the order of the sharing rules, each with its ground."""
    book, found = sharing(load()), dict(decisions)
    return tuple(
        Shared(
            name, book.fields[name].text(lang), ", ".join(book.grounds[ground](lang) for ground in found[name].grounds),
            " ".join(dict.fromkeys(reason.because(lang) for reason in found[name].reasons)), found[name].needs_lawyer,
        )
        for name in book.fields if name in found
    )  # fmt: skip
