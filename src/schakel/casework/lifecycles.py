"""Every lifecycle as a table: state, event, next state, who may, what must come with it, and who is told.

The tables are content (`content/casework/lifecycles`). Each state has an owner and an exit, or is final; every state
and event together give a transition, or a sentence that says why not and what can be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schakel.casework.content import access
from schakel.casework.refusals import no_event, no_state
from schakel.casework.words import each
from schakel.mechanism.content import Content
from schakel.rules.documents import Item
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text


@dataclass(frozen=True, slots=True)
class State:
    """A state, who must act in it, and what to say when something else is asked of it."""

    id: str
    name: Text
    owner: str
    final: bool
    otherwise: Text


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    state: str
    event: str
    to: str
    who: tuple[str, ...]
    needs: tuple[str, ...]
    notice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What parties and needs are called, and the sentences of a refusal."""

    parties: Mapping[str, Text]
    needs: Mapping[str, Text]
    refusals: Mapping[str, Text]


@dataclass(frozen=True, eq=False)
class Lifecycle:
    """One lifecycle: its states, events and transitions."""

    id: str
    title: Text
    why: Text
    start: str
    states: Mapping[str, State]
    events: Mapping[str, Text]
    transitions: tuple[Transition, ...]
    words: Words
    sources: tuple[Source, ...]

    @cached_property
    def table(self) -> Mapping[tuple[str, str], Transition]:
        """The transition of a state and an event, where there is one."""
        return {(row.state, row.event): row for row in self.transitions}

    def exits(self, state: str) -> tuple[Transition, ...]:
        """The ways out of a state."""
        return tuple(row for row in self.transitions if row.state == state)

    def state(self, name: str) -> State:
        """The state with this id; a sentence otherwise."""
        if name not in self.states:
            raise no_state(name, self.id, self.states)
        return self.states[name]


@dataclass(frozen=True, slots=True)
class Move:
    """A step that may be taken: where to, and who is told."""

    lifecycle: str
    state: str
    event: str
    to: str
    notice: tuple[str, ...]
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that may not be taken: a sentence in both languages that ends in what to do."""

    lifecycle: str
    state: str
    event: str
    why: Text
    possible: bool = False


def move(
    cycle: Lifecycle, state: str, event: str, *, by: Collection[str], given: Collection[str] = ()
) -> Move | Refusal:
    """What comes of `event` in `state`, done by somebody who is all of `by` (a role, and sender, receiver, holder).

    `given` names what comes with it (a reason, a ground, ...). Raises `BadInput` for a state or event that is in no
    table; everything else that cannot be done is a `Refusal` with its sentence.
    """
    if event not in cycle.events:
        raise no_event(event, cycle.id, cycle.events)
    here = cycle.state(state)
    row = cycle.table.get((state, event))
    if row is None:
        return Refusal(cycle.id, state, event, why_not(cycle, here, event))
    if not set(by) & set(row.who):
        return Refusal(cycle.id, state, event, _of_others(cycle, row))
    if missing := [need for need in row.needs if need not in given]:
        return Refusal(cycle.id, state, event, _missing(cycle, row, missing))
    return Move(cycle.id, state, event, row.to, row.notice)


def why_not(cycle: Lifecycle, state: State, event: str) -> Text:
    """The sentence for an event that a state does not know."""
    return each(
        lambda lang: cycle.words.refusals["event"](lang).format(
            event=cycle.events[event](lang), state=state.name(lang), otherwise=state.otherwise(lang)
        )
    )


def _of_others(cycle: Lifecycle, row: Transition) -> Text:
    return each(
        lambda lang: cycle.words.refusals["who"](lang).format(
            event=cycle.events[row.event](lang), who=_or([cycle.words.parties[who](lang) for who in row.who], lang)
        )
    )


def _missing(cycle: Lifecycle, row: Transition, missing: list[str]) -> Text:
    return each(
        lambda lang: cycle.words.refusals["needs"](lang).format(
            event=cycle.events[row.event](lang), needs=", ".join(cycle.words.needs[need](lang) for need in missing)
        )
    )


def _or(items: list[str], lang: str) -> str:
    word = {"nl": " of ", "en": " or "}[lang]
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + word + items[-1]


def holes(cycle: Lifecycle) -> Iterator[str]:
    """What is not complete in a lifecycle: nothing, or each hole in a sentence."""
    reached = {cycle.start, *(row.to for row in cycle.transitions)}
    for row in cycle.transitions:
        if not {row.state, row.to} <= cycle.states.keys() or row.event not in cycle.events:
            yield f"{cycle.id}: {row.state} -{row.event}-> {row.to} names what is not there"
        yield from (
            f"{cycle.id}: nobody is called '{who}'" for who in (*row.who, *row.notice) if who not in cycle.words.parties
        )
        yield from (f"{cycle.id}: there is no need '{need}'" for need in row.needs if need not in cycle.words.needs)
    for state in cycle.states.values():
        if state.final == bool(cycle.exits(state.id)):
            yield f"{cycle.id}: {state.id} has an exit, or is final, and not both"
        if state.id not in reached:
            yield f"{cycle.id}: nothing leads to {state.id}"
        if state.owner not in cycle.words.parties:
            yield f"{cycle.id}: {state.id} is owned by nobody"
    if len(cycle.table) < len(cycle.transitions):
        yield f"{cycle.id}: a state and an event lead to two states"


@lru_cache(maxsize=4)
def lifecycles(content: Content) -> Mapping[str, Lifecycle]:
    """All lifecycles of a content, by id."""
    tops = [Item(document.data, document) for document in content.documents("casework")]
    words = _words(content, next(top for top in tops if top.word("kind") == "lifecycle-words"))
    return {top.word("id"): _lifecycle(top, words) for top in tops if top.word("kind") == "lifecycle"}


def _words(content: Content, top: Item) -> Words:
    """Parties are the roles of the access book, and those that a relation names (sender, receiver, holder)."""
    roles = {role.id: role.name for role in access(content).roles.values()}
    parties = {one.word("id"): one.text("text") for one in top.items("parties")}
    needs = {one.word("id"): one.text("text") for one in top.items("needs")}
    refusals = top.item("refusals")
    return Words({**roles, **parties}, needs, {key: refusals.text(key) for key in refusals.data})


def _lifecycle(top: Item, words: Words) -> Lifecycle:
    states = (
        State(one.word("id"), one.text("name"), one.word("owner"), bool(one.get("final")), one.text("otherwise"))
        for one in top.items("states")
    )
    rows = (
        Transition(one.word("from"), one.word("event"), one.word("to"), one.words("who"), one.words("needs"),
                   one.words("notice"))
        for one in top.items("transitions")
    )  # fmt: skip
    return Lifecycle(
        id=top.word("id"), title=top.text("title"), why=top.text("why_it_matters"), start=top.word("start"),
        states={state.id: state for state in states},
        events={one.word("id"): one.text("name") for one in top.items("events")},
        transitions=tuple(rows), words=words, sources=top.sources(),
    )  # fmt: skip
