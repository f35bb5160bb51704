"""The audit note that is published with a release: what is claimed, against which readers, and the seal.

Nothing in it may tell of the truth. The number of small counts is not told (a reader who knew that there are none would
know every printed nought to be one), nor the total change of the rounding, nor which cells were hard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from schakel.disclosure.cells_text import cells_csv
from schakel.disclosure.protected import Row
from schakel.disclosure.readers import READERS
from schakel.disclosure.release import Release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.seal import digest, sealed
from schakel.disclosure.spec import FROM_COUNTS, ROUNDING, Policy
from schakel.disclosure.spec_text import spec_text
from schakel.vocabulary.version import VERSION

KIND: Final = "schakel-audit"
FORM: Final = 1
TOLD: Final[Mapping[str, Mapping[str, str]]] = {
    "rounding": {
        "nl": "Alle tellingen zijn afgerond op een veelvoud van {base}, alle sommen kloppen. Van elke telling van 1 "
        "tot en met {most} moet een lezer ten minste {many} verschillende waarden mogelijk houden.",
        "en": "All counts are rounded to a multiple of {base}, and all sums add up. Of each count from 1 to {most} "
        "a reader must think at least {many} different values possible.",
    },
    "suppression": {
        "nl": "Tellingen zijn weggelaten waar nodig. Van elke telling van 1 tot en met {most} moet een lezer minstens "
        "{many} verschillende waarden mogelijk houden, en van geen is te bewijzen dat zij kleiner is dan {k}.",
        "en": "Counts are withheld where needed. Of each count from 1 to {most} a reader must think at least {many} "
        "different values possible, and none can be proved to be below {k}.",
    },
}
FURTHER: Final = {
    "nl": " Sommige tellingen zijn verder afgerond dan naar het naaste veelvoud erboven of eronder: anders klopten "
    "de sommen niet.",
    "en": " Some counts are rounded further than to the multiple just above or below: the sums would not add up "
    "otherwise.",
}


def audit_note(
    release: Release, rows: Mapping[str, tuple[Row, ...]], beside: Mapping[str, str | None], *,
    rounding: Rounding | None, optimal: str, key: bytes | None,
) -> dict[str, Any]:  # fmt: skip
    """The note, sealed with the key (a plain checksum without one)."""
    policy = release.spec.policy
    note: dict[str, Any] = {
        "kind": KIND, "form": FORM, "release": release.spec.name, "verdict": "safe", "mode": policy.mode,
        "claim": claim(policy, rounding), "readers": list(READERS), "optimal_reader": optimal,
        "printed_cells": int(release.printed.sum()),
        "earlier": [{"name": before.name} for before in release.earlier],
        "from_counts": [figure.name for figure in release.spec.beside if figure.source == FROM_COUNTS],
        "undeclared": list(release.undeclared), "engine": VERSION,
        "files": {"cells.csv": digest(cells_csv(rows, beside)), "spec.yaml": digest(spec_text(release.spec))},
    }  # fmt: skip
    if rounding is not None:
        note["rounding"] = {
            "base": policy.base, "steps": rounding.steps,
            "allowance": {"percent": policy.percent, "bases": rounding.bases},
        }  # fmt: skip
    else:
        note["suppression"] = {"k": policy.k, "zeros": policy.zeros, "marks": policy.marks}
    return sealed(note, key)


def claim(policy: Policy, rounding: Rounding | None) -> dict[str, Any]:
    """What is claimed: the width, whether no small count can be proved, and both in words."""
    words = {"base": policy.base, "k": policy.k, "most": policy.small - 1, "many": policy.width + 1}
    further = FURTHER if rounding is not None and rounding.steps > 1 else {"nl": "", "en": ""}
    text = {lang: TOLD[policy.mode][lang].format(**words) + further[lang] for lang in ("nl", "en")}
    return {"width": policy.width, "below": policy.small, "none_provable": policy.mode != ROUNDING, "text": text}
