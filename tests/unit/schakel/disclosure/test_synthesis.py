"""Synthetic records: every combination has k holders, years are pooled, nothing is invented, attacks are run."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from schakel.disclosure.coding import Holders, decode, encode
from schakel.disclosure.combinations import combination_counts, error_table
from schakel.disclosure.privacy import membership, singling_out
from schakel.disclosure.records import audit_records, give_out, note, pooled
from schakel.disclosure.synthesis import prove, synthesise
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.disclosure.small import people


def with_blanks(count: int, seed: int = 3) -> pd.DataFrame:
    data = people(count, seed)
    rng = np.random.default_rng(seed)
    for name in ("age", "form"):
        data.loc[rng.random(count) < 0.2, name] = ""
    return data


@pytest.mark.parametrize("k", [2, 5, 10])
@pytest.mark.parametrize("balanced", [True, False])
def test_every_combination_of_any_length_has_k_real_holders(k, balanced):
    data = with_blanks(150)
    real = encode(data)
    made = decode(synthesise(real, k=k, seed=1, balanced=balanced).coded)
    assert len(made) == len(data)
    for record in made.drop_duplicates().to_dict("records"):
        values = [(name, value) for name, value in record.items() if value]
        for length in range(1, len(values) + 1):
            for chosen in combinations(values, length):
                rows = np.ones(len(data), dtype=bool)
                for name, value in chosen:
                    rows &= (data[name] == value).to_numpy()
                assert rows.sum() >= k


def test_the_same_seed_makes_the_same_records():
    real = encode(with_blanks(200))
    first, again, other = (decode(synthesise(real, k=5, seed=seed).coded) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_a_record_that_many_have_is_kept_as_it_is():
    data = pd.DataFrame({"a": ["x"] * 20 + ["y"], "b": ["1"] * 20 + ["2"]})
    made = synthesise(encode(data), k=10, seed=1)
    assert made.kept_whole == 20
    assert "y" not in set(decode(made.coded)["a"])


def test_the_proof_finds_a_record_with_too_few_holders():
    data = with_blanks(100)
    real = encode(data)
    rare = data.groupby(["sex", "age", "form", "year"]).size().idxmin()
    forged = pd.DataFrame([dict(zip(("sex", "age", "form", "year"), rare, strict=True))])
    assert len(prove(encode(forged, like=real), real, 10)) == 1
    assert audit_records(forged, data, 10) == 1
    assert audit_records(pd.DataFrame({"sex": ["elf"]}), data, 2) == 1


def test_holders_are_counted_exactly_below_k():
    data = with_blanks(150)
    real = encode(data)
    found = Holders(real, 1000).all_of(real.records)
    for record, count in zip(real.records, found.tolist(), strict=True):
        rows = np.ones(len(data), dtype=bool)
        for number in record[record >= 0]:
            name, value = real.values[number]
            rows &= (data[name] == value).to_numpy()
        assert rows.sum() == count


def test_combinations_are_counted_as_one_would_by_hand():
    data = pd.DataFrame({"a": ["x", "x", ""], "b": ["1", "2", "1"]})
    real = encode(data)
    keys, counts = combination_counts(real, 2)
    assert len(keys) == 2
    assert counts.tolist() == [1, 1]
    assert sorted(combination_counts(real, 1)[1].tolist()) == [1, 2, 2]


def test_the_same_records_have_no_error():
    real = encode(with_blanks(120))
    for each in error_table(real, real, 5):
        assert (each.error, each.relative, each.suppressed, each.fabricated) == (0.0, 0.0, 0.0, 0)


def test_invented_and_leaked_combinations_are_counted():
    data = pd.DataFrame({"a": ["x"] * 10 + ["y"], "b": ["1"] * 10 + ["2"]})
    real = encode(data)
    made = encode(pd.DataFrame({"a": ["x", "y"], "b": ["2", "2"]}), like=real)
    two = error_table(real, made, 5)[1]
    assert (two.fabricated, two.leaked, two.suppressed) == (1, 1, 1.0)


def test_balancing_leaves_less_error_than_chance():
    real = encode(with_blanks(600))
    error = {}
    for balanced in (True, False):
        tables = [error_table(real, synthesise(real, k=20, seed=s, balanced=balanced).coded, 20) for s in range(5)]
        error[balanced] = sum(table[1].relative for table in tables)
    assert error[True] < error[False]


def test_who_guesses_that_one_person_has_a_combination_is_never_right():
    real = encode(with_blanks(300))
    made = synthesise(real, k=5, seed=1).coded
    found = singling_out(real, made, seed=1)
    assert found.guesses > 0
    assert found.combinations == 0


def test_copying_the_file_is_found_by_the_membership_attack():
    data = pd.DataFrame({name: np.random.default_rng(1).integers(0, 9, 200).astype(str) for name in "abcdef"})
    for column, name in enumerate("abcdef"):
        data[name] = np.random.default_rng(column).integers(0, 9, 200).astype(str)
    real = encode(data)
    copied = membership(real, lambda some: some, seed=1)
    assert copied is not None
    assert copied.auc > 0.9
    fair = membership(real, lambda some: synthesise(some, k=10, seed=1).coded, seed=1)
    assert fair is not None
    assert fair.auc < 0.65


def test_one_year_is_refused_and_let_through_only_on_request():
    data = people(50).assign(year="2023")
    with pytest.raises(BadInput, match="one year"):
        pooled(data, None, single_year=False)
    assert pooled(data, None, single_year=True).single
    assert not pooled(people(50), "year", single_year=False).single
    with pytest.raises(BadInput, match="no column tells the year"):
        pooled(people(50).drop(columns="year"), None, single_year=False)
    with pytest.raises(BadInput, match="no variable 'when'"):
        pooled(people(50), "when", single_year=False)


def test_the_note_holds_the_errors_by_length_and_the_attacks():
    given = give_out(with_blanks(300), k=10, seed=4)
    told = note(given, "abc")
    assert told["proved"] is True
    assert [each["length"] for each in told["errors"]] == [1, 2, 3]
    assert told["attacks"]["singling_out"]["combinations"] == 0
    assert told["single_year"] is False


def test_nothing_can_be_made_of_people_who_have_nothing_in_common():
    data = pd.DataFrame({"year": ["2021", "2022"], "a": ["x", "y"]})
    with pytest.raises(BadInput, match="no combination has 5 holders"):
        give_out(data, k=5, seed=1)
    with pytest.raises(BadInput, match="nobody in the data"):
        give_out(data.head(0), k=5, seed=1)


def test_differentially_private_records_tell_what_was_invented():
    given = give_out(with_blanks(200), k=5, seed=1, epsilon=4.0)
    assert not given.proved
    told = note(given, "abc")
    assert told["promise"] == "differential-privacy"
    assert all(0 <= each["fabricated_share"] <= 1 for each in told["errors"])
