"""For whom an organisation is there, in a few words, and to which of those groups a person may belong.

What is not known leaves every group possible: nobody is kept from a place by a gap in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schakel.casework.person import CasePerson
from schakel.mechanism.situation import GUESSED, Claim
from schakel.vocabulary.texts import text

GROUPS: Final = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("minors", "minderjarigen", "minors"),
        ("adults", "volwassenen", "adults"),
        ("women", "vrouwen", "women"),
        ("men", "mannen", "men"),
        ("families", "ouders met kinderen", "parents with children"),
        ("complex", "mensen met zware of meer problemen tegelijk", "people with severe or several problems at once"),
    )
}
"""Target groups of the directory; never by origin or nationality, and never by form of exploitation (hazards 2, 13)."""
CHILD_AGES: Final = frozenset({"under_12", "12_15", "16_17"})
WOMEN, MEN = frozenset({"women"}), frozenset({"men"})
SEXES: Final = {"female": WOMEN, "feminine": WOMEN, "male": MEN, "masculine": MEN}
BOTH: Final = WOMEN | MEN


def groups_of(person: CasePerson, shared: Iterable[Claim] = ()) -> frozenset[str]:
    """The target groups that a person may belong to, from age, sex, children and needs as far as they are known."""
    claims = [one for one in (*shared, *person.claims) if one.certainty != GUESSED]
    said = {name: {value for one in claims if one.fact == name for value in one.values} for name in
            ("age", "children", "complex_needs")}  # fmt: skip
    ages = said["age"] or CHILD_AGES | {"adult"}
    found = set(SEXES.get(person.identity.sex.strip().lower(), BOTH) if person.identity else BOTH)
    found |= {"minors"} if ages & CHILD_AGES else set()
    found |= {"adults"} if "adult" in ages else set()
    found |= {"families"} if said["children"] != {"no"} else set()
    found |= {"complex"} if said["complex_needs"] != {"no"} else set()
    return frozenset(found)
