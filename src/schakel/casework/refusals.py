"""What is said of input that casework cannot use, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable

from schakel.vocabulary.errors import LONGEST, BadInput, printable


def refused(english: tuple[str, str], dutch: tuple[str, str], where: str = "", **words: object) -> BadInput:
    """A `BadInput` from what and remedy in both languages; what was typed is cut to a readable length."""
    cut = {name: printable(str(word)[:LONGEST]) for name, word in words.items()}
    (what, remedy), said = ((text.format(**cut) for text in pair) for pair in (english, dutch))
    return BadInput(what, where=where, remedy=remedy, dutch=(next(said), next(said)))


def no_state(name: str, cycle: str, allowed: Iterable[str]) -> BadInput:
    return refused(
        ("'{name}' is no state of '{cycle}'", "Choose from " + ", ".join(allowed)),
        ("'{name}' is geen stand van '{cycle}'", "Kies uit " + ", ".join(allowed)), name=name, cycle=cycle,
    )  # fmt: skip


def no_event(name: str, cycle: str, allowed: Iterable[str]) -> BadInput:
    return refused(
        ("'{name}' is no event of '{cycle}'", "Choose from " + ", ".join(allowed)),
        ("'{name}' is geen gebeurtenis van '{cycle}'", "Kies uit " + ", ".join(allowed)), name=name, cycle=cycle,
    )  # fmt: skip
