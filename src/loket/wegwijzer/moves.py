"""What a button does: from one moment of the walk to the next. `do=verb:word:word` names the move.

A move that cannot be made is `Refused` with a sentence at its field; nothing that was told is lost by it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.http import QueryDict

from loket.wegwijzer import document
from loket.wegwijzer.state import PAGES, State
from schakel.mechanism.content import Content
from schakel.vocabulary.facts import NO, YES

FINDER = "finder"
MUNICIPALITY = "municipality"
DAY = "on"
# The page asks what is seen or was seen: whoever answers it is not preparing an action that is still to come.
ENCOUNTERED = ["under_way", "none"]
ANSWER_FIELD = "antwoord"


class Refused(Exception):
    """A move that cannot be made: the key of a text, the field at which it is said, the words that fill it in."""

    def __init__(self, text: str, field: str = ANSWER_FIELD, **words: str) -> None:
        self.text, self.field, self.words = text, field, words
        super().__init__(text)


Move = Callable[[State, list[str], QueryDict, Content], State]


def move(state: State, post: QueryDict, content: Content) -> State:
    """The next moment. A move that does not exist changes nothing."""
    verb, *words = post.get("do", "who" if FINDER in post else "").split(":")
    return MOVES[verb](state, words, post, content) if verb in MOVES else state


def who(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Say who you are; on a second visit to that page the plan follows at once."""
    finder = post.get(FINDER, "")
    if finder not in content.facts[FINDER].value_ids:
        raise Refused("wegwijzer.choose_who", "wie")
    known = "indication" in {*state.document["shared"], *state.document["persons"][0]["facts"]}
    return replace(state, document={**state.document, "who": finder}, at="plan" if known else "see")


def see(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """What is seen: `yes`, `danger` (yes, and now), `no`, `unknown`, or `planned` for an action still to come."""
    planned, danger = words[:1] == ["planned"], words[:1] == ["danger"]
    seen = YES if danger else words[0] if words and words[0] in (YES, NO) else document.UNKNOWN
    told = document.answered(state.document, "action", "planned" if planned else ENCOUNTERED, person=None)
    if not planned:
        told = document.answered(told, "indication", seen, person=None)
    if danger:
        told = document.answered(told, "danger", "acute", person=None)
    return replace(state, document=told, at="plan")


def signals(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Look at the list of signs, for one form or for all; what was ticked so far goes along."""
    ticked = _ticked(state, post, content)
    return replace(ticked, at="signals", tab=words[0] if words else "")


def tick(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Take the ticked signs along to the plan: one that counts is an indication."""
    ticked = _ticked(state, post, content)
    if not ticked.document.get("signals"):
        raise Refused("wegwijzer.tick_one", "signalen")
    told = document.answered(ticked.document, "action", _action(ticked), person=None)
    return replace(ticked, document=told, at="plan")


def ask(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Go to the question about one fact."""
    return replace(state, at="plan", ask=words[0] if words else "", asking=True)


def answer(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Answer the question about a fact; "I do not know" is an answer."""
    name = words[0] if words else ""
    value = words[1] if len(words) > 1 else ""
    told = state.document
    for old in post.getlist("drop"):
        told = document.forgotten(told, old)
    after = replace(state, at="plan", ask="", asking=True)
    if name == MUNICIPALITY:
        return replace(after, document={**told, MUNICIPALITY: None if value else _place(post, content)})
    if name == DAY:
        return replace(after, document={**told, DAY: _day(post, None)})
    given = document.UNKNOWN if value == document.UNKNOWN else value or _typed(name, post, told, content)
    everyone = content.facts.find(name, "").scope == "encounter" or bool(post.get("everyone"))
    if given != document.UNKNOWN and post.get("certainty"):
        given = {"value": given, "certainty": post["certainty"]}
    person = None if everyone or (len(told["persons"]) == 1 and name in told["shared"]) else state.person
    told = document.answered(told, name, given, person=person, beside=bool(post.get("beside")))
    return replace(after, document=told)


def person(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Look at the plan of another person."""
    number = int(words[0]) if words and words[0].isdecimal() else 0
    return replace(state, at="plan", ask="", person=min(number, len(state.document["persons"]) - 1))


def add(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Add persons, with the same answers as this one or with none of their own."""
    typed = post.get("number", "1").strip()
    number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    room = document.MAX_PERSONS - len(state.document["persons"])
    if not 1 <= number <= room:
        raise Refused("wegwijzer.number_of_persons", "aantal", most=str(room))
    like = state.person if post.get("like") == "same" else None
    told = document.with_persons(state.document, number, like=like)
    first_new = len(state.document["persons"])
    return replace(state, document=told, person=state.person if like is not None else first_new, ask="", asking=False)


def remove(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Take this person out of the encounter."""
    told = document.without_person(state.document, state.person)
    return replace(state, document=told, person=min(state.person, len(told["persons"]) - 1), ask="", asking=False)


def show(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Go to a page with all answers as they are."""
    return replace(state, at=words[0] if words and words[0] in PAGES else state.at, ask="", asking=False, safe=False)


def share(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Print or send: first the question whether that is safe."""
    return replace(state, at="share", safe=words[:1] == ["safe"])


def rights(state: State, words: list[str], post: QueryDict, content: Content) -> State:
    """Show the rights in another language."""
    return replace(state, at="plan", tongue=(words[0] if words else "")[:12])


MOVES: Mapping[str, Move] = {
    "who": who, "see": see, "signals": signals, "tick": tick, "ask": ask, "answer": answer, "person": person,
    "add": add, "remove": remove, "show": show, "share": share, "rights": rights,
}  # fmt: skip


def _ticked(state: State, post: QueryDict, content: Content) -> State:
    """With the signs of the list that was on the page ticked or not, and all others as they were."""
    shown = set(post.getlist("shown"))
    kept = [one for one in state.document.get("signals") or [] if one not in shown]
    new = [one for one in post.getlist("signal") if one in content.indicators]
    return replace(state, document={**state.document, "signals": [*kept, *new]})


def _action(state: State) -> object:
    return state.document["shared"].get("action", ENCOUNTERED)


def _typed(name: str, post: QueryDict, told: document.Document, content: Content) -> object:
    """The answer from a field: several values, or a day."""
    if content.facts.find(name, "").kind == "date":
        return _day(post, str(told.get(DAY)))
    values = [value for value in post.getlist("value") if value]
    if not values:
        raise Refused("wegwijzer.choose_one")
    return values


def _day(post: QueryDict, last: str | None) -> str:
    typed = post.get("value", "").strip()
    try:
        day = date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise Refused("wegwijzer.not_a_day") from error
    if last is not None and day > last:
        raise Refused("wegwijzer.day_too_late")
    return day


def _place(post: QueryDict, content: Content) -> str:
    """The code of the municipality that was typed; a refusal names the nearest ones."""
    typed = post.get("value", "").strip().lower()
    if typed in content.places.index:
        return content.places.index[typed].code
    names = {one.name.lower(): one.name for one in content.places.municipalities}
    near = [names[name] for name in difflib.get_close_matches(typed, names, n=3)]
    if near:
        raise Refused("wegwijzer.no_place_near", near=", ".join(near))
    raise Refused("wegwijzer.no_place")
