"""Schakel: who must do what, when and how, for possible victims of human trafficking.

The researcher's face: names only, each loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_ROOMS = {
    "BadInput": "schakel.vocabulary.errors",
    "load": "schakel.mechanism.content",
    "parse_facts": "schakel.mechanism.facts_file",
    "assess": "schakel.mechanism.assess",
    "plan": "schakel.mechanism.plan",
    "replay": "schakel.mechanism.plan",
    "next_question": "schakel.mechanism.asking",
}

if TYPE_CHECKING:
    from schakel.mechanism.asking import next_question
    from schakel.mechanism.assess import assess
    from schakel.mechanism.content import load
    from schakel.mechanism.facts_file import parse_facts
    from schakel.mechanism.plan import plan, replay
    from schakel.vocabulary.errors import BadInput

__all__ = ["BadInput", "__version__", "assess", "load", "next_question", "parse_facts", "plan", "replay"]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"schakel has no '{name}'; it has {', '.join(__all__)}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
