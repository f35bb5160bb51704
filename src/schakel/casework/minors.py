"""Children: precaution as the content says, who has custody, and what ends and begins at eighteen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from schakel.casework.duty import DutyTask
from schakel.casework.person import CasePerson
from schakel.linkage.dates import birth
from schakel.mechanism.assess import PersonView
from schakel.mechanism.situation import Claim
from schakel.rules.engine import kleene
from schakel.vocabulary.texts import Text, text

TREAT_AS_CHILD: Final = "treat_as_child"
HANDOVER: Final = "handover-18"
ADULT: Final = 18


def treated_as_child(view: PersonView) -> bool | None:
    """Whether the content's precaution holds for this person: yes, no, or undecided (None)."""
    return kleene(view.content.definitions[TREAT_AS_CHILD].condition, view.masks, view.edition.space)


@dataclass(frozen=True, slots=True)
class Birthday:
    """The day somebody turns eighteen; from a year alone the earliest day it can be, and then it is not exact."""

    on: date
    exact: bool


def turns_18(birth_date: str) -> Birthday | None:
    """When somebody turns eighteen, as far as a birth date tells; None where not so much as a year is known.

    Whoever is born on 29 February turns eighteen on 1 March of a year without that day (recalled: no text read).
    Nothing follows from it but a hand-over in time: nobody is treated as an adult because of a computed day.
    """
    born = birth(birth_date)
    if born.year is None:
        return None
    if born.day is None:
        return Birthday(date(born.year + ADULT, 1, 1), False)
    day = date.fromisoformat(born.day)
    leap = (day.month, day.day) == (2, 29)
    return Birthday(date(day.year + ADULT, 3, 1) if leap else day.replace(year=day.year + ADULT), True)


@dataclass(frozen=True, slots=True)
class Handover:
    """What must be handed over before a birthday: the day, the days left, and the tasks of the content about it."""

    person: str
    on: date
    days_left: int
    tasks: tuple[DutyTask, ...]
    say: Text


def handover(person: CasePerson, tasks: Iterable[DutyTask], on: date, *, within: int) -> Handover | None:
    """The hand-over at eighteen when it lies within `within` days (the organisation's own norm), or was missed.

    It names the tasks that the content made of it. None without a birth date, or when there is time still.
    """
    birthday = turns_18(person.identity.birth_date) if person.identity else None
    own = tuple(task for task in tasks if task.person == person.id and task.task == HANDOVER and task.waits)
    if birthday is None or (left := (birthday.on - on).days) > within or (left < 0 and not own):
        return None
    return Handover(person.id, birthday.on, left, own, _warning(birthday))


def _warning(birthday: Birthday) -> Text:
    day = birthday.on.isoformat()
    nl, en = ("Wordt achttien op", "Turns eighteen on") if birthday.exact else (
        "De geboortedag is niet bekend. Wordt op zijn vroegst achttien op",
        "The birthday is not known. Turns eighteen at the earliest on")  # fmt: skip
    return text({
        "nl": f"{nl} {day}: regel voor die dag wie de hulp en de opvang overneemt.",
        "en": f"{en} {day}: arrange before that day who takes over the help and the shelter.",
    })  # fmt: skip


def turning_18(person: CasePerson, on: date, *, within: int) -> CasePerson:
    """The person with the fact that makes the content's hand-over duties apply, once the birthday is near."""
    birthday = turns_18(person.identity.birth_date) if person.identity else None
    told = any("turns_18" in claim.values for claim in person.told("changes"))
    if birthday is None or told or not 0 <= (birthday.on - on).days <= within:
        return person
    others = tuple(dict.fromkeys(value for claim in person.told("changes") for value in claim.values))
    return person.tell(Claim("changes", (*others, "turns_18"), source="birth date", said_on=on, revises=bool(others)))


def without_guardian(view: PersonView) -> bool:
    """Whether somebody who must be treated as a child has, as far as is known, no guardian or parent with them."""
    possible = view.known.possible
    alone = possible.get("accompanied") == ("alone",) or possible.get("companion_danger") == ("yes",)
    return treated_as_child(view) is True and (possible.get("guardian") == ("no",) or alone)
