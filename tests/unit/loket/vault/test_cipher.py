"""Sealing and opening: only the right key, in the right place, untouched."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from loket.vault import cipher, keyfile, ledger
from loket.vault.words import Word, plain
from tests.databases import in_threads

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
HERE = cipher.place("record", "1", "name")


@given(st.binary(max_size=200), st.lists(st.text(max_size=8), max_size=4))
def test_what_is_sealed_opens_again_in_its_place(plain_bytes: bytes, parts: list[str]) -> None:
    context = cipher.place(*parts)
    sealed = cipher.seal(KEY, plain_bytes, context)
    assert cipher.unseal({cipher.key_id(KEY): KEY}, sealed, context) == plain_bytes


@given(st.lists(st.text(max_size=6), max_size=4), st.lists(st.text(max_size=6), max_size=4))
def test_two_places_are_never_mistaken_for_each_other(one: list[str], other: list[str]) -> None:
    assert (cipher.place(*one) == cipher.place(*other)) is (one == other)


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert cipher.seal(KEY, b"x", HERE) != cipher.seal(KEY, b"x", HERE)


@given(st.integers(min_value=0, max_value=36), st.integers(min_value=0, max_value=7))
def test_one_flipped_bit_and_it_does_not_open(at: int, bit: int) -> None:
    sealed = bytearray(cipher.seal(KEY, b"text", HERE))
    sealed[at] ^= 1 << bit
    with pytest.raises(cipher.CannotOpen):
        cipher.unseal({cipher.key_id(KEY): KEY}, bytes(sealed), HERE)


def test_another_place_or_another_key_does_not_open() -> None:
    sealed = cipher.seal(KEY, b"text", HERE)
    with pytest.raises(cipher.CannotOpen, match="another place"):
        cipher.unseal({cipher.key_id(KEY): KEY}, sealed, cipher.place("record", "2", "name"))
    with pytest.raises(cipher.CannotOpen, match="not in the key file"):
        cipher.unseal({cipher.key_id(OTHER): OTHER}, sealed, HERE)
    with pytest.raises(cipher.CannotOpen, match="no sealed text"):
        cipher.sealed_with(b"short")


def test_a_key_file_is_made_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.txt"
    keyfile.make(path, date(2026, 1, 2))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        keyfile.make(path, date(2026, 1, 2))
    assert [line.split()[:2] for line in path.read_text().splitlines()[1:]] == [
        ["index", "2026-01-02"], ["seal", "2026-01-02"],
    ]  # fmt: skip
    assert os.listdir(path.parent) == ["keys.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("nonsense", "line 1: not `use day base64`"), ("seal 2026-01-01 AAAA", "a key has 32 bytes"), ("", "exactly one")],
)
def test_a_broken_key_file_is_a_sentence_that_quotes_no_key(keys: Path, text: str, said: str) -> None:
    keys.mkdir(parents=True)
    (keys / "keys.txt").write_text(text)
    with pytest.raises(ImproperlyConfigured, match=said) as error:
        keyfile.ring()
    assert not text or text not in str(error.value)


def test_a_ring_never_shows_its_keys(keys: Path) -> None:
    assert repr(keyfile.ring()) == "<KeyRing of 1>"


def test_the_ledger_reads_what_was_confirmed_only(tmp_path: Path) -> None:
    path, person = tmp_path / "ledger", uuid4()
    ledger.write(path, person, datetime(2026, 1, 1, tzinfo=UTC))
    with path.open("a") as file:
        file.write("3f0e5f52-28f3-4b7c")  # the machine stopped here
    assert list(ledger.read(path)) == [person]
    assert ledger.read(tmp_path / "none") == {}


@pytest.mark.parametrize(
    ("said", "same"), [("  José  DE LA CRUZ", "jose de la cruz"), ("O'Neill", "o neill"), ("¿?", "")]
)
def test_words_are_made_equal_where_people_write_them_differently(said: str, same: str) -> None:
    assert plain(said) == same
    assert Word("name", said).said is bool(same)


def test_a_word_says_another_thing_in_another_kind_or_with_another_key() -> None:
    one = Word("first_name", "Ana").digest(KEY)
    assert one == Word("first_name", "ana ").digest(KEY)
    assert one != Word("last_name", "Ana").digest(KEY)
    assert one != Word("first_name", "Ana").digest(OTHER)


def test_of_many_that_start_at_once_all_have_the_same_keys(keys: Path) -> None:
    rings = in_threads(8, lambda number: keyfile.ring())
    assert len({ring.newest for ring in rings}) == 1
    assert [path.name for path in keys.iterdir()] == ["keys.txt"]
