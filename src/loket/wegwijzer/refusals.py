"""A move that cannot be made, told at its field; and for answers that cannot be together, which one to take back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from loket.wegwijzer import document
from loket.wegwijzer.moves import ANSWER_FIELD, Refused
from loket.wegwijzer.presenters.words import capital, sayer
from loket.wegwijzer.state import State
from schakel.mechanism.content import Content
from schakel.rules.conditions import atoms
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import fact_of

# What a form sends along only to say where it came from.
PLACE = {"facts", "at", "person", "ask", "tab", "tongue", "asking", "safe"}


def sentence(error: BadInput, lang: str) -> str:
    """What is wrong and what to do next, without the line of a file that nobody sees."""
    what, remedy = error.dutch if lang == "nl" and error.dutch else (error.what, error.remedy)
    parts = [capital(part.rstrip(".")) + "." for part in (what, remedy) if part]
    return " ".join(parts)


def stay(before: State, post: QueryDict) -> State:
    """The page from which the move was tried, with the question open at which it was."""
    verb, *words = post.get("do", "").split(":")
    if verb == "answer" and words:
        return replace(before, at="plan", ask=words[0], asking=True)
    return before


def context(error: Refused | BadInput, before: State, post: QueryDict, content: Content, lang: str) -> dict[str, Any]:
    """The error summary, what had been typed, and the earlier answers that could be taken back."""
    typed = {"typed": post.get("value", ""), "typed_number": post.get("number", "")}
    if isinstance(error, Refused):
        text = sayer(lang)(error.text, **error.words)
        return {"errors": [{"for": error.field, "text": text}], "error_at": error.field, **typed}
    revisions = list(_revisions(error, before, post, content, lang))
    return {"errors": [{"for": ANSWER_FIELD, "text": sentence(error, lang)}], "revisions": revisions, **typed}


def _revisions(
    error: BadInput, before: State, post: QueryDict, content: Content, lang: str
) -> Iterator[dict[str, Any]]:
    """For each earlier answer that clashes: the same move again with that answer dropped."""
    again = [(name, value) for name in post if name not in PLACE for value in post.getlist(name)]
    new = [*post.get("do", "").split(":"), ""][1]
    for fact in _clashing(error, content):
        if fact != new and not document.is_unknown(document.told(before.document, fact, before.person)):
            yield {"name": content.facts[fact].name(lang), "fields": [*again, ("drop", fact)]}


def _clashing(error: BadInput, content: Content) -> list[str]:
    """The facts of the constraints whose reason the engine gave."""
    named = (item for item in content.constraints.values() if item.reason("en").rstrip(".") in error.what)
    tied = {fact_of(atom.fact) for item in named for atom in atoms(item.never)}
    return [name for name in content.facts if name in tied]
