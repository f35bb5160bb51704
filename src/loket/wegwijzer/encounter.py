"""One moment of the walk, assessed: what the pages are written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from loket.wegwijzer import document
from loket.wegwijzer.state import State
from schakel.mechanism.asking import Question, questions
from schakel.mechanism.assess import Assessment, PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.facts_file import from_data
from schakel.rules.outcome import APPLIES
from schakel.vocabulary.places import Municipality


@dataclass(frozen=True)
class Encounter:
    """The content, the moment, and what the engine says of it, for one language of the page.

    `earlier` are the duties that applied to this person before the last answer, where there was one.
    """

    content: Content
    state: State
    assessment: Assessment
    lang: str
    earlier: frozenset[str] | None = None

    @property
    def view(self) -> PersonView:
        """The person whose plan is on the page."""
        return self.assessment.persons[self.state.person]

    @property
    def who(self) -> str:
        return self.assessment.situation.who or ""

    @property
    def alone(self) -> bool:
        return len(self.assessment.persons) == 1

    @property
    def place(self) -> Municipality | None:
        """The municipality, where one was chosen."""
        code = self.assessment.situation.municipality
        return self.content.places.index[code.lower()] if code else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every permitted question that can change something and was not answered yet, the best first."""
        asked = set(document.told_facts(self.state.document, self.state.person))
        return tuple(question for question in questions(self.view) if question.fact.id not in asked)

    @property
    def applying(self) -> frozenset[str]:
        """The duties that certainly apply to the person on the page."""
        return frozenset(outcome.duty.id for outcome in self.view.with_status(APPLIES))

    @cached_property
    def same_plan(self) -> tuple[int, ...]:
        """The persons of whom exactly the same is known, this one included."""
        own = _known(self.view)
        return tuple(number for number, view in enumerate(self.assessment.persons) if _known(view) == own)


def meet(content: Content, state: State, lang: str) -> Encounter:
    """Assess a moment. Raises BadInput where its facts are no facts, or cannot be together."""
    situation = from_data(content, state.document, on=date.min)  # the document always names its day
    return Encounter(content, state, assess(content, situation), lang)


def _known(view: PersonView) -> tuple[object, ...]:
    return view.masks, sorted(view.known.days.items()), sorted(view.known.conflicts)
