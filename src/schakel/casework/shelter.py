"""Shelter: what somebody needs, whom and where to avoid, requests for a place, and who waits or was refused.

Waiting and refusals are data: supply and unmet need is a figure. A secret address shows itself to nobody: it is read
only with a decision in hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move
from schakel.networks.decision import Decision
from schakel.vocabulary.errors import refused
from schakel.vocabulary.texts import Text, text

HIDDEN: Final = "•••"
REASONS: Final = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("full", "vol", "full"),
        ("not_for_this_group", "niet voor deze doelgroep", "not for this group"),
        ("not_safe_here", "hier niet veilig", "not safe here"),
        ("needs_other_care", "andere hulp nodig dan hier kan", "needs other care than can be given here"),
        ("no_residence_ground", "geen grond in het verblijf", "no ground in the residence position"),
        ("no_funding", "niemand betaalt", "nobody pays"),
        ("other", "een andere reden", "another reason"),
    )
}
"""Why a shelter refuses; a closed list, so that unmet need can be counted."""
AVOID: Final = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("exploiter", "wie de persoon uitbuitte", "whoever exploited the person"),
        ("network", "mensen rond de uitbuiter", "people around the exploiter"),
        ("family", "familie", "family"),
        ("partner", "partner of ex-partner", "partner or former partner"),
        ("fellow_victim", "een ander slachtoffer", "another victim"),
        ("community", "mensen uit dezelfde kring", "people from the same circle"),
    )
}
"""Whom to avoid, as a relation: there is no room for a name here (hazard 14)."""


class SecretAddress:
    """Where somebody stays. It prints as dots, compares by nothing but itself, and is read only with a decision."""

    __slots__ = ("_address",)

    def __init__(self, address: str) -> None:
        self._address = address

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __reduce__(self) -> str:
        raise TypeError("a secret address is not copied or stored in the open")

    def read(self, decision: Decision) -> str:
        """The address, for whom the decision on `see_whereabouts` allows it; dots otherwise."""
        asked = dict(decision.asked)
        return self._address if decision.allowed and asked.get("action") == "see_whereabouts" else HIDDEN


@dataclass(frozen=True, slots=True)
class Intake:
    """What a shelter must know to answer: facts by vocabulary id come along in the slice; this is what they lack.

    `avoid_areas` are codes of municipalities or regions, `avoid` are ids of `AVOID`. `companions` counts children that
    come along. Raises `BadInput` for another word: no name of a suspect can stand here.
    """

    avoid_areas: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    companions: int = 0
    wheelchair: bool = False
    pets: bool = False

    def __post_init__(self) -> None:
        for word in self.avoid:
            _listed(word, AVOID)


def _listed(word: str, allowed: Mapping[str, Text]) -> None:
    if word not in allowed:
        names = ", ".join(allowed)
        raise refused(("this is not one of the list", f"Choose from {names}"),
                      ("dit staat niet in de lijst", f"Kies uit {names}"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What one shelter answered on one day."""

    shelter: str
    on: date
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlacementRequest:
    """A request for a place: for whom, since when, what was answered, and where it stands."""

    id: str
    person: str
    asked_on: date
    shelter_kind: str
    state: str = "waiting"
    municipality: str = ""
    intake: Intake = field(default_factory=Intake)
    answers: tuple[Answer, ...] = ()
    ended_on: date | None = None

    def waits(self, on: date) -> int:
        """Days between the request and the place (or the day asked for, while there is none)."""
        until = self.ended_on or next((one.on for one in self.answers if one.kind == "take"), on)
        return max((until - self.asked_on).days, 0)

    @property
    def unmet(self) -> bool:
        """Whether the need still stands: waiting, offered nothing that was taken, or refused."""
        return self.state in ("waiting", "refused", "offered")


def act(
    cycle: Lifecycle,
    request: PlacementRequest,
    event: str,
    on: date,
    *,
    by: Iterable[str],
    shelter: str = "",
    reason: str = "",
) -> tuple[PlacementRequest, Move] | Refusal:
    """The request after an event; each answer of a shelter is kept.

    The reason of a refusal is one of `REASONS`; raises `BadInput` for another.
    """
    if event == "refuse" and reason:
        _listed(reason, REASONS)
    given = [name for name, words in (("reason", reason), ("place", shelter), ("outcome", reason)) if words.strip()]
    step = move(cycle, request.state, event, by=tuple(by), given=given)
    if isinstance(step, Refusal):
        return step
    ended = on if step.to in ("ended", "withdrawn") else None
    answer = Answer(shelter, on, event, reason)
    return replace(request, state=step.to, answers=(*request.answers, answer), ended_on=ended), step


def avoids(intake: Intake, regions: Iterable[str]) -> bool:
    """Whether a place lies where this person must not be; the codes of all its regions are given."""
    return bool(set(intake.avoid_areas) & set(regions))


def need_rows(requests: Iterable[PlacementRequest], on: date) -> Iterator[dict[str, object]]:
    """One row a request, without identity, for the figure of supply and unmet need; internal until it is released."""
    for one in requests:
        refusals = [answer.reason for answer in one.answers if answer.kind == "refuse"]
        yield {
            "shelter_kind": one.shelter_kind, "state": one.state, "unmet": one.unmet, "days": one.waits(on),
            "refusals": len(refusals), "last_reason": refusals[-1] if refusals else "",
        }  # fmt: skip
