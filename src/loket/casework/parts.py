"""The parts of what is recorded of a person that can be put right one by one: who it is, how to reach them, a fact."""

from __future__ import annotations

from typing import Final

IDENTITY: Final = ("given_names", "surname", "birth_date", "nationalities", "aliases")
LISTS: Final = ("nationalities", "aliases")
CONTACT: Final = "contact"
PLACES: Final = (*(f"identity.{part}" for part in IDENTITY), CONTACT)
FACT: Final = "fact:"
