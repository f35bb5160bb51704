"""Text from bytes."""

from __future__ import annotations

import pytest

from schakel.linkage.reading import decoded
from schakel.vocabulary.errors import BadInput


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Zoë\n".encode() + "Renée\n".encode("cp1252"), "some lines are UTF-8 and others"),
        ("Zoë".encode("utf-16"), "neither UTF-8 nor Windows-1252"),
        (b"a\0b", "neither UTF-8 nor Windows-1252"),
        (b"\x81\xff", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_other_and_mixed_encodings_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        decoded(raw, "police.csv")
