"""An explanation adds up to the very score, in words and as a chart."""

from __future__ import annotations

import pytest

from schakel.linkage.evidence import untrained
from schakel.linkage.linking import Linked
from schakel.linkage.prepare import Given
from schakel.linkage.words import COMPARISONS, LEVELS
from schakel.vocabulary.errors import BadInput

ALL = Given(exact=("pc",), text=("street",), known=frozenset(("sex", "nationality", "municipality", "number")))


@pytest.mark.parametrize("place", range(0, 240, 30))
def test_the_parts_add_up_to_what_splink_scored(linked: Linked, place: int) -> None:
    pair = linked.pairs.iloc[place]
    made = linked.explain(int(pair["record"]), int(pair["other"]))
    assert made.weight == pytest.approx(pair["weight"], abs=1e-9)
    assert made.probability == pytest.approx(pair["probability"], abs=1e-9)


def test_it_is_told_in_both_languages(linked: Linked) -> None:
    pair = linked.pairs.sort_values("probability").iloc[-1]
    made = linked.explain(int(pair["record"]), int(pair["other"]))
    assert "taken for one person" in made.say("en")
    assert "aangezien voor één persoon" in made.say("nl")
    assert "Intern" in made.say("nl")
    apart = linked.explain(int(linked.registrations["record"].iloc[0]), int(linked.registrations["record"].iloc[1]))
    assert "not taken for one person" in apart.say("en")


def test_the_chart_shows_every_part(linked: Linked) -> None:
    pair = linked.pairs.iloc[0]
    made = linked.explain(int(pair["record"]), int(pair["other"]))
    chart = made.chart("nl").to_dict()
    assert len(chart["data"]["values"]) == len(made.parts) + 1
    assert chart["encoding"]["x"]["title"] == "gewicht (factoren van twee)"


def test_every_level_has_its_words() -> None:
    for one, level in untrained(ALL).levels():
        assert set(LEVELS[level.name]) == {"en", "nl"}
        assert one.name in COMPARISONS or one.name[:2] in ("x_", "t_")


def test_a_registration_that_is_not_there_is_told(linked: Linked) -> None:
    with pytest.raises(BadInput, match="no registration 999999"):
        linked.explain(int(linked.pairs["record"].iloc[0]), 999_999)
