"""What goes to the figures holds no identity, and two extracts cannot be laid side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from schakel.casework.duty import DONE, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.passing import event_rows, pseudonym, registration_rows
from schakel.casework.person import CasePerson, Identity
from schakel.casework.registration import Registration
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.passing import EVENTS, check

DAY = date(2025, 6, 2)
KEY, OTHER = b"k" * 32, b"l" * 32
PERSON = CasePerson("person 1", identity=Identity("Ana", "Example", "1990-02-03"))


def test_events_fit_the_table_that_passes_between_rooms() -> None:
    found = Encounter("e", DAY, "police", shared=(Claim("indication", ("yes",)),), persons=(PERSON,))
    (first, *_) = tasks(assess(load(), situation(found, DAY)))
    rows = list(event_rows(KEY, [(first, DAY), (replace(first, state=DONE), date(2025, 6, 9))]))
    table = pd.DataFrame(rows).astype({"at": "datetime64[ns]"})
    assert list(check(table, EVENTS)["state"]) == ["open", "done"]
    assert table["pseudonym"].nunique() == 1


def test_no_row_holds_who_it_is() -> None:
    (row,) = registration_rows(KEY, [(Registration("r", "e", "person 1", DAY, state="accepted"), PERSON)])
    assert row["month"] == "2025-06"
    assert not {"Ana", "Example", "1990-02-03", "person 1", "2025-06-02"} & set(map(str, row.values()))


def test_a_pseudonym_is_of_one_extract() -> None:
    assert pseudonym(KEY, "1") == pseudonym(KEY, "1") != pseudonym(OTHER, "1")
    assert pseudonym(KEY, "1") != pseudonym(KEY, "2")
    with pytest.raises(ValueError, match="32"):
        pseudonym(b"short", "1")
