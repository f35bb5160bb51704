"""The names of an origin made from their parts, how often each is drawn, and every way in which each is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from schakel.simulation.names.parts import PARTS, SEXES, Pairs, Parts

ORIGINS: Final = tuple(PARTS)
# Letters that Unicode does not take apart into a letter and a mark.
WHOLE: Final = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o", "ß": "ss"})
MOST: Final = 10
# How unevenly names are drawn: the weight of the name with rank r is (r + FLAT) to the power -STEEP. Assumption.
FLAT, STEEP = 6.0, 0.7


@dataclass(frozen=True)
class Names:
    """Names of all origins side by side, per name its spellings (the first is the name itself), and where the names of
    each origin and sex begin and end: shape (origins, sexes, 2)."""

    names: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...]
    places: npt.NDArray[np.int64]

    @cached_property
    def written(self) -> npt.NDArray[np.object_]:
        """Names × spellings as one table; rows are filled up with the name itself."""
        table = np.empty((len(self.names), MOST), dtype=object)
        for row, (name, ways) in enumerate(zip(self.names, self.spellings, strict=True)):
            table[row] = (*ways, *[name] * (MOST - len(ways)))
        return table

    @cached_property
    def ways(self) -> npt.NDArray[np.int64]:
        """How many spellings each name has."""
        return np.array([len(ways) for ways in self.spellings])


@lru_cache(maxsize=1)
def given() -> Names:
    """All given names."""
    return _joined(lambda parts, sex: _words(parts.women if sex == "woman" else parts.men))


@lru_cache(maxsize=1)
def surnames() -> Names:
    """All surnames."""
    return _joined(lambda parts, sex: tuple(_surnames(parts, sex)))


def falling(count: int) -> npt.NDArray[np.float64]:
    """Weight of each of some names, falling with its place in the list."""
    return np.asarray((np.arange(count) + FLAT) ** -STEEP)


def plain(name: str) -> str:
    """A name without the marks on its letters, as a system writes it that does not know them."""
    apart = unicodedata.normalize("NFKD", name.translate(WHOLE))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def spellings(name: str, rules: Pairs) -> tuple[str, ...]:
    """The ways in which a name is written: itself, without marks, and with each replacement (also without marks)."""
    heard = [name.replace(old, new) for old, new in rules if old in name]
    ways = [name, plain(name), *heard, *map(plain, heard)]
    whole = [way.strip() for way in ways if len(way.strip()) > 1]
    return tuple(dict.fromkeys(way[0].upper() + way[1:] if name[0].isupper() else way for way in whole))[:MOST]


def _joined(names_of: Callable[[Parts, str], tuple[str, ...]]) -> Names:
    names: list[str] = []
    ways: list[tuple[str, ...]] = []
    places = np.zeros((len(ORIGINS), len(SEXES), 2), dtype=np.int64)
    for (place, origin), (column, sex) in product(enumerate(ORIGINS), enumerate(SEXES)):
        found = names_of(PARTS[origin], sex)
        places[place, column] = len(names), len(names) + len(found)
        names += found
        ways += [spellings(name, PARTS[origin].spellings) for name in found]
    return Names(tuple(names), tuple(ways), places)


def _words(typed: str) -> tuple[str, ...]:
    """The words of a typed list; an underscore is a blank within a name."""
    return tuple(word.replace("_", " ") for word in typed.split())


def _surnames(parts: Parts, sex: str) -> Iterator[str]:
    endings = parts.endings_women if sex == "woman" and parts.endings_women else parts.endings
    whole = _words(parts.surnames)
    if parts.doubled:
        yield from (f"{first} {second}" for first, second in _unlike(product(whole, whole)))
        return
    yield from dict.fromkeys(
        [
            *whole,
            *(prefix + name for name, prefix in product(_words(parts.prefixed), parts.prefixes)),
            *(stem + ending for stem, ending in product(_words(parts.stems), _words(endings))),
        ]
    )


def _unlike(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((first, second) for first, second in pairs if first != second)
