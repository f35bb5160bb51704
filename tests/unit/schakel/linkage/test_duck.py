"""Prepared registrations in the embedded database: none lost, the sample the same for the same seed, answers once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from schakel.linkage import duck
from schakel.linkage.answers import answered, answers, both_sides
from schakel.linkage.evidence import untrained
from schakel.linkage.frequencies import with_frequencies
from schakel.linkage.prepare import Given, prepared
from schakel.vocabulary.errors import BadInput

NOBODY = {"given_names": None, "surname": None, "birth_date": None, "sex": None, "nationality": None}


def rows(count: int) -> pd.DataFrame:
    """Registrations with few names, of which the last has nothing at all."""
    chance = np.random.default_rng(3)
    made = pd.DataFrame(
        {
            "record": np.arange(count) * 7,
            "list": chance.choice(["a", "b"], count),
            "registered_on": pd.Timestamp("2020-06-01"),
            "given_names": chance.choice(["Anna", "Ana Maria", "Bo", None], count),
            "surname": chance.choice(["Jansen", "Janssen", "de Boer", None], count),
            "birth_date": chance.choice(["1990-03-04", "1990-04-03", "1991-01-01", None], count),
            "sex": chance.choice(["m", "v", None], count),
            "nationality": chance.choice(["NLD", "POL", None], count),
        }
    )
    return pd.concat([made, made.head(1).assign(record=10_000, **NOBODY)], ignore_index=True)


@pytest.fixture
def connection() -> Any:
    with duck.connect() as made:
        yield made


def test_no_registration_is_lost_whatever_is_missing(connection: Any) -> None:
    table, model = rows(200), untrained(Given().of(rows(200)))
    ready = with_frequencies(prepared(table, Given()), model)
    duck.make_ready(connection, ready, model)
    found = connection.execute("SELECT * FROM ready ORDER BY record").df()
    assert found["record"].tolist() == table["record"].tolist()
    nobody = found.iloc[-1]
    assert (
        nobody[["given", "surname", "given_any", "name_all", "key_given", "tf_key_given", "birth_about"]].isna().all()
    )
    for name in ("given", "surname", "birth_day", "sex", "key_given", "tf_key_given_all", "birth_about"):
        assert found[name].isna().tolist() == ready[name].isna().tolist()
    assert "name_pair" not in found.columns
    known = connection.execute("SELECT count(given), count(key_given), count(tf_key_given) FROM ready").fetchall()
    assert known == [(int(ready["given"].notna().sum()),) * 3]


@pytest.mark.parametrize("within", [(), ("street",)])
def test_a_model_that_asks_what_is_not_there_is_refused(within: tuple[str, ...]) -> None:
    street = () if within else ("street",)
    model = untrained(replace(Given(exact=street), known=frozenset(("sex",))))
    changed = replace(model, comparisons=tuple(replace(one, within=within) for one in model.comparisons))
    with pytest.raises(BadInput, match="compares 'street'"):
        with_frequencies(prepared(rows(9), Given()), changed)


def test_the_sample_is_the_first_by_a_hash_with_the_seed(connection: Any) -> None:
    model = untrained(Given().of(rows(200)))
    ready = with_frequencies(prepared(rows(200), Given()), model)
    duck.make_ready(connection, ready, model)
    assert duck.sample(connection, ready, model, 201, 5) == duck.READY
    assert duck.sample(connection, ready, model, 50, 5) == "sampled"
    of_it = connection.execute("SELECT * FROM sampled ORDER BY record").df()
    plain = "SELECT * FROM ready WHERE record IN (SELECT record FROM ready ORDER BY hash(record, 5) LIMIT 50)"
    pd.testing.assert_frame_equal(of_it, connection.execute(f"{plain} ORDER BY record").df())


def test_what_is_worked_out_once_for_all_levels_gives_the_same_answers(connection: Any) -> None:
    model = untrained(Given().of(rows(60)))
    duck.make_ready(connection, with_frequencies(prepared(rows(60), Given()), model), model)
    pairs = f"SELECT {both_sides(model.comparisons, ('record',))} FROM ready l, ready r"
    levels = ", ".join(f"level_{place}" for place in range(len(model.comparisons)))
    counted = f"SELECT {levels}, count(*) FROM ({{}}) GROUP BY ALL ORDER BY ALL"
    plain = f"SELECT {answers(model.comparisons)} FROM ({pairs})"
    once = answered(model.comparisons, pairs)
    assert once.count("levenshtein") < plain.count("levenshtein")
    assert duck.rows(connection, counted.format(once)) == duck.rows(connection, counted.format(plain))
