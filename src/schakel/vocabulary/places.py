"""Municipalities and their regions; 'not known' where no source names a contact."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.messages import near


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with the regions that serve it, as the region table gives them."""

    code: str
    name: str
    safety_region: str
    safety_region_name: str
    police_unit: str
    riec: str


@dataclass(frozen=True)
class Places:
    """All municipalities, found by code or by name."""

    municipalities: tuple[Municipality, ...]

    @cached_property
    def index(self) -> Mapping[str, Municipality]:
        both = [(place.code.lower(), place) for place in self.municipalities]
        return dict([*both, *((place.name.lower(), place) for place in self.municipalities)])

    def find(self, name: str, where: str = "") -> Municipality:
        """By code or name, whatever the case; a sentence with the nearest names otherwise."""
        place = self.index.get(name.strip().lower())
        if place is None:
            close = difflib.get_close_matches(name.lower(), [one.name.lower() for one in self.municipalities], n=3)
            names = [self.index[word].name for word in close]
            raise bad_input("no-place", where, name=name, near=near(names, "GM...: name or code"))
        return place
