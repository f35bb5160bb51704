"""What is told of a linkage: the same facts for a person (in words) and for a machine (JSON)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from schakel.linkage.explain import Explanation
from schakel.linkage.linking import Linked
from schakel.linkage.prepare import unreadable_births
from schakel.linkage.quality import Quality, cluster_quality, pair_quality, truth_of
from schakel.linkage.review import Measured, Share
from schakel.linkage.words import comparison_in, level_in


def summary(linked: Linked, unreadable: pd.DataFrame) -> dict[str, Any]:
    """What went in, what was compared, what came out, and what was left out. Internal, but holds no names."""
    rows, options = linked.registrations, linked.options
    persons = linked.clusters.groupby("draw")["person"].nunique()
    sizes = linked.clusters[linked.clusters["draw"] == 0].groupby("person").size()
    return {
        "status": "internal",
        "registrations": len(rows) + len(linked.unlinkable),
        "lists": {str(name): int(count) for name, count in rows["list"].value_counts().sort_index().items()},
        "left_out": {
            "unreadable_rows": len(unreadable),
            "without_identity": len(linked.unlinkable),
            "unreadable_birth_dates": int(unreadable_births(rows, options.placeholders).sum()),
        },
        "without_identity": _without_identity(rows, linked.unlinkable),
        "compared_at_most": linked.candidates,
        "kept_pairs": len(linked.pairs),
        "links": int((linked.pairs["probability"] >= options.threshold).sum()),
        "threshold": options.threshold,
        "persons": linked.persons,
        "largest_person": int(sizes.max()),
        "expected_precision": linked.expected_precision,
        "expected_recall": linked.expected_recall,
        "draws": {"count": options.draws, "persons": [int(count) for count in persons.iloc[1:]]},
        "crowded": [
            {"columns": list(one.columns), "keys": one.keys, "registrations": one.registrations}
            for one in linked.crowded
        ],
        "backend": options.backend,
        "model": {
            "trained": linked.model.trained,
            "prior": linked.model.prior,
            "fingerprint": linked.model.fingerprint(),
        },
        "reused": linked.reused,
    }


def against_truth(linked: Linked, truth: pd.DataFrame) -> dict[str, Any]:
    """Quality of pairs and of persons (clusters of draw 0), where it is known who is who."""
    best = linked.clusters[linked.clusters["draw"] == 0].reset_index(drop=True)
    known = truth_of(best, truth)
    persons = cluster_quality(best["person"], known.reset_index(drop=True))
    pairs = pair_quality(linked.pairs, known, linked.options.threshold)
    return {
        "pairs": _quality(pairs),
        "persons": _quality(persons) | {"true_persons": int(known.nunique())},
    }


def measured(found: Measured) -> dict[str, Any]:
    """What a blind review measured."""
    return {
        "precision": _share(found.precision),
        "recall_among_compared": _share(found.recall),
        "answered": found.answered,
        "unsure": found.unsure,
        "strata": found.strata,
        "strata_without_answer": found.silent,
    }


def explanation(made: Explanation) -> dict[str, Any]:
    """Why two registrations are one person, or not. Internal: it holds what the registrations say."""
    return {
        "status": "internal",
        "record": made.record,
        "other": made.other,
        "one_person": made.one_person,
        "probability": made.probability,
        "threshold": made.threshold,
        "weight": made.weight,
        "before": made.prior,
        "evidence": [
            {
                "what": part.comparison,
                "level": part.level,
                "says": {
                    lang: f"{comparison_in(part.comparison, lang)}: {level_in(part.level, lang)}"
                    for lang in ("nl", "en")
                },
                "record": part.left,
                "other": part.right,
                "weight": part.weight,
                "of_which_rarity": part.rarity,
            }
            for part in made.parts
        ],
    }


def _without_identity(linkable: pd.DataFrame, unlinkable: pd.DataFrame) -> list[dict[str, Any]]:
    """The share of registrations without identity, by list."""
    without = unlinkable["list"].astype("str").value_counts()
    every = without.add(linkable["list"].astype("str").value_counts(), fill_value=0).sort_index()
    return [
        {"list": str(name), "registrations": int(count), "without_identity": (few := int(without.get(name, 0))),
         "share": few / int(count)}
        for name, count in every.items()
    ]  # fmt: skip


def _quality(one: Quality) -> dict[str, Any]:
    return {"precision": one.precision, "recall": one.recall, "f1": one.f1, "true": one.true, "found": one.found}


def _share(one: Share) -> dict[str, float]:
    return {"value": one.value, "low": one.low, "high": one.high}
