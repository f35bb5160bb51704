"""The facts document that travels in the form, and the few ways in which an answer changes it.

It is the document of FACTS.yaml (see `schakel.mechanism.facts_file`) as plain data. "I do not know" is kept as
`unknown`, so that a question is not asked twice; the engine reads it as nothing. Nothing here changes its input.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from schakel.vocabulary.errors import BadInput

Document = dict[str, Any]
UNKNOWN = "unknown"
MAX_BYTES = 100_000
MAX_PERSONS = 40


def read(text: str, today: str) -> Document:
    """The document in a form field; a plan for `today` where it names no day.

    Raises BadInput where it is no JSON object, is far too long, or is not built as a facts document.
    """
    if len(text) > MAX_BYTES:
        raise _unreadable()
    try:
        data = json.loads(text)
        text.encode()  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(data, dict) or not _facts(data.get("shared")):
        raise _unreadable()
    persons = data.get("persons", [{"id": "1"}])
    if not isinstance(persons, list) or not persons:
        raise _unreadable()
    if not all(isinstance(person, dict) and _facts(person.get("facts")) for person in persons):
        raise _unreadable()
    shared, people = data.get("shared") or {}, [_person(person) for person in persons]
    return {**data, "on": data.get("on") or today, "shared": shared, "persons": people}


def write(document: Document) -> str:
    """The document as it stands in a form field."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def new(on: str) -> Document:
    """Nothing known yet, about one person."""
    return {"on": on, "shared": {}, "persons": [{"id": "1", "facts": {}}]}


def answered(document: Document, fact: str, answer: Any, *, person: int | None, beside: bool = False) -> Document:
    """With an answer about one person, or about everyone (`person` None).

    It takes the place of what was said before; `beside` keeps both, so that the contradiction stays visible.
    """
    if beside:
        answer = [*_claims(told(document, fact, person)), *_claims(answer)]
    if person is None:
        cleared = [_without(entry, fact) for entry in document["persons"]]
        return {**document, "shared": {**document["shared"], fact: answer}, "persons": cleared}
    persons = [_alone(document, entry, fact) for entry in document["persons"]]
    persons[person] = {**persons[person], "facts": {**persons[person]["facts"], fact: answer}}
    shared = {name: value for name, value in document["shared"].items() if name != fact}
    return {**document, "shared": shared, "persons": persons}


def forgotten(document: Document, fact: str) -> Document:
    """Without what was said about a fact, by anybody about anybody."""
    shared = {name: value for name, value in document["shared"].items() if name != fact}
    return {**document, "shared": shared, "persons": [_without(entry, fact) for entry in document["persons"]]}


def told(document: Document, fact: str, person: int | None) -> Any:
    """What was answered: about this person, or else about everyone; None where nothing was."""
    own = document["persons"][person]["facts"].get(fact) if person is not None else None
    return own if own is not None else document["shared"].get(fact)


def told_facts(document: Document, person: int) -> list[str]:
    """The facts on which anything was answered for this person, shared ones first ("I do not know" included)."""
    return list(dict.fromkeys([*document["shared"], *document["persons"][person]["facts"]]))


def is_unknown(answer: Any) -> bool:
    return answer is None or answer == UNKNOWN


def with_persons(document: Document, number: int, *, like: int | None) -> Document:
    """With `number` more persons, each with the answers of person `like`, or with none of their own."""
    room = max(0, min(number, MAX_PERSONS - len(document["persons"])))
    facts = document["persons"][like]["facts"] if like is not None else {}
    free = _free_ids(document)
    added = [{"id": next(free), "facts": dict(facts)} for _ in range(room)]
    return {**document, "persons": [*document["persons"], *added]}


def without_person(document: Document, person: int) -> Document:
    """Without this person; the last one stays."""
    left = [entry for number, entry in enumerate(document["persons"]) if number != person]
    return {**document, "persons": left or document["persons"]}


def _facts(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _person(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "facts": entry.get("facts") or {}}


def _without(entry: dict[str, Any], fact: str) -> dict[str, Any]:
    return {**entry, "facts": {name: value for name, value in entry["facts"].items() if name != fact}}


def _alone(document: Document, entry: dict[str, Any], fact: str) -> dict[str, Any]:
    """The person with what was shared as an answer of their own: one of them is about to differ."""
    if fact not in document["shared"] or fact in entry["facts"]:
        return entry
    return {**entry, "facts": {**entry["facts"], fact: document["shared"][fact]}}


def _claims(answer: Any) -> list[dict[str, Any]]:
    """An answer as a list of claims, each a mapping with its value."""
    if is_unknown(answer):
        return []
    if isinstance(answer, list) and any(isinstance(one, dict) for one in answer):
        return [one if isinstance(one, dict) else {"value": one} for one in answer]
    return [answer if isinstance(answer, dict) else {"value": answer}]


def _free_ids(document: Document) -> Iterator[str]:
    taken = {str(entry.get("id")) for entry in document["persons"]}
    yield from (str(number) for number in range(1, 1_000) if str(number) not in taken)


def _unreadable() -> BadInput:
    return BadInput(
        "the answers in this form cannot be read",
        remedy="Go back one page in your browser, or begin again",
        dutch=(
            "de antwoorden in dit formulier zijn niet te lezen",
            "Ga in uw browser een bladzijde terug, of begin opnieuw",
        ),
    )
