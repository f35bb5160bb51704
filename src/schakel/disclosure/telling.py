"""What an author reads of a release: in words and as data, in Dutch and in English. Never published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from schakel.disclosure.advice import Merge
from schakel.disclosure.audit import Audit
from schakel.disclosure.cells import Key
from schakel.disclosure.findings import Finding
from schakel.disclosure.protect import NotSafe, Report
from schakel.disclosure.protected import ProtectedRelease
from schakel.disclosure.spec import JOINED

MOST_SHOWN: Final = 20
WHY: Final[Mapping[str, Mapping[str, str]]] = {
    "found": {
        "nl": "Niet veilig: niets is geschreven. Een lezer zou te veel te weten komen.",
        "en": "Not safe: nothing was written. A reader would find out too much.",
    },
    "impossible": {
        "nl": "Niet veilig mogelijk: niets is geschreven. Geen patroon van weglaten beschermt deze tellingen.",
        "en": "Not safely possible: nothing was written. No pattern of withholding protects these counts.",
    },
    "time": {
        "nl": "Geen antwoord binnen de tijd: niets is geschreven. Geef meer tijd (--seconds), of vraag minder cellen.",
        "en": "No answer in time: nothing was written. Give more time (--seconds), or ask for fewer cells.",
    },
}
FOUND: Final[Mapping[str, Mapping[str, str]]] = {
    "leaks": {
        "nl": "een lezer ({reader}) weet: van {low} tot en met {high}",
        "en": "a reader ({reader}) knows: from {low} to {high}",
    },
    "unproved": {
        "nl": "niet bewezen dat een lezer genoeg waarden mogelijk moet houden (gevonden: {low} tot en met {high})",
        "en": "no proof that a reader must think enough values possible (found: {low} to {high})",
    },
    "optimal": {
        "nl": "wie weet dat de afronding bijna de kleinste is, weet: van {low} tot en met {high}",
        "en": "who knows that the rounding is near the smallest knows: from {low} to {high}",
    },
    "truth-outside": {
        "nl": "de ware telling ligt buiten wat gedrukt is",
        "en": "the true count lies outside what is printed",
    },
    "sum": {"nl": "de som klopt niet: {low}, gedrukt {high}", "en": "does not add up: {low}, printed {high}"},
    "differs": {
        "nl": "ontbreekt, hoort er niet, of staat er met twee waarden",
        "en": "is missing, does not belong, or stands there with two values",
    },
}
READERS: Final[Mapping[str, Mapping[str, str]]] = {
    "counts": {"nl": "tellingen zijn 0 of meer", "en": "counts are 0 or more"},
    "zeros": {
        "nl": "nullen staan er, dus weggelaten is 1 of meer",
        "en": "noughts are printed: withheld is 1 or more",
    },
    "rule": {"nl": "kent de tekens en de regel", "en": "knows the marks and the rule"},
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "written": {"nl": "Beschermd en geschreven: {name}", "en": "Protected and written: {name}"},
    "cells": {"nl": "cellen: {count}, tabellen: {tables}", "en": "cells: {count}, tables: {tables}"},
    "author": {
        "nl": "Alleen voor de maker, niet voor publicatie:",
        "en": "For the author only, not for publication:",
    },
    "attacked": {
        "nl": "kleine tellingen aangevallen: {count}, met twee hele tabellen als getuige: {shown}",
        "en": "small counts attacked: {count}, with two whole tables as witnesses: {shown}",
    },
    "change": {
        "nl": "totale verandering {change} (kleinst mogelijke {smallest}, toegestaan {allowed})",
        "en": "total change {change} (smallest possible {smallest}, allowed {allowed})",
    },
    "withheld": {"nl": "tellingen weggelaten: {count}", "en": "counts withheld: {count}"},
    "merges": {"nl": "Wel mogelijk, na elkaar:", "en": "Possible after this, one after another:"},
    "rounding": {
        "nl": "Of rond af in plaats van weg te laten: 'mode: rounding'.",
        "en": "Or round instead of withholding: 'mode: rounding'.",
    },
    "merge": {"nl": "neem in '{name}' samen: {categories}", "en": "merge in '{name}': {categories}"},
    "leave_out": {"nl": "laat '{name}' weg", "en": "leave out '{name}'"},
    "more": {"nl": "en nog {count}", "en": "and {count} more"},
    "total": {"nl": "totaal", "en": "total"},
}


Naming = Callable[[str, str, str], tuple[str, str]]
"""How a variable and a node of it are called in a language; the codes themselves where nobody knows their names."""


def say(word: str, lang: str, **words: object) -> str:
    return WORDS[word][lang].format(**words)


def key_text(key: Key, lang: str, naming: Naming | None = None) -> str:
    """The categories of a cell: `sex=woman, age=0-17`, or in words where they have names."""
    said = (" ".join(naming(*part, lang)) if naming else "=".join(part) for part in key)
    return ", ".join(said) or WORDS["total"][lang]


def merge_text(merge: Merge, lang: str, naming: Naming | None = None) -> str:
    """One merge as what an author is to do."""
    named = [naming(merge.variable, each, lang) if naming else (merge.variable, each) for each in merge.categories]
    words = {"name": named[0][0] if named else merge.variable, "categories": JOINED.join(each for _, each in named)}
    return say("leave_out" if merge.all else "merge", lang, **words)


def finding_text(finding: Finding, lang: str, naming: Naming | None = None) -> str:
    """One finding as a line."""
    words = {"low": finding.low, "high": "..." if finding.high is None else finding.high}
    said = FOUND[finding.kind][lang].format(reader=READERS[finding.reader][lang], **words)
    return f"{key_text(finding.key, lang, naming)}: {said}"


def findings_text(findings: Sequence[Finding], lang: str) -> list[str]:
    lines = [f"  {finding_text(finding, lang)}" for finding in findings[:MOST_SHOWN]]
    more = len(findings) - MOST_SHOWN
    return lines + ([f"  {say('more', lang, count=more)}"] if more > 0 else [])


def protected_text(protected: ProtectedRelease, report: Report, name: str, lang: str) -> str:
    """What the author reads of a release that passed."""
    cells = say("cells", lang, count=protected.note["printed_cells"], tables=len(protected.tables))
    lines = [say("written", lang, name=name), f"  {cells}", f"  {protected.claims['text'][lang]}", ""]
    lines += [say("author", lang), f"  {attacked_text(report.audit, lang)}"]
    if report.rounding:
        made = report.rounding
        words = {"change": made.change, "smallest": made.smallest, "allowed": made.allowed}
        lines.append(f"  {say('change', lang, **words)}")
    else:
        lines.append(f"  {say('withheld', lang, count=report.withheld)}")
    return "\n".join(lines)


def attacked_text(found: Audit, lang: str) -> str:
    """How many small counts were attacked, and how many have their witnesses."""
    return say("attacked", lang, count=found.attacked, shown=found.witnessed)


def refused_text(answer: NotSafe, lang: str, *, suppressing: bool) -> str:
    """What the author reads when nothing can be given out."""
    lines = [WHY[answer.why][lang], *findings_text(answer.findings, lang)]
    if answer.merges:
        lines += [say("merges", lang), *(f"  {merge_text(merge, lang)}" for merge in answer.merges)]
    if suppressing and answer.why != "time":
        lines.append(say("rounding", lang))
    return "\n".join(lines)


def audit_data(found: Audit, lang: str) -> dict[str, Any]:
    return {
        "attacked": found.attacked, "witnessed": found.witnessed, "optimal_reader": found.optimal,
        "narrowest": found.narrowest, "findings": [finding_data(finding, lang) for finding in found.findings],
    }  # fmt: skip


def finding_data(finding: Finding, lang: str, naming: Naming | None = None) -> dict[str, Any]:
    return {
        "kind": finding.kind, "categories": dict(finding.key), "low": finding.low, "high": finding.high,
        "reader": finding.reader, "text": finding_text(finding, lang, naming),
    }  # fmt: skip


def protected_data(protected: ProtectedRelease, report: Report, name: str, lang: str) -> dict[str, Any]:
    """`schakel protect --json` for a release that passed."""
    made = report.rounding
    return {
        "verdict": "safe", "release": protected.spec.name, "directory": name, "claim": dict(protected.claims),
        "cells": protected.note["printed_cells"], "tables": list(protected.tables),
        "author_only": audit_data(report.audit, lang) | {
            "change": made.change if made else None, "smallest_change": made.smallest if made else None,
            "withheld": report.withheld,
        },
    }  # fmt: skip


def refused_data(answer: NotSafe, name: str, lang: str, naming: Naming | None = None) -> dict[str, Any]:
    """`schakel protect --json` when nothing can be given out; with `naming` its texts say words and no codes."""
    return {
        "verdict": "not-safe", "release": name, "why": answer.why, "text": WHY[answer.why][lang],
        "author_only": {
            "findings": [finding_data(finding, lang, naming) for finding in answer.findings],
            "merges": [merge_data(merge, lang, naming) for merge in answer.merges],
        },
    }  # fmt: skip


def merge_data(merge: Merge, lang: str, naming: Naming | None = None) -> dict[str, Any]:
    return {
        "variable": merge.variable, "categories": list(merge.categories), "leave_out": merge.all,
        "text": merge_text(merge, lang, naming),
    }  # fmt: skip
