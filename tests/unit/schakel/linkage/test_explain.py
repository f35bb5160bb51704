"""An explanation adds up to the very score, in words and as a chart."""

from __future__ import annotations

import pytest

from schakel.linkage.evidence import untrained
from schakel.linkage.explain import Explanation, Part
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


def test_days_words_and_numbers_are_written_as_the_language_does() -> None:
    parts = (
        Part("registered", "days-apart", "2016-01-31", "2016-02-04", 4.44),
        Part("birth_date", "year-only", "1981", "1994-10-10", -5.0),
        Part("sex", "rest", "male", "female", -6.01),
        Part("number", "missing", "", "", 0.0),
    )
    made = Explanation(1, 2, -9.87, parts, 0.95)
    dutch, english = made.say("nl"), made.say("en")
    for words in (
        "(kans 0,0000)",
        "-9,9  vooraf",
        "31-01-2016 | 04-02-2016",
        "1981 | 10-10-1994",
        "man | vrouw",
        "? | ?",
    ):
        assert words in dutch
    assert "." not in dutch.split("Intern")[0].replace(").", ")")
    for words in ("probability 0.0000", "-9.9  before", "2016-01-31 | 2016-02-04", "male | female"):
        assert words in english


def test_a_day_of_registration_is_shown_as_a_day(linked: Linked) -> None:
    pair = linked.pairs.iloc[0]
    made = linked.explain(int(pair["record"]), int(pair["other"]))
    [shown] = [part for part in made.parts if part.comparison == "registered"]
    days = linked.registrations.set_index("record")["registered_on"]
    assert (shown.left, shown.right) == tuple(str(days[pair[side]].date()) for side in ("record", "other"))


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
