"""The model is data: written, read, refused, and rendered for each backend."""

from __future__ import annotations

import json

import pytest

from schakel.linkage.dialects import condition, pairing, settings, weight
from schakel.linkage.evidence import untrained
from schakel.linkage.linking import Linked
from schakel.linkage.model import KINDS, Level, Predicate, from_plain, to_plain
from schakel.linkage.prepare import Given
from schakel.vocabulary.errors import BadInput

GIVEN = Given(exact=("postcode",), text=("street",), known=frozenset(("sex", "nationality", "municipality", "number")))


def test_a_model_survives_its_file(linked: Linked) -> None:
    read = from_plain(json.loads(json.dumps(to_plain(linked.model))), "model.json")
    assert read == linked.model
    assert read.fingerprint() == linked.model.fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        {"form": "splink"},
        {"prior": 2},
        {"blocks": []},
        {"comparisons": [{"name": "a"}]},
        {"blocks": [{"columns": ["a; DROP TABLE x"], "pairs": 1}]},
    ],
)
def test_what_is_no_model_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="not a linkage model"):
        from_plain(to_plain(untrained(GIVEN)) | change, "model.json")
    with pytest.raises(BadInput, match=r"model\.json"):
        from_plain([], "model.json")


@pytest.mark.parametrize("part", ["within", "name"])
def test_a_model_file_steers_no_database(part: str) -> None:
    plain = to_plain(untrained(GIVEN))
    plain["comparisons"][0][part] = ["x y"] if part == "within" else "x y"
    with pytest.raises(BadInput):
        from_plain(plain, "model.json")


def test_each_backend_gets_its_own_words() -> None:
    level = Level("x", (Predicate("similar", ("given",), 0.9), Predicate("shares", ("given_any",))))
    alike = "100 * levenshtein(given_l, given_r) <= 10 * greatest(length(given_l), length(given_r))"
    assert condition(level, "duckdb") == f"{alike} AND list_has_any(given_any_l, given_any_r)"
    assert condition(level, "spark") == f"{alike} AND arrays_overlap(given_any_l, given_any_r)"


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_kind_of_test_is_written(dialect: str) -> None:
    said = [condition(Level("x", (Predicate(kind, ("a", "b"), 1.0),)), dialect) for kind in KINDS]
    assert len(set(said)) == len(KINDS) - 1  # 'missing' and 'unknown' ask the same in another place


def test_every_comparison_ends_with_the_rest_and_starts_with_what_is_missing() -> None:
    for one in untrained(GIVEN).comparisons:
        assert one.levels[0].missing
        assert one.levels[-1].tests[0].kind == "rest"


def test_settings_name_every_level() -> None:
    made = settings(untrained(GIVEN), "duckdb")
    assert [len(one["comparison_levels"]) for one in made["comparisons"]] == [
        len(one.levels) for one in untrained(GIVEN).comparisons
    ]


def test_a_weight_is_the_logarithm_of_m_over_u() -> None:
    assert weight(Level("x", (Predicate("equal", ("a",)),), m=0.8, u=0.1)) == 3
    assert weight(Level("x", (Predicate("missing", ("a",)),), m=0.8, u=0.1)) == 0
    assert weight(Level("x", (Predicate("equal", ("a",)),))) == 0


def test_pairs_of_a_list_that_holds_a_person_once_are_not_made() -> None:
    assert "NOT (l.list = r.list AND l.once)" in pairing("keys", 0, 1)


def test_names_that_changed_places_weigh_as_names_that_did_not(linked: Linked) -> None:
    weights = {(one.name, level.name): weight(level) for one, level in linked.model.levels()}
    for name in ("given_names", "surname"):
        assert weights[name, "crossed"] == weights[name, "order"] == weights[name, "equal"]
        assert weights[name, "crossed-sound"] == weights[name, "sound"]
    assert weights["given_names", "first-only"] < weights["given_names", "equal"] <= weights["given_names", "whole"] + 2


def test_what_lies_close_in_time_speaks_for_one_person(linked: Linked) -> None:
    (apart,) = (one for one in linked.model.comparisons if one.name == "registered")
    told = [weight(level) for level in apart.levels if not level.missing]
    assert told == sorted(told, reverse=True)
    assert told[0] > 0 > told[-1]
