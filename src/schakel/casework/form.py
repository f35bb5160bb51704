"""The registration form: each question with its key, where the answer goes, and what it is called when it goes out.

Question, key and export meaning stand in one place, so that they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schakel.casework.content import sharing
from schakel.casework.export import PARTS
from schakel.casework.htcds import standard
from schakel.casework.registration import FIGURE_FACTS
from schakel.mechanism.content import Content
from schakel.vocabulary.facts import Fact
from schakel.vocabulary.texts import Text

SECTIONS: Final = ("encounter", "person", "identity")
ALWAYS_ASKED: Final = ("indication", "form", "age", "age_doubt")
"""What is asked of every registration; the other facts follow the next question of the mechanism."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of the form.

    `key` is its name in the form and in what is kept: `fact:<id>` or `identity.<part>`. `kind_of_data` says under which
    kind of data it is shared. `named` fields are not asked in a registration without identity. `htcds` is the field of
    HTCDS that it goes out as (empty: no equivalent), `figures` whether it stands in the figures.
    """

    key: str
    section: str
    question: Text
    help: Text | None
    values: tuple[str, ...]
    several: bool
    named: bool
    asked_first: bool
    kind_of_data: str
    htcds: str
    figures: bool


@lru_cache(maxsize=4)
def registration_form(content: Content) -> tuple[FormField, ...]:
    """Every question of the form, in the order in which it is asked when nothing else decides."""
    return (*_facts(content), *_identity(content))


def asked_of(content: Content, *, named: bool) -> tuple[FormField, ...]:
    """The questions of a registration by name, or of one without identity."""
    return tuple(field for field in registration_form(content) if named or not field.named)


def _facts(content: Content) -> Iterator[FormField]:
    """The facts that are told of an encounter or a person; a fact that only the finder's account knows is not asked."""
    book, out = sharing(content), _htcds(content)
    for fact in content.facts.facts:
        if fact.id != "finder":
            yield FormField(
                key=f"fact:{fact.id}",
                section="encounter" if fact.scope == "encounter" else "person",
                question=fact.question,
                help=_help(fact),
                values=fact.value_ids,
                several=fact.kind == "many",
                named=False,
                asked_first=fact.id in ALWAYS_ASKED,
                kind_of_data=book.field_of[fact.id],
                htcds=out.get(f"fact:{fact.id}", ""),
                figures=fact.id in FIGURE_FACTS,
            )


def _help(fact: Fact) -> Text | None:
    return fact.asking.warning or fact.help


def _identity(content: Content) -> Iterator[FormField]:
    out = _htcds(content)
    for part, question in PARTS.items():
        yield FormField(
            key=f"identity.{part}", section="identity", question=question, help=None, values=(),
            several=part in ("nationalities", "aliases"), named=True, asked_first=False, kind_of_data="identity",
            htcds=out.get(f"identity.{part}", ""), figures=False,
        )  # fmt: skip


def _htcds(content: Content) -> dict[str, str]:
    return {field.place: field.name for field in standard(content).live if field.place}
