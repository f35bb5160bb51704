"""What must hold of every linkage, whatever the names and the lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.cli import main
from schakel.linkage.clusters import clustered, components
from schakel.linkage.dates import birth
from schakel.linkage.linking import Linked, LinkOptions, link
from schakel.linkage.names import folded, sound, sounds, without_prefixes
from schakel.linkage.review import queue
from schakel.simulation.country import SMALL
from schakel.simulation.simulate import simulate
from schakel.vocabulary.errors import BadInput

SEED = 7
Country = tuple[pd.DataFrame, pd.DataFrame]
EDGES = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.floats(0.01, 1)), max_size=40)


@pytest.fixture(scope="module")
def country() -> Country:
    made = simulate(replace(SMALL, people=4_000), seed=SEED)
    return made.registrations.drop(columns="number"), made.truth[["record", "person"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("linkage") / "out"


@pytest.fixture(scope="module")
def linked(country: Country, folder: Path) -> Linked:
    return link(country[0], LinkOptions(), seed=SEED, folder=folder)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    plain = folded(name)
    assert folded(plain) == plain
    assert without_prefixes(plain) or not plain
    assert sound(plain.upper().lower()) == sound(plain)


@given(st.text(max_size=20))
def test_whatever_stands_for_a_birth_date_is_a_date_or_is_told(written: str) -> None:
    found = birth(written)
    assert found.day is None or found.day.startswith(str(found.year))
    assert found.read or (found.day, found.year) == (None, None)


@given(st.lists(st.text(max_size=8), max_size=5))
def test_names_sound_together_as_each_does_alone(names: list[str]) -> None:
    plain = [folded(name) for name in names]
    assert sounds(plain) == [sound(name) for name in plain]


def plain_components(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """The plain way: paint everything that hangs together with the lowest number."""
    colour = list(range(count))
    for _ in range(count):
        for one, other in edges:
            colour[one] = colour[other] = min(colour[one], colour[other])
    return colour


@given(EDGES)
def test_the_fast_components_equal_the_plain_ones(edges: list[tuple[int, int, float]]) -> None:
    pairs = [(one, other) for one, other, _ in edges]
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    assert components(20, left, right).tolist() == plain_components(20, pairs)


@given(EDGES, st.lists(st.sampled_from("ab"), min_size=20, max_size=20))
def test_no_person_stands_twice_on_a_list_that_holds_a_person_once(
    edges: list[tuple[int, int, float]], lists: list[str]
) -> None:
    records = pd.DataFrame({"record": range(20), "list": lists, "once": [name == "a" for name in lists]})
    pairs = pd.DataFrame(edges, columns=["record", "other", "probability"]).astype({"probability": float})
    pairs = pairs.astype({"record": "int64", "other": "int64"})
    found = clustered(records, pairs, threshold=0.5, draws=2, seed=1).merge(records, on="record")
    assert not found[found["list"] == "a"].duplicated(["person", "draw"]).any()
    assert sorted(found["record"].unique()) == list(range(20))


@given(EDGES)
def test_a_person_never_goes_beyond_what_hangs_together(edges: list[tuple[int, int, float]]) -> None:
    records = pd.DataFrame({"record": range(20), "list": "a", "once": False})
    pairs = pd.DataFrame(edges, columns=["record", "other", "probability"]).astype({"probability": float})
    pairs = pairs.astype({"record": "int64", "other": "int64"})
    linked = pairs[pairs["probability"] >= 0.5]
    hanging = plain_components(20, list(zip(linked["record"], linked["other"], strict=True)))
    person = clustered(records, pairs, threshold=0.5)["person"]
    assert pd.DataFrame({"person": person, "hanging": hanging}).groupby("person")["hanging"].nunique().max() == 1


@given(st.integers(0, 1000), st.integers(1, 50))
def test_a_review_asks_no_pair_twice(seed: int, size: int) -> None:
    pairs = pd.DataFrame({"record": range(100), "other": range(100, 200), "probability": np.linspace(0.01, 1, 100)})
    rows = pd.DataFrame({"record": range(200), "surname": "x"})
    made = queue(pairs, rows, threshold=0.9, size=size, seed=seed)
    assert not made.questions.duplicated(["record_1", "record_2"]).any()
    assert len(made.questions) <= max(size, made.key["stratum"].nunique())


def test_other_registrations_are_scored_anew(linked: Linked, country: Country, folder: Path) -> None:
    other = link(country[0].iloc[:-5], linked.options, seed=SEED, folder=folder, model=linked.model)
    assert not other.reused


def test_a_run_that_was_stopped_goes_on(country: Country, linked: Linked, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(stage: str, done: int, of: int) -> None:
        if stage == "cluster":
            raise StoppedError

    with pytest.raises(StoppedError):
        link(country[0], LinkOptions(), seed=SEED, folder=tmp_path / "out", tell=stop)
    again = link(country[0], LinkOptions(), seed=SEED, folder=tmp_path / "out")
    assert again.reused
    pd.testing.assert_frame_equal(again.pairs, linked.pairs)


def test_the_order_of_registrations_changes_no_person(country: Country, linked: Linked) -> None:
    shuffled = country[0].sample(frac=1, random_state=3)
    other = link(shuffled, LinkOptions(), seed=SEED, model=linked.model)
    pd.testing.assert_frame_equal(other.pairs, linked.pairs, check_exact=False, rtol=1e-9)


def test_a_list_that_holds_a_person_once_does(country: Country, linked: Linked) -> None:
    found = link(country[0], LinkOptions(once=("police",)), seed=SEED, model=linked.model)
    rows = found.clusters.merge(found.registrations[["record", "list"]], on="record")
    police = rows[rows["list"] == "police"]
    assert not police.duplicated(["person", "draw"]).any()


def test_a_model_that_compares_what_is_not_there_is_refused(linked: Linked, country: Country) -> None:
    rows = country[0].assign(street="x")
    other = link(rows, LinkOptions(exact=("street",)), seed=1).model
    with pytest.raises(BadInput, match="compares 'street'"):
        link(country[0], seed=1, model=other)


def test_a_registration_that_is_not_there_ends_with_a_sentence(
    country: Country, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    country[0].head(300).to_csv(tmp_path / "all.csv", index=False)
    words = ["link", str(tmp_path / "all.csv"), "--out", str(tmp_path / "out"), "--lang", "en"]
    assert main([*words, "--explain", "1", "999999"]) == 2
    assert "there is no registration 999999" in capsys.readouterr().err


def test_few_registrations_are_linked_too() -> None:
    rows = pd.DataFrame(
        {
            "record": [1, 2, 3, 4],
            "list": ["a", "b", "a", "b"],
            "given_names": ["Anna", "Anna", "Bram", "Cees"],
            "surname": ["Jansen", "Janssen", "Visser", "Smit"],
            "birth_date": ["1990-02-03", "1990-02-03", "1985-07-09", None],
            "sex": None,
            "nationality": None,
        }
    )
    found = link(rows, LinkOptions(threshold=0.5), seed=1)
    assert found.persons in (3, 4)  # four registrations teach nothing of how alike two people are by chance
    assert found.clusters["record"].tolist() == [1, 2, 3, 4]


def test_lists_that_share_nothing_have_no_pairs() -> None:
    rows = pd.DataFrame({"record": [1, 2], "list": "a", "given_names": ["Anna", "Cees"], "surname": ["Bos", "Smit"]})
    rows = rows.assign(birth_date=None, sex=None, nationality=None)
    with pytest.raises(BadInput, match="agree on enough"):
        link(rows, seed=1)
