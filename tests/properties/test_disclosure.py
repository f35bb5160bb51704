"""Whatever the tables: roundings add up, every small count is covered, and no synthetic record has too few holders."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.disclosure.audit import audit
from schakel.disclosure.coding import encode
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.readers import Output, knowledge
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.rounding import round_release
from schakel.disclosure.spec import SUPPRESSION, ZEROS, Policy, Spec, TableSpec, VariableSpec
from schakel.disclosure.synthesis import prove, synthesise
from schakel.disclosure.witnesses import Walk
from schakel.vocabulary.texts import text

WORDS = text({"nl": "proef", "en": "trial"})
NAMES = ("a", "b", "c", "d")


@st.composite
def releases(draw: st.DrawFn, mode: str = "rounding", most: int = 4) -> tuple[Spec, pd.DataFrame]:
    """Up to four variables, with groups, one table or several that share variables, few people or many."""
    names = NAMES[: draw(st.integers(1, most))]
    sizes = {name: draw(st.integers(2, 4)) for name in names}
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    count = draw(st.integers(1, 150))
    skew = draw(st.sampled_from((0.3, 0.6, 1.0)))
    data = {}
    for name, size in sizes.items():
        share = skew ** np.arange(size)
        data[name] = np.array([f"{name}{n}" for n in range(size)])[rng.choice(size, size=count, p=share / share.sum())]
    variables = {}
    for name, size in sizes.items():
        grouped = size > 2 and draw(st.booleans())
        groups = {f"{name}+": (f"{name}0", f"{name}1")} if grouped else {}
        variables[name] = VariableSpec(name, tuple(f"{name}{n}" for n in range(size)), groups)
    shapes = [each for length in range(1, len(names) + 1) for each in combinations(names, length)]
    chosen = draw(st.lists(st.sampled_from(shapes), min_size=1, max_size=3, unique=True))
    policy = Policy(mode=mode, base=draw(st.sampled_from((3, 5))), k=draw(st.sampled_from((3, 5))),
                    zeros=draw(st.sampled_from(ZEROS)))  # fmt: skip
    tables = tuple(TableSpec("-".join(each), each) for each in chosen)
    return Spec("trial", WORDS, WORDS, policy, tables, variables=variables), pd.DataFrame(data)


def _adds_up(made: Release, values: np.ndarray) -> bool:
    shown = made.printed & (values >= 0)
    return all(
        values[e.total] == values[list(e.parts)].sum() for e in made.equations if shown[[e.total, *e.parts]].all()
    )


@settings(max_examples=8)
@given(releases(most=3))
def test_a_rounding_adds_up_and_no_small_count_is_found_out(asked):
    made = make_release(*asked)
    rounding = round_release(made, seed=3)
    assert rounding is not None
    assert _adds_up(made, rounding.values)
    apart = np.abs(rounding.values - made.counts)[made.printed]
    assert apart.max(initial=0) <= rounding.reach
    found = audit(made, Output(rounding.values, rounding.reach))
    assert found.safe
    assert found.witnessed == len(made.targets)


@settings(max_examples=4)
@given(releases(most=4))
def test_four_variables_at_once_are_rounded_and_add_up(asked):
    made = make_release(*asked)
    rounding = round_release(made, seed=3)
    assert rounding is not None
    assert _adds_up(made, rounding.values)


@settings(max_examples=10)
@given(releases())
def test_every_witness_agrees_with_everything_printed(asked):
    made = make_release(*asked)
    rounding = round_release(made, seed=3)
    assert rounding is not None
    known = knowledge(made, Output(rounding.values, rounding.reach))
    walk = Walk(made, known, made.targets, seed=1)
    for cell in made.targets[:10].tolist():
        walk.excursion(cell, int(known.low[cell]), 200)
    for world in walk.worlds:
        counts = world.counts(made)
        assert counts is not None
        assert known.holds(counts)


@settings(max_examples=10)
@given(releases(mode=SUPPRESSION, most=2))
def test_what_is_suppressed_is_safe_or_nothing_is_given(asked):
    spec, data = asked
    try:
        made, report = protect(spec, data, seed=1)
    except NotSafe:
        return
    assert report.audit.safe
    for name in made.tables:
        values = made.table(name)["value"].dropna()
        assert ((values == 0) | (values >= spec.policy.k)).all()


@settings(max_examples=8)
@given(releases(), st.integers(0, 5))
def test_last_time_and_this_time_together_tell_no_more(asked, seed):
    """The same people, published twice: the second is attacked by a reader who has the first."""
    from schakel.disclosure.earlier import Earlier

    spec, data = asked
    first = make_release(replace(spec, tables=spec.tables[:1]), data)
    rounding = round_release(first, seed=seed)
    assert rounding is not None
    cells = np.flatnonzero(first.printed).tolist()
    values = {first.cells.key(cell): int(rounding.values[cell]) for cell in cells}
    reach = rounding.reach
    before = Earlier("before", {key: (max(0, v - reach), v + reach) for key, v in values.items()}, values)
    made, report = protect(spec, data, seed=seed + 1, earlier=[before])
    assert report.audit.safe
    assert made.note["earlier"] == [{"name": "before"}]


@settings(max_examples=15)
@given(releases(), st.integers(2, 8), st.booleans())
def test_every_synthetic_record_has_k_holders(asked, k, balanced):
    data = asked[1]
    if data.value_counts(subset=["a"]).max() < k:
        return
    real = encode(data)
    made = synthesise(real, k=k, seed=1, balanced=balanced).coded
    assert made.people == len(data)
    assert not len(prove(made, real, k))
