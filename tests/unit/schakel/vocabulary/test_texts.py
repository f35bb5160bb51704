"""A text says what it has in the language that was asked for, and never nothing."""

import pytest

from schakel.vocabulary.texts import Text, text


def test_a_text_in_the_language_that_was_asked_for() -> None:
    words = text({"nl": "Bel 112.", "en": "Call 112."})
    assert (words("nl"), words("en")) == ("Bel 112.", "Call 112.")


@pytest.mark.parametrize("lang", ["bg", "", "NL"])
def test_english_where_a_language_is_missing(lang: str) -> None:
    assert text({"nl": "Bel 112.", "en": "Call 112."})(lang) == "Call 112."


def test_dutch_where_even_english_is_missing() -> None:
    assert text({"nl": "Bel 112."})("en") == "Bel 112."


def test_an_empty_translation_is_a_missing_one() -> None:
    assert text({"nl": "Bel 112.", "en": "Call 112.", "bg": " "})("bg") == "Call 112."


def test_white_space_of_the_file_is_folded() -> None:
    assert text({"nl": "  Bel\n  112. ", "en": "Call 112."})("nl") == "Bel 112."


def test_tags_stand_dutch_and_english_first() -> None:
    assert text({"ro": "x", "en": "y", "bg": "z", "nl": "w"}).tags == ("nl", "en", "bg", "ro")


def test_it_is_known_which_translations_nobody_checked() -> None:
    assert text({"nl": "a", "en": "b", "bg": "c"}, frozenset({"bg"})).unchecked == {"bg"}


def test_equal_texts_are_equal_and_can_be_kept_in_a_set() -> None:
    one, other = Text({"nl": "a", "en": "b"}), Text({"nl": "a", "en": "b"})
    assert one == other
    assert len({one, other}) == 1
