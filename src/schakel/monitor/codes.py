"""Code lists: the closed list of categories of each variable, with names by language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from schakel.disclosure.spec import JOINED, Spec
from schakel.monitor.files import content
from schakel.monitor.refusals import refusal
from schakel.rules.documents import Item, parse_day
from schakel.vocabulary.texts import Text, text

UNKNOWN: Final = "unknown"
SEVERAL: Final = "several"
TOTAL: Final = "_T"
TOTAL_TEXT: Final = text({"nl": "Totaal", "en": "Total"})


@dataclass(frozen=True)
class CodeList:
    """The categories of one variable. `takes` maps a value of the vocabulary to the code that it goes with."""

    id: str
    title: Text
    codes: Mapping[str, Text]
    takes: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    group_texts: Mapping[str, Text]

    def check(self, values: Iterable[str], where: str = "") -> None:
        """Refuse a value that is no code of this list."""
        for value in values:
            if value not in self.codes:
                raise refusal("unknown-code", where, value=value, name=self.id, allowed=", ".join(self.codes))

    def code(self, value: str, where: str = "") -> str:
        """The code of a value of the vocabulary."""
        found = self.takes.get(value, value)
        self.check([found], where)
        return found

    def name(self, code: str, lang: str) -> str:
        """The name of a code, a group, the total, or of codes that an author merged."""
        if code == TOTAL:
            return TOTAL_TEXT(lang)
        found = self.codes.get(code) or self.group_texts.get(code)
        if found is None and code.startswith("{"):  # a set that a condition or an earlier release names
            return JOINED.join(self.name(part, lang) for part in code[1:-1].split("|"))
        if found is None and JOINED in code:
            return JOINED.join(self.name(part, lang) for part in code.split(JOINED))
        return found(lang) if found else code


@lru_cache(maxsize=1)
def codelists() -> Mapping[str, CodeList]:
    """All code lists as shipped, by variable."""
    document = content("codelists.yaml")
    return {item.word("id"): _list(item) for item in Item(document.data, document).items("lists")}


def _list(item: Item) -> CodeList:
    codes = {one.word("id"): one.text("text") for one in item.items("codes")}
    takes = {value: one.word("id") for one in item.items("codes") for value in one.words("takes")}
    groups = list(item.items("groups"))
    return CodeList(
        item.word("id"), item.text("title"), codes, takes,
        {one.word("id"): one.words("codes") for one in groups}, {one.word("id"): one.text("text") for one in groups},
    )  # fmt: skip


def naming(spec: Spec) -> Callable[[str, str, str], tuple[str, str]]:
    """How a variable of a specification and a node of it are called in a language."""

    def named(variable: str, node: str, lang: str) -> tuple[str, str]:
        listed, declared = codelists().get(variable), spec.variables.get(variable)
        title = declared.title if declared and declared.title else listed.title if listed else None
        return title(lang) if title else variable, listed.name(node, lang) if listed else node

    return named


@dataclass(frozen=True)
class Union:
    """The members of the European Union by three-letter code, with the days on which that changed (recalled)."""

    members: Mapping[str, tuple[date, date]]
    certainty: str


@lru_cache(maxsize=1)
def union() -> Union:
    """Who was a member from which day to which."""
    document = content("codelists.yaml")
    item = Item(document.data, document).item("eu_members")
    always = dict.fromkeys(item.words("always"), (date.min, date.max))
    later = {name: (parse_day(day, item.where), date.max) for name, day in item.get("from", {}).items()}
    gone = {name: (date.min, parse_day(day, item.where)) for name, day in item.get("until", {}).items()}
    return Union({**always, **later, **gone}, item.word("certainty"))
