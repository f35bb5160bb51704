"""The two situations of the factsheet, as they would stand at the counter today: the farm, and the two girls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from loket.casework.sample.people import Meeting, alike


def stories(made: Any, today: date) -> list[Meeting]:
    """The farm (five workers, nine days ago) and the two girls (yesterday): the newest wait for the registrar."""
    return [_farm(made, today - timedelta(days=9)), _girls(made, today - timedelta(days=1))]


def _farm(made: Any, on: date) -> Meeting:
    worker = {"age": "adult", "age_doubt": "none", "nationality": "eu", "residence": "eu_longer",
              "papers": "held_by_other", "safe_place": "no", "wish_shelter": "yes",
              "language": "interpreter_needed", "shelter_request_on": on.isoformat()}  # fmt: skip
    people = tuple(islice(alike(made, nationality="ROU", form="labour"), 5))
    facts = {
        "who": "labour_inspector", "municipality": "GM0363",
        "shared": {"indication": "yes", "form": ["labour"], "sector": ["farming"], "place_kind": "workplace",
                   "danger": "threat", "held": "no"},
        "persons": [{"id": str(number), "facts": worker} for number in range(1, len(people) + 1)],
    }  # fmt: skip
    return Meeting(on, "labour-inspectorate", facts, people)


def _girls(made: Any, on: date) -> Meeting:
    day, found = on.isoformat(), islice(alike(made, nationality="NLD", form="sexual", sex="woman"), 2)
    people = tuple(replace(one, birth_date=f"{on.year - age}-01-12") for one, age in zip(found, (17, 16), strict=True))
    facts = {
        "who": "police", "municipality": "GM0363",
        "shared": {"indication": "yes", "form": ["sexual"], "danger": "threat"},
        "persons": [{"id": "A", "facts": {"age": 17, "injuries": "visible", "nationality": "nl",
                                          "residence": "national", "vt_report_on": day}},
                    {"id": "B", "facts": {"age": 16, "injuries": "none", "nationality": "nl",
                                          "residence": "national", "vt_report_on": day}}],
    }  # fmt: skip
    return Meeting(on, "police", facts, people)
