"""Claim: a step of the wegwijzer costs under 50 ms of CPU for one person, and under 150 ms for ten workers of the farm.

Measured inside the process, through Django's own request handling, with the shipped content: CPU time of a step in
which one answer came in, over varied answers. Prints the figures; `--write` keeps them with date and seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.test")
django.setup()

from django.test import Client  # noqa: E402  (Django must be set up first)

RESULTS = Path(__file__).parent / "results" / "site.json"
LIMITS = {1: 50.0, 10: 150.0}
ANSWERS = {
    "nationality": ["nl", "eu", "third_country"], "danger": ["acute", "threat", "none"],
    "held": ["yes", "suspected", "no"],
    "safe_place": ["yes", "no"], "language": ["shared", "interpreter_needed"], "injuries": ["acute", "visible", "none"],
    "time": ["office_hours", "evening_night", "weekend_holiday"], "papers": ["own_hands", "held_by_other"],
}  # fmt: skip


def farm(chance: random.Random, persons: int) -> dict[str, Any]:
    """The farm with some workers, each with some answers of their own."""
    known = {"indication": "yes", "action": "under_way", "sector": "farming", "place_kind": "workplace"}
    facts = [
        {name: chance.choice(values) for name, values in ANSWERS.items() if chance.random() < 0.5}
        for _ in range(persons)
    ]
    people = [{"id": f"worker {number + 1}", "facts": told} for number, told in enumerate(facts)]
    return {"on": "2025-06-01", "who": "labour_inspector", "shared": known, "persons": people}


def step(client: Client, facts: dict[str, Any]) -> float:
    """CPU milliseconds of one step."""
    fields = {"facts": json.dumps(facts), "at": "plan", "do": "show:plan"}
    began = time.process_time()
    answer = client.post("/nl/wegwijzer/", fields)
    spent = (time.process_time() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--steps", type=int, default=60)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    chance, client = random.Random(given.seed), Client()
    step(client, farm(chance, 1))
    figures: dict[str, Any] = {"claim": "CPU ms of a wegwijzer step", "seed": given.seed, "steps": given.steps}
    for persons, limit in LIMITS.items():
        spent = sorted(step(client, farm(chance, persons)) for _ in range(given.steps))
        row = {
            "median": round(statistics.median(spent), 1),
            "p95": round(spent[int(len(spent) * 0.95)], 1),
            "limit": limit,
        }
        figures[f"{persons} persons"] = row
        print(f"{persons:>2} persons: median {row['median']} ms, p95 {row['p95']} ms (claim: under {limit} ms)")
    if given.write:
        RESULTS.parent.mkdir(exist_ok=True)
        dated = {"date": datetime.now(UTC).date().isoformat(), **figures}
        RESULTS.write_text(json.dumps(dated, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
