"""A person of an encounter: who it is, what is known and how sure, and the situations of exploitation.

Person, report and situation of exploitation are three things: one person may have several reporters, several situations
and several years. Who it is (`Identity`) stands apart from the facts, so that a registration can do without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import refused


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is, as it was told; every part may be missing. A birth date may be a year only: 1999-05-03, 1999, ''."""

    given_names: str = ""
    surname: str = ""
    birth_date: str = ""
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return any((self.given_names, self.surname, self.birth_date, self.aliases))


@dataclass(frozen=True, slots=True)
class Exploitation:
    """One situation: forms and sector by vocabulary id, when, where, and the reports that tell of it."""

    id: str
    forms: tuple[str, ...]
    sector: str = ""
    begun: date | None = None
    ended: date | None = None
    municipality: str = ""
    told_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Representative:
    """A guardian or lawyer on record: from when, until when, and by what (a decision, a choice of the person)."""

    account: str
    role: str
    begun: date
    ended: date | None = None
    by: str = ""

    def on(self, day: date) -> bool:
        return self.begun <= day and (self.ended is None or day <= self.ended)


@dataclass(frozen=True, slots=True)
class CasePerson:
    """One person: facts by vocabulary id (each with who said it, when and how sure), signs, identity, situations."""

    id: str
    claims: tuple[Claim, ...] = ()
    signals: tuple[str, ...] = ()
    identity: Identity | None = None
    exploitations: tuple[Exploitation, ...] = ()
    representatives: tuple[Representative, ...] = ()

    def tell(self, claim: Claim) -> CasePerson:
        """With one more fact told. Nothing that was told before is lost: contradictions stay side by side."""
        return replace(self, claims=(*self.claims, claim))

    def told(self, fact: str) -> tuple[Claim, ...]:
        """All that was told of one fact, in the order in which it was told."""
        return tuple(claim for claim in self.claims if claim.fact == fact)

    def exploited(self, new: Exploitation) -> CasePerson:
        """With one more situation of exploitation; the same id replaces the earlier reading of that situation."""
        if new.begun and new.ended and new.ended < new.begun:
            raise refused(("a situation of exploitation ends before it begins", "Correct one of the two days"),
                          ("een situatie van uitbuiting eindigt voordat zij begint", "Verbeter een van de twee dagen"),
                          where=new.id)  # fmt: skip
        others = tuple(one for one in self.exploitations if one.id != new.id)
        return replace(self, exploitations=(*others, new))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of every situation, each once."""
        return tuple(dict.fromkeys(form for one in self.exploitations for form in one.forms))

    def represented_by(self, account: str, on: date) -> str | None:
        """As what an account represents this person on a day; None when it does not."""
        return next((one.role for one in self.representatives if one.account == account and one.on(on)), None)
