"""What is said of input that casework cannot use, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable

from schakel.vocabulary.errors import BadInput, refused


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
