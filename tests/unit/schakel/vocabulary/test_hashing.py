"""SHA-256 is SHA-256, whichever module of Python gives it."""

import hashlib

import pytest

from schakel.vocabulary import hashing


@pytest.mark.parametrize("words", [b"", b"LA\nNG\n54\n463", "één lijst".encode() * 1000])
def test_it_is_what_hashlib_gives(words):
    assert hashing.sha256(words) == hashlib.sha256(words).hexdigest()


@pytest.mark.parametrize("modules", [("hashlib",), ("a_module_that_is_not_there", "hashlib")])
def test_without_the_modules_beneath_hashlib_is_taken(monkeypatch, modules):
    monkeypatch.setattr(hashing, "MODULES", modules)
    assert hashing.sha256(b"lijst") == hashlib.sha256(b"lijst").hexdigest()


def test_a_python_without_any_of_them_says_so(monkeypatch):
    monkeypatch.setattr(hashing, "MODULES", ("a_module_that_is_not_there",))
    with pytest.raises(ImportError, match="SHA-256"):
        hashing.sha256(b"lijst")
