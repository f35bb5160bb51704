"""Schakel: who must do what, when and how, for possible victims of human trafficking.

The researcher's face: names only, each loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_ROOMS = {
    "BadInput": "schakel.vocabulary.errors",
    "load": "schakel.mechanism.content",
    "parse_facts": "schakel.mechanism.facts_file",
    "assess": "schakel.mechanism.assess",
    "plan": "schakel.mechanism.plan",
    "replay": "schakel.mechanism.plan",
    "next_question": "schakel.mechanism.asking",
    "duties_table": "schakel.mechanism.tables",
    "rights_table": "schakel.mechanism.tables",
    "catalogue": "schakel.mechanism.catalogue",
    "check": "schakel.mechanism.proof",
}

if TYPE_CHECKING:
    from schakel.mechanism.asking import next_question
    from schakel.mechanism.assess import assess
    from schakel.mechanism.catalogue import catalogue
    from schakel.mechanism.content import load
    from schakel.mechanism.facts_file import parse_facts
    from schakel.mechanism.plan import plan, replay
    from schakel.mechanism.proof import check
    from schakel.mechanism.tables import duties_table, rights_table
    from schakel.vocabulary.errors import BadInput

__all__ = [
    "BadInput", "__version__", "assess", "catalogue", "check", "duties_table", "load", "next_question", "parse_facts",
    "plan", "replay", "rights_table",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("schakel.vocabulary.version").VERSION
    if name not in _ROOMS:
        raise AttributeError(f"schakel has no '{name}'; it has {', '.join(__all__)}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
