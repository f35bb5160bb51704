"""Duties stand in the order in which they are done; the same order on every machine."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from schakel.mechanism.content import load
from schakel.mechanism.model import STAGES, Duty
from schakel.mechanism.order import in_time
from schakel.vocabulary.errors import BadInput
from tests.tiny import Country, version


def ordered(country: Country) -> tuple[str, ...]:
    return in_time(country.content().duties)


def test_stage_then_urgency_then_strength_then_name(tmp_path: Path) -> None:
    country = Country(tmp_path).duty("z-first", stage="before_action").duty("a-last", stage="afterwards")
    country.duty("b").duty("a").duty("urgent", urgent=True)
    country.duty("should", versions=[version(strength="should")])
    assert ordered(country) == ("z-first", "urgent", "a", "b", "should", "a-last")


def test_the_strongest_of_its_texts_counts(tmp_path: Path) -> None:
    texts = [version(strength="may", valid_to="2020-01-01"), version(strength="must", valid_from="2020-01-02")]
    country = (
        Country(tmp_path).duty("a-should", versions=[version(strength="should")]).duty("now-a-must", versions=texts)
    )
    assert ordered(country) == ("now-a-must", "a-should")


def test_after_wins_from_everything_else(tmp_path: Path) -> None:
    country = Country(tmp_path).duty("urgent", urgent=True, after=["slow"]).duty("slow", stage="afterwards")
    assert ordered(country) == ("slow", "urgent")


def test_after_a_duty_that_does_not_exist_is_after_nothing(tmp_path: Path) -> None:
    assert ordered(Country(tmp_path).duty("a", after=["gone"])) == ("a",)


def test_a_circle_is_refused_with_the_duties_in_it(tmp_path: Path) -> None:
    country = Country(tmp_path).duty("a", after=["c"]).duty("b", after=["a"]).duty("c", after=["b"]).duty("d")
    with pytest.raises(BadInput, match="a, b, c") as refused:
        ordered(country)
    assert refused.value.where == "duties/a.yaml"


def test_the_order_of_the_files_does_not_matter() -> None:
    duties = load().duties
    shuffled: dict[str, Duty] = dict(Random(1).sample(list(duties.items()), len(duties)))
    assert in_time(shuffled) == in_time(duties)


def test_the_dutch_order_holds_every_duty_once_and_each_after_what_comes_first() -> None:
    content = load()
    place = {name: number for number, name in enumerate(content.order)}
    assert sorted(place) == sorted(content.duties)
    for duty in content.duties.values():
        assert all(place[name] < place[duty.id] for name in duty.after), duty.id
    free = [content.duties[name] for name in content.order if not content.duties[name].after]
    stages = [STAGES.index(duty.stage) for duty in free if not any(duty.id in other.after for other in free)]
    assert stages[0] <= stages[-1]
