"""Facts of meetings are facts of the content, and no meeting is one that cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from schakel.mechanism.assess import assess
from schakel.mechanism.content import Content, load
from schakel.mechanism.facts_file import from_data
from schakel.simulation.simulated import Simulated

NO_FACTS = {"encounter", "person", "at"}
SHARED = ["finder", "form", "sector", "place_kind", "municipality", "time", "action", "danger", "held", "at"]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_every_value_stands_in_the_content(small: Simulated, content: Content) -> None:
    for name in set(small.encounters.columns) - NO_FACTS:
        values = set(" ".join(small.encounters[name].dropna().unique()).split())
        assert values
        if name == "municipality":
            assert {content.places.find(value).code for value in values} == values
        else:
            assert values <= set(content.facts[name].value_ids), name


def test_what_is_shared_is_told_once_a_meeting(small: Simulated) -> None:
    told = small.encounters.groupby("encounter")[SHARED].nunique(dropna=False)
    assert (told == 1).all(axis=None)


def test_people_are_met_together_at_places_of_work(small: Simulated) -> None:
    sizes = small.encounters.groupby("form")["encounter"].value_counts().groupby("form").max()
    assert sizes["labour"] > 1


def test_weekends_are_those_of_the_calendar(small: Simulated) -> None:
    weekend = small.encounters["at"].dt.day_of_week >= 5
    assert ((small.encounters["time"] == "weekend_holiday") == weekend).all()


def test_a_meeting_is_a_situation_that_the_mechanism_can_assess(small: Simulated, content: Content) -> None:
    kinds = small.encounters.drop_duplicates(["finder", "form", "age", "nationality", "residence"])
    for _, row in kinds.head(60).iterrows():
        facts = {
            name: _told(name, row[name]) for name in row.index if name not in {*NO_FACTS, "finder", "municipality"}
        }
        known = {name: value for name, value in facts.items() if value is not None}
        data: dict[str, Any] = {"on": "2025-06-01", "who": row["finder"], "municipality": row["municipality"]}
        situation = from_data(content, data | {"persons": [{"facts": known}]}, on=date(2025, 6, 1), name="meeting")
        (person,) = assess(content, situation).persons
        assert person


def _told(name: str, value: Any) -> Any:
    """A value as a facts document holds it."""
    if pd.isna(value):
        return None
    return value.split() if name == "form" else value
