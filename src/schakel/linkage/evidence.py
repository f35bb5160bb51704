"""What counts as evidence in this field, and which pairs are worth comparing: the knowledge of this room, as data.

Why each level is there is said beside it. Weights are never typed in: they are estimated from the lists (`training`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from schakel.linkage.model import Block, Comparison, Level, Model, Predicate
from schakel.linkage.prepare import Given

APART: Final = {"days-apart": 7, "weeks-apart": 31, "months-apart": 183, "year-apart": 366}
"""Days between two registrations, by the name of the level."""
REST = Level("rest", (Predicate("rest"),))


def _missing(column: str) -> Level:
    return Level("missing", (Predicate("missing", (column,)),))


def _equal(column: str, *, name: str = "equal", frequency: bool = False) -> Level:
    return Level(name, (Predicate("equal", (column,)),), column if frequency else "")


def given_names(within: tuple[str, ...]) -> Comparison:
    """Given names: a rare name says more; a name may have changed places, be an alias, or be an initial only."""
    return Comparison(
        "given_names",
        (
            _missing("given"),
            _equal("given_all", name="whole", frequency=True),
            Level("equal", (Predicate("equal", ("given",)), Predicate("unknown", ("given_rest",))), "given"),
            # Names that changed places say what they would have said in their place: both comparisons see the exchange,
            # and two people of one name are written the wrong way round as often as one person is.
            Level("crossed", (Predicate("crossed", ("given", "surname")),), "given", like="equal"),
            Level("order", (Predicate("equal", ("name_all",)),), "given", like="equal"),
            _equal("given", name="first-only", frequency=True),
            Level(
                "sound", (Predicate("equal", ("given_sound",)), Predicate("similar", ("given",), 0.5)), "given_sound"
            ),
            Level("similar", (Predicate("similar", ("given",), 0.8),)),
            Level(
                "crossed-sound", (Predicate("crossed", ("given_sound", "surname_sound")),), "given_sound", like="sound"
            ),
            Level("initial", (Predicate("either", ("given_short", "given_initial")),)),
            Level("alias", (Predicate("shares", ("given_any",)),)),
            Level("alike", (Predicate("similar", ("given",), 0.6),)),
            REST,
        ),
        within,
    )


def surname(within: tuple[str, ...]) -> Comparison:
    """Surnames without their prefixes; one part of a double name may be left out."""
    return Comparison(
        "surname",
        (
            _missing("surname"),
            _equal("surname", frequency=True),
            Level("crossed", (Predicate("crossed", ("surname", "given")),), "surname", like="equal"),
            Level("order", (Predicate("equal", ("name_all",)),), "surname", like="equal"),
            Level(
                "sound",
                (Predicate("equal", ("surname_sound",)), Predicate("similar", ("surname",), 0.5)),
                "surname_sound",
            ),
            Level("similar", (Predicate("similar", ("surname",), 0.8),)),
            Level(
                "crossed-sound",
                (Predicate("crossed", ("surname_sound", "given_sound")),),
                "surname_sound",
                like="sound",
            ),
            Level("part", (Predicate("shares", ("surname_any",)),)),
            Level("alike", (Predicate("similar", ("surname",), 0.6),)),
            REST,
        ),
        within,
    )


def birth_date() -> Comparison:
    """Birth dates. A placeholder day is no day: then only the year speaks, and an estimated year only about."""
    unknown = Predicate("unknown", ("birth_day",))
    return Comparison(
        "birth_date",
        (
            _missing("birth_about"),
            _equal("birth_day"),
            Level("turned", (Predicate("either", ("birth_day", "birth_turned")),)),
            Level("one-digit", (Predicate("edits", ("birth_day",), 1),)),
            Level("year-only", (Predicate("equal", ("birth_year",)), unknown)),
            Level("about", (Predicate("within", ("birth_about",), 1), unknown)),
            Level("roughly", (Predicate("within", ("birth_about",), 5), unknown)),
            _equal("birth_md", name="other-year"),
            Level("same-year", (Predicate("equal", ("birth_year",)),)),
            Level("two-digits", (Predicate("edits", ("birth_day",), 2),)),
            REST,
        ),
    )


def registered() -> Comparison:
    """How long after each other: one case is often told by several within weeks."""
    return Comparison(
        "registered",
        (
            _missing("registered"),
            *(Level(name, (Predicate("within", ("registered",), days),)) for name, days in APART.items()),
            REST,
        ),
    )


def agreeing(name: str, column: str, *, frequency: bool = False) -> Comparison:
    """A value that agrees or does not: weak evidence, but it counts."""
    return Comparison(name, (_missing(column), _equal(column, frequency=frequency), REST))


def code(name: str, column: str) -> Comparison:
    """A number that may hold a typing error."""
    one = Level("one-digit", (Predicate("edits", (column,), 1),))
    return Comparison(name, (_missing(column), _equal(column), one, REST))


def text(name: str, column: str) -> Comparison:
    """Text that may be misspelled, such as a street or a place."""
    return Comparison(
        name,
        (
            _missing(column),
            _equal(column, frequency=True),
            Level("similar", (Predicate("similar", (column,), 0.8),)),
            Level("alike", (Predicate("similar", (column,), 0.6),)),
            REST,
        ),
    )


def _exact(name: str, column: str) -> Comparison:
    """A code such as a postcode: rare values say more, one sign may be wrong."""
    one = Level("one-digit", (Predicate("edits", (column,), 1),))
    return Comparison(name, (_missing(column), _equal(column, frequency=True), one, REST))


def comparisons(given: Given) -> Iterator[Comparison]:
    """All evidence that these lists can give."""
    # Names hang on nationality, and given names on sex: what is common in one group is rare in another.
    within = tuple(name for name in ("nationality", "sex") if name in given.known)
    yield from (given_names(within), surname(within[:1]), birth_date())
    for name in ("sex", "nationality", "municipality"):
        if name in given.known:
            yield agreeing(name, name, frequency=name != "sex")
    if "registered_on" in given.known:
        yield registered()
    if "number" in given.known:
        yield code("number", "number")
    yield from (_exact(column, column) for column in given.exact_columns)
    yield from (text(column, column) for column in given.text_columns)


def blocks(given: Given) -> Iterator[Block]:
    """Which pairs are made. No single error, and no missing birth date, may keep a person's registrations apart."""
    if "number" in given.known:
        yield Block(("number",))
    yield Block(("birth_day", "surname_sound"))
    yield Block(("birth_day", "given_sound"))
    yield Block(("sound_pair", "birth_year"), 4)
    yield Block(("sound_pair", "birth_md"), 4)
    # Names alone, for who has no birth date or a wrong one; what they share beside it makes the common names usable.
    for columns in (("name_pair",), ("name_all",), ("sound_pair",)):
        yield Block(columns, 2)
    for name in sorted(given.known & {"nationality", "municipality"}):
        yield Block(("sound_pair", name), 2)
    # One name spelled beyond its sound, or an alias: the other name and the year, with the best of what else is known.
    beside = [name for name in ("municipality", "nationality", "sex") if name in given.known]
    if beside:
        yield Block(("birth_day", *beside[-2:]), 1)
        yield Block(("surname_sound", "birth_year", beside[0]), 1)
        yield Block(("given_sound", "birth_year", beside[0]), 1)
    yield from _blocks_with(given.exact_columns, given.text_columns)


def _blocks_with(exact: tuple[str, ...], text: tuple[str, ...]) -> Iterator[Block]:
    """Pairs by what else the lists hold: with a name, with the birth date, and by two such values without either."""
    for column in (*exact, *text):
        for other in ("given_sound", "surname_sound", "birth_day"):
            yield Block((column, other), 4)
    for one, other in (*combinations(text, 2), *product(exact, text)):
        yield Block((one, other), 2)


def untrained(given: Given) -> Model:
    """The model of these lists before anything is estimated."""
    return Model(tuple(comparisons(given)), tuple(blocks(given)), once=given.once)
