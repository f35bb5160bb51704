"""The next question: the fact on which the most, heaviest and most urgent undecided duties hang.

Order, without invented weights: first the number of undecided duties that are urgent and a must,
then of those that are a must, then of all; where these are equal, the order of the list of facts.
A question is asked only of a finder who may ask it, and no layman is made to question a child.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schakel.mechanism.assess import DutyOutcome, PersonView
from schakel.rules.outcome import MAY_APPLY
from schakel.vocabulary.facts import Fact, Value

OF_THE_PERSON = frozenset({"person", "what_was_said"})
SPECIALISTS = frozenset({"police", "kmar"})
CHILD_MAY_BE_ASKED = frozenset({"safe_place", "wish_shelter"})


@dataclass(frozen=True)
class Question:
    """A fact to ask for, the undecided duties that hang on it in the order of the plan, and the values still open."""

    fact: Fact
    duties: tuple[DutyOutcome, ...]
    values: tuple[Value, ...] = ()

    @property
    def weight(self) -> tuple[int, int, int]:
        """Undecided duties that hang on it: urgent musts, musts, all."""
        musts = [one for one in self.duties if one.strength == "must"]
        return sum(one.duty.urgent for one in musts), len(musts), len(self.duties)


def questions(view: PersonView) -> tuple[Question, ...]:
    """Every permitted question that can change something, the best first."""
    hanging: dict[str, dict[str, DutyOutcome]] = {}
    asked: dict[str, str] = {}  # the fact that is asked for in the place of each
    for outcome in view.with_status(MAY_APPLY):
        for name in outcome.hangs_on:
            if name not in asked:
                fact = view.content.facts[name]
                asked[name] = (before(view, fact) or fact).id
            hanging.setdefault(asked[name], {})[outcome.duty.id] = outcome
    facts = [fact for fact in view.content.facts.facts if fact.id in hanging and permitted(view, fact)]
    found = [Question(fact, tuple(hanging[fact.id].values()), still_open(view, fact)) for fact in facts]
    return tuple(sorted(found, key=lambda question: question.weight, reverse=True))


def still_open(view: PersonView, fact: Fact) -> tuple[Value, ...]:
    """The values that what is known leaves possible; all of them for a fact that takes several."""
    if fact.kind != "choice":
        return fact.values
    space = view.edition.space
    left = space.values(fact.id, view.masks[space.index[fact.id]])
    return tuple(value for value in fact.values if value.id in left)


def next_question(view: PersonView) -> Question | None:
    """The best permitted question, or None when nothing that may be asked can change anything."""
    return next(iter(questions(view)), None)


def permitted(view: PersonView, fact: Fact) -> bool:
    """Whether the finder may ask for this fact about this person."""
    who = view.situation.who
    if not fact.asking.allows(who):
        return False
    may_be_child = not (_is(view, "age", "adult") and _is(view, "age_doubt", "none"))
    lay = who not in SPECIALISTS
    return not (may_be_child and lay and fact.asking.of in OF_THE_PERSON and fact.id not in CHILD_MAY_BE_ASKED)


def before(view: PersonView, fact: Fact) -> Fact | None:
    """What is asked before `fact` because its answer often settles it: the first such fact that is still open."""
    space, masks = view.edition.space, view.masks
    for name in fact.asking.first:
        earlier = view.content.facts[name]
        if permitted(view, earlier) and masks[space.index[name]].bit_count() > 1:
            return earlier
    return None


def unsettled_by_finder(view: PersonView) -> Iterator[DutyOutcome]:
    """Undecided duties that no question the finder may ask can settle: somebody else must be called."""
    for outcome in view.with_status(MAY_APPLY):
        facts = [view.content.facts[name] for name in outcome.hangs_on]
        if facts and not any(permitted(view, fact) for fact in facts):
            yield outcome


def _is(view: PersonView, name: str, value: str) -> bool:
    """Whether a component certainly has this value."""
    space = view.edition.space
    return view.masks[space.index[name]] == space.bits[name, value]
