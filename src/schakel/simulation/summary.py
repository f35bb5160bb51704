"""What a synthetic country holds, in figures: people, registrations, who is seen, and how the lists overlap."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd

from schakel.simulation.draws import Numbers
from schakel.simulation.simulated import Simulated

TABLES: Final = ("people", "encounters", "registrations", "events", "truth", "population")


def summary(made: Simulated) -> dict[str, Any]:
    """The figures of a synthetic country, as plain numbers and words for JSON.

    `people` are all who are exploited in the country at some time within the years; `seen` those on at least one
    list; an overlap counts the people who stand on both lists, in whatever year.
    """
    on = holders(made)
    return {
        "synthetic": True,
        "seed": made.seed,
        "years": list(made.country.years),
        "people": made.country.people,
        "within_reach": round(float(made.population["within_reach"].sum() / made.population["people"].sum()), 4),
        "seen": len(made.people),
        "registrations": len(made.registrations),
        "without_identity": int((~made.registrations["identified"]).sum()),
        "meetings": int(made.encounters["encounter"].nunique()),
        "events": len(made.events),
        "lists": _lists(made, on),
        "overlaps": [
            {"lists": [made.country.lists[one], made.country.lists[other]], "people": int((on[one] & on[other]).sum())}
            for one, other in combinations(range(len(on)), 2)
        ],
        "years_seen": _years(made.population),
    }


def holders(made: Simulated) -> Numbers:
    """Which list holds which person at any time: shape (lists, people), yes or no, in order of both."""
    places = {name: place for place, name in enumerate(made.country.lists)}
    on = np.zeros((len(places), len(made.people)), dtype=bool)
    on[made.truth["list"].map(places).to_numpy(dtype=int), made.truth["person"].to_numpy() - 1] = True
    return on


def _lists(made: Simulated, on: Numbers) -> list[dict[str, Any]]:
    rows = made.registrations.groupby("list")["identified"].agg(["size", "sum"])
    return [
        {
            "list": one.name,
            "organisation": one.organisation,
            "registrations": int(rows["size"].get(one.name, 0)),
            "without_identity": int(rows["size"].get(one.name, 0) - rows["sum"].get(one.name, 0)),
            "people": int(on[place].sum()),
        }
        for place, one in enumerate(made.country.reporters)
    ]


def _years(population: pd.DataFrame) -> list[dict[str, int]]:
    sums = population.groupby("year")[["people", "registered"]].sum()
    return [
        {"year": int(year), "people": int(people), "registered": int(registered)}
        for year, people, registered in zip(sums.index, sums["people"], sums["registered"], strict=True)
    ]
