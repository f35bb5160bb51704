"""Merging categories: what an earlier release printed apart is known apart; and what is proposed is possible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schakel.disclosure.advice import Merge, mended
from schakel.disclosure.earlier import Earlier
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.spec import SUPPRESSION, Policy, Spec, VariableSpec
from schakel.disclosure.telling import finding_text, merge_text
from schakel.monitor.codes import naming
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.disclosure.small import CATEGORIES, counted, people, spec

HIDE = Policy(mode=SUPPRESSION)
COUNTS = {
    ("sexual", "woman"): 40, ("sexual", "man"): 30, ("labour", "woman"): 2, ("labour", "man"): 25,
    ("other", "woman"): 60, ("other", "man"): 44, ("begging", "woman"): 33, ("begging", "man"): 21,
}  # fmt: skip
JOINED = ("sexual + labour", "other", "begging")
BEFORE = Earlier(
    "before", {(("form", "sexual"), ("sex", "woman")): (40, 40), (("form", "labour"), ("sex", "woman")): (1, None)}, {}
)


def merged_spec(policy: Policy | None = None) -> Spec:
    """Form by sex, two forms printed as one."""
    asked = spec(("form", "sex"), policy=policy)
    return replace(asked, variables={**asked.variables, "form": VariableSpec("form", JOINED)})


def adds_up(release: Release) -> bool:
    counts = release.counts
    return all(counts[each.total] == counts[list(each.parts)].sum() for each in release.equations)


def test_a_merged_category_takes_the_records_of_its_parts():
    made = make_release(merged_spec(), counted(COUNTS, ("form", "sex")))
    assert made.counts[made.cells.number({"form": "sexual + labour", "sex": "woman"})] == 42
    assert made.cells.variables["form"].categories == JOINED
    with pytest.raises(BadInput, match="'slavery' is no category"):
        make_release(merged_spec(), counted({("slavery", "man"): 3}, ("form", "sex")))


def test_parts_that_were_printed_apart_before_are_attacked_and_not_printed():
    made = make_release(merged_spec(HIDE), counted(COUNTS, ("form", "sex")), (BEFORE,))
    part = made.cells.number({"form": "labour", "sex": "woman"})
    assert made.counts[part] == 2
    assert part in made.targets
    assert not made.printed[part]
    assert adds_up(made)


def test_a_merge_does_not_give_away_the_part_that_was_withheld_before():
    """42 together, 40 of them printed before: 2 are left. So 42 cannot be printed."""
    data = counted(COUNTS, ("form", "sex"))
    alone, _ = protect(merged_spec(HIDE), data, seed=1)
    beside, _ = protect(merged_spec(HIDE), data, seed=1, earlier=(BEFORE,))
    told = [
        {row.key: row.value for row in made.rows["form-sex"]}[("form", JOINED[0]), ("sex", "woman")]
        for made in (alone, beside)
    ]
    assert told == [42, None]


def test_merges_are_proposed_beside_an_earlier_release_and_make_it_possible():
    few = {("woman", "0-17"): 3, ("woman", "24+"): 1, ("man", "18-23"): 1, ("man", "0-17"): 2}
    data, asked = counted(few, ("sex", "age")), spec(("sex", "age"), policy=HIDE)
    before = Earlier("before", {(("sex", "woman"), ("age", "0-17")): (0, 9)}, {})
    with pytest.raises(NotSafe) as refused:
        protect(asked, data, seed=1, earlier=(before,))
    assert refused.value.merges
    for merge in refused.value.merges:
        asked, data = mended(asked, data, merge, (before,))
    made, report = protect(asked, data, seed=1, earlier=(before,))
    assert report.audit.safe
    assert [one["name"] for one in made.note["earlier"]] == ["before"]


@pytest.mark.parametrize("seed", range(3))
def test_sums_hold_whatever_was_merged_before_and_now(seed):
    """Groups, a merge in the earlier release, another in this one."""
    data = people(80, seed)
    groups = {"age": {"young": ("0-17", "18-23")}}
    asked = spec(("sex", "age", "form"), groups=groups)
    before = Earlier("before", {
        (("age", "0-17 + 18-23"), ("form", "labour")): (0, 99), (("age", "24+"), ("form", "labour")): (0, 99),
        (("age", "0-17"),): (0, 99), (("form", "labour + other"),): (0, 99),
    }, {})  # fmt: skip
    assert adds_up(make_release(asked, data, (before,)))
    for merge in (Merge("form", ("sexual", "labour")), Merge("age", ("18-23", "24+"))):
        try:
            asked, data = mended(asked, data, merge, (before,))
        except BadInput:  # a merge across the group: groups must nest
            assert merge.variable == "age"
            continue
        made = make_release(asked, data, (before,))
        assert adds_up(made)
        assert made.counts[made.cells.number({})] == 80
        assert set(made.cells.variables["form"].categories) == set(CATEGORIES["form"])


def test_findings_and_merges_are_told_in_words():
    asked = merged_spec()
    key = (("year", "2021"), ("sex", "woman"))
    with pytest.raises(NotSafe) as refused:
        protect(spec(("sex", "age"), policy=HIDE), people(7, 0), seed=1)
    named = naming(asked)
    one = replace(refused.value.findings[0], key=key)
    assert finding_text(one, "en").startswith("year=2021, sex=woman: ")
    assert finding_text(one, "nl", named).startswith("year 2021, geslacht Vrouw: ")
    assert finding_text(one, "en", named).startswith("year 2021, sex Woman: ")
    merge = Merge("sex", ("woman", "man"))
    assert merge_text(merge, "nl", named) == "neem in 'geslacht' samen: Vrouw + Man"
    assert merge_text(replace(merge, all=True), "en", named) == "leave out 'sex'"
    assert naming(asked)("sex", "{woman|man}", "nl") == ("geslacht", "Vrouw + Man")


def test_a_category_that_only_an_earlier_release_lists_may_have_nobody_now():
    """The variable is not printed any more; nobody in the data has one of the categories that were."""
    before = Earlier("before", {(("age", name), ("sex", "woman")): (0, 9) for name in ("0-17", "18-23", "24+")}, {})
    data = people(60)
    made = make_release(spec(("sex",)), data[data["age"] != "24+"], (before,))
    assert made.undeclared == ()
    assert made.counts[made.cells.number({"sex": "woman", "age": "24+"})] == 0
    assert adds_up(made)
