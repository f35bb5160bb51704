"""How sure a statement is: never surer than its weakest source, and never raised."""

from schakel.vocabulary.sources import CERTAINTY, NEEDS_VERIFYING, ORDER, Source, weakest


def test_the_codes_stand_from_surest_to_least_sure() -> None:
    assert ORDER == ("S", "S15", "S-part", "SS", "R", "D")


def test_every_code_is_explained_in_both_languages() -> None:
    for meaning in CERTAINTY.values():
        assert meaning("nl")
        assert meaning("nl") != meaning("en")


def test_several_sources_are_no_surer_than_the_weakest() -> None:
    assert weakest((Source("a", "R"), Source("b", "S15"), Source("c", "SS"))) == "R"
    assert weakest((Source("a", "S"), Source("b", "S15"))) == "S15"


def test_without_a_source_it_is_only_recalled() -> None:
    assert weakest(()) == "R"


def test_what_must_be_verified_before_it_may_rule_a_right_out() -> None:
    assert frozenset({"S15", "R"}) == NEEDS_VERIFYING


def test_a_source_without_place_or_row_has_none() -> None:
    source = Source("vcb", "S15")
    assert (source.at, source.row, source.note) == ("", "", None)
