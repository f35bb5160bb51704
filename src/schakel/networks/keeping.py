"""A permission kept as plain words, and read back: what a slice rests on, in a form that a database can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from schakel.networks.decision import PERMITTED, Decision, Reason
from schakel.networks.model import SharingBook

Kept = Mapping[str, Sequence[str] | Mapping[str, str]]
RULES: Final = "rules"
GROUNDS: Final = "grounds"
ASKED: Final = "asked"


def kept(decision: Decision) -> Kept:
    """The rules and grounds of a permission, and what was asked. Raises `ValueError` for any other answer.

    No names and no sentences: those stand in the content, and what was asked names kinds of organisation and of data.
    """
    if not decision.allowed:
        raise ValueError("only a permission is kept; a refusal goes into the log")
    return {RULES: list(decision.rules), GROUNDS: list(decision.grounds), ASKED: dict(decision.asked)}


def again(book: SharingBook, words: Kept) -> Decision | None:
    """The permission as it was given, with its reasons from this content; None where it no longer stands on a rule.

    A rule that was taken out of the content carries nothing any more, and neither does a ground that only it gave. A
    rule whose period has ended still carries what it carried on its day.
    """
    rules = [book.rules[name] for name in words[RULES] if name in book.rules]
    grounds = tuple(name for name in words[GROUNDS] if any(rule.ground == name for rule in rules))
    if not rules or not grounds:
        return None
    reasons = tuple(Reason(rule.id, rule.because, rule.sources, rule.ground, rule.lawyer, rule.note) for rule in rules)
    asked = words[ASKED]
    said = tuple((key, str(value)) for key, value in asked.items()) if isinstance(asked, Mapping) else ()
    return Decision(said, PERMITTED, reasons, grounds=grounds)
