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
    "may_share": "schakel.networks.sharing",
    "sharing": "schakel.casework.content",
    "lifecycles": "schakel.casework.lifecycles",
    "Histories": "schakel.estimation.histories",
    "read_histories": "schakel.estimation.files",
    "estimate": "schakel.estimation.methods",
    "estimate_all": "schakel.estimation.methods",
    "read_stratified": "schakel.estimation.strata",
    "protect": "schakel.disclosure.protect",
    "open_release": "schakel.disclosure.files",
    "Published": "schakel.vocabulary.published",
    "estimate_strata": "schakel.estimation.strata",
    "simulate": "schakel.simulation.simulate",
    "Country": "schakel.simulation.country",
    "link": "schakel.linkage.linking",
    "LinkOptions": "schakel.linkage.linking",
    "make_extract": "schakel.monitor.extract",
    "reported_series": "schakel.monitor.series",
    "open_data": "schakel.monitor.opendata",
}

if TYPE_CHECKING:
    from schakel.casework.content import sharing
    from schakel.casework.lifecycles import lifecycles
    from schakel.disclosure.files import open_release
    from schakel.disclosure.protect import protect
    from schakel.estimation.files import read_histories
    from schakel.estimation.histories import Histories
    from schakel.estimation.methods import estimate, estimate_all
    from schakel.estimation.strata import estimate_strata, read_stratified
    from schakel.linkage.linking import LinkOptions, link
    from schakel.mechanism.asking import next_question
    from schakel.mechanism.assess import assess
    from schakel.mechanism.catalogue import catalogue
    from schakel.mechanism.content import load
    from schakel.mechanism.facts_file import parse_facts
    from schakel.mechanism.plan import plan, replay
    from schakel.mechanism.proof import check
    from schakel.mechanism.tables import duties_table, rights_table
    from schakel.monitor.extract import make_extract
    from schakel.monitor.opendata import open_data
    from schakel.monitor.series import reported_series
    from schakel.networks.sharing import may_share
    from schakel.simulation.country import Country
    from schakel.simulation.simulate import simulate
    from schakel.vocabulary.errors import BadInput
    from schakel.vocabulary.published import Published

__all__ = [
    "BadInput", "Country", "Histories", "LinkOptions", "Published", "__version__", "assess", "catalogue", "check",
    "duties_table", "estimate", "estimate_all", "estimate_strata", "lifecycles", "link", "load", "make_extract",
    "may_share", "next_question", "open_data", "open_release", "parse_facts", "plan", "protect", "read_histories",
    "read_stratified", "replay", "reported_series", "rights_table", "sharing", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("schakel.vocabulary.version").VERSION
    if name not in _ROOMS:
        raise AttributeError(f"schakel has no '{name}'; it has {', '.join(__all__)}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
