"""A refusal: one sentence in two languages, short where somebody typed, and never steering a terminal."""

from __future__ import annotations

from schakel.vocabulary.errors import LONGEST, bad_input, refused

ENGLISH = ("'{name}' is not known", "Choose from {allowed}")
DUTCH = ("'{name}' is niet bekend", "Kies uit {allowed}")


def test_what_where_and_remedy_in_both_languages() -> None:
    told = refused(ENGLISH, DUTCH, "a.csv, line 3", name="forrm", allowed="form, sex")
    assert told.say("en") == "a.csv, line 3: 'forrm' is not known. Choose from form, sex."
    assert told.say("nl") == "a.csv, regel 3: 'forrm' is niet bekend. Kies uit form, sex."


def test_a_word_may_be_given_by_language() -> None:
    told = refused(ENGLISH, DUTCH, name={"en": "child", "nl": "kind"}, allowed="-")
    assert (told.say("en")[1:6], told.say("nl")[1:5]) == ("child", "kind")


def test_what_was_typed_is_cut_and_a_list_of_choices_is_not_cut_as_short() -> None:
    told = refused(ENGLISH, DUTCH, name="x" * 5000, allowed="y" * 300)
    assert told.what.count("x") == LONGEST
    assert told.remedy.count("y") == 300


def test_control_characters_never_reach_the_terminal() -> None:
    told = refused(ENGLISH, DUTCH, name="\x1b[2Jred", allowed="a\nb")
    assert all(told.say(lang).isprintable() for lang in ("en", "nl"))


def test_a_message_of_the_house_is_told_the_same_way() -> None:
    assert bad_input("too-large", "f.yaml", limit=64).say("nl").startswith("f.yaml: het bestand is groter dan 64 kB")
