"""The words: complete in both languages, every key that is used exists, every key that exists is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loket
from loket.site.textpages import SLUGS, text_page
from loket.site.wording import WordingError, files, read, wording

ROOT = Path(loket.__file__).parent
TAG = re.compile(r'\{% t "([\w.]+)"')
# Keys that code puts together: the statuses of errors, the groups of ways in.
COMPOSED = re.compile(r"error\.\d{3}_(title|text)|start\.group_\w+")


def used() -> set[str]:
    return {key for path in ROOT.rglob("templates/**/*.html") for key in TAG.findall(path.read_text("utf-8"))}


def test_every_key_that_a_template_uses_exists() -> None:
    assert used() - set(wording().texts) == set()


def test_every_text_of_the_frame_is_used() -> None:
    own = {key for key in wording().texts if key.split(".")[0] in {"site", "start", "error", "theme"}}
    assert {key for key in own - used() if not COMPOSED.fullmatch(key)} == set()


def test_both_languages_fill_in_the_same_values() -> None:
    for key, texts in wording().texts.items():
        places = {lang: set(re.findall(r"\{(\w+)\}", text)) for lang, text in texts.items()}
        assert places["nl"] == places["en"], key


@pytest.mark.parametrize("name", SLUGS)
def test_a_page_has_the_same_shape_in_both_languages(name: str) -> None:
    dutch, english = text_page(name, "nl"), text_page(name, "en")
    assert [section.id for section in dutch.sections] == [section.id for section in english.sections]
    assert dutch.title != english.title or name == "help"
    assert all(section.heading for section in english.sections)


def test_words_that_are_not_ours() -> None:
    ours = [path for path in files() if path.stem in {"site", "start", "error", "theme"}]
    pages = sorted((ROOT / "site" / "pages").glob("*.yaml"))
    everything = " ".join(path.read_text("utf-8") for path in [*ours, *pages]).lower()
    for word in ("loverboy", "illegaal", "illegal", "prostituee"):
        assert word not in everything


def test_a_text_can_be_filled_in() -> None:
    assert wording().say("site.version", "en", version="abc") == "Version of the content: abc."


def test_an_unknown_key_is_one_sentence() -> None:
    with pytest.raises(WordingError, match=r"There is no text 'site\.nothing': add it to texts/site\.yaml"):
        wording().say("site.nothing", "nl")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: {nl: ja}", "a must have a text for exactly nl and en"),
        ("a: {nl: ja, en: ''}", "a must have a text"),
        ("a: {nl: ja, en: yes, fr: oui}", "a must have a text"),
        ("a: just words", "a must have a text"),
        ("a: {nl: ja? nee: b", "line 1: not YAML"),
        ("- a", "must hold a mapping"),
    ],
)
def test_a_file_that_is_wrong_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(WordingError, match=re.escape(sentence)) as caught:
        read([path])
    assert "some.yaml" in str(caught.value)


def test_two_files_of_one_name_do_not_hide_each_other(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "some.yaml" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("key: {nl: ja, en: 'yes'}", "utf-8")
    with pytest.raises(WordingError, match="two files"):
        read(paths)
