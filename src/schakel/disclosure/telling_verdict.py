"""What is told of an audited release directory: its seal, its files, and what the attack found; in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from schakel.disclosure.telling import attacked_text, audit_data, findings_text
from schakel.disclosure.verify import Verdict

BROKEN: Final[Mapping[str, Mapping[str, str]]] = {
    "seal": {"nl": "het zegel past niet op de notitie", "en": "the seal does not fit the note"},
    "key": {
        "nl": "het zegel is niet bekeken: geef de openbare sleutel (--key)",
        "en": "the seal was not looked at: give the public key (--key)",
    },
    "cells.csv": {"nl": "cells.csv is veranderd", "en": "cells.csv was changed"},
    "spec.yaml": {"nl": "spec.yaml is veranderd", "en": "spec.yaml was changed"},
    "other-files": {
        "nl": "er staan bestanden in de map die er niet bij horen",
        "en": "there are files in the folder that do not belong to it",
    },
}
FILES: Final = frozenset({"cells.csv", "spec.yaml", "other-files"})
"""What can be wrong while the note itself, and the seal on it, are in order."""
SEALS: Final[Mapping[str, Mapping[str, str]]] = {
    "verified": {"nl": "zegel geverifieerd met deze sleutel", "en": "seal verified with this key"},
    "checksums": {
        "nl": "alleen controlesommen: niet met een sleutel verzegeld, dus van wie het komt is niet te zien",
        "en": "checksums only: not sealed with a key, so who it is from cannot be seen",
    },
}
SEALS_OVER_OTHERS: Final[Mapping[str, Mapping[str, str]]] = {
    "verified": {
        "nl": "het zegel op de notitie (audit.json) klopt met deze sleutel, maar de map is niet wat het dekt:",
        "en": "the seal on the note (audit.json) fits this key, but the folder is not what it covers:",
    },
    "checksums": {
        "nl": "de notitie (audit.json) is heel, zonder sleutel verzegeld, maar de map is niet wat zij dekt:",
        "en": "the note (audit.json) is whole, sealed without a key, but the folder is not what it covers:",
    },
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "safe": {"nl": "Veilig: {name}", "en": "Safe: {name}"},
    "unsafe": {"nl": "Niet in orde: {name}", "en": "Not in order: {name}"},
    "whole": {"nl": "In orde: {name}", "en": "In order: {name}"},
    "refused": {
        "nl": "Zo wordt deze uitgave geweigerd. Neem de map zoals zij is gegeven, of maak de uitgave opnieuw.",
        "en": "Like this the release is refused. Take the folder as it was given out, or make the release anew.",
    },
    "untrue": {
        "nl": "Alleen zegel en controlesommen; zonder --truth is er niet aangevallen.",
        "en": "Only seal and checksums; without --truth nothing was attacked.",
    },
}


def verdict_text(verdict: Verdict, name: str, lang: str) -> str:
    """What the author reads of an audited directory. Only what was attacked is called safe."""
    fine = "whole" if verdict.audit is None else "safe"
    lines = [_say(fine if verdict.safe else "unsafe", lang, name=name)]
    seals = SEALS_OVER_OTHERS if FILES.intersection(verdict.broken) else SEALS
    lines += [f"  {seals[verdict.seal][lang]}"] if verdict.seal in seals else []
    lines += [f"  {BROKEN[part][lang]}" for part in verdict.broken]
    if verdict.audit is None:
        lines.append(f"  {_say('untrue', lang)}")
    else:
        lines += [f"  {attacked_text(verdict.audit, lang)}", *findings_text(verdict.audit.findings, lang)]
    return "\n".join([*lines, *([f"  {_say('refused', lang)}"] if set(verdict.broken) - {"key"} else [])])


def verdict_data(verdict: Verdict, name: str, lang: str) -> dict[str, Any]:
    """`schakel audit --json`."""
    return {
        "verdict": "safe" if verdict.safe else "not-safe", "directory": name, "seal": verdict.seal,
        "broken": [{"part": part, "text": BROKEN[part][lang]} for part in verdict.broken],
        "attack": None if verdict.audit is None else audit_data(verdict.audit, lang),
    }  # fmt: skip


def _say(word: str, lang: str, **words: object) -> str:
    return WORDS[word][lang].format(**words)
