"""The ways in are the finders of the content: no second list of who somebody can be."""

from __future__ import annotations

from loket.site.ways import finder_values, from_facts
from loket.site.wording import wording


def test_every_finder_is_a_way_in_once() -> None:
    ways = [way.value for group in from_facts("nl") for way in group.ways]
    assert sorted(ways) == sorted(value["id"] for value in finder_values())
    assert len(ways) == len(set(ways))


def test_every_group_has_a_heading_and_everybody_else_has_a_door() -> None:
    groups = from_facts("en")
    assert "public" in [group.id for group in groups]
    assert all(wording().say(group.heading, "en") for group in groups)


def test_labels_differ_by_language() -> None:
    dutch, english = from_facts("nl"), from_facts("en")
    assert [way.value for group in dutch for way in group.ways] == [
        way.value for group in english for way in group.ways
    ]
    assert dutch != english
