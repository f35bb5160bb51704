"""The rule book holds everything in the content, in both languages, and nothing that must not be in it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from schakel.mechanism.book import book
from schakel.mechanism.content import Content, load
from schakel.mechanism.edition import edition_on
from schakel.press.blocks import Document, Passage, Section, blocks_of, dangling, text_of, walk
from schakel.rules.conditions import NEVER
from schakel.vocabulary.errors import BadInput

ON = date(2025, 6, 1)
LANGUAGES = ("nl", "en")
PHONE = re.compile(r"(?<![\d/.-])(?:\+31[\d ]{8,12}\d|0\d{2,3}[- ]?\d[\d ]{3,7}\d|112|113)(?!\d)")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def books(content) -> dict[str, Document]:
    return {lang: book(content, ON, lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def words(books) -> dict[str, str]:
    return {lang: text_of(made) for lang, made in books.items()}


def sections(made: Document) -> dict[str, Section]:
    return {section.anchor: section for section, _ in walk(made.sections) if section.anchor}


def raw(content: Content) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(content.root.rglob("*.yaml")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_in_the_content_is_in_the_book(books, content, lang):
    there = sections(books[lang])
    for kind, prefix in (
        ("duties", "rule"), ("gaps", "gap"), ("law", "source"), ("definitions", "notion"), ("professions", "card"),
    ):  # fmt: skip
        missing = [name for name in getattr(content, kind) if f"{prefix}-{name}" not in there]
        assert missing == [], f"not in the book: {kind} {missing}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_duty_in_force_stands_in_the_book(words, content, lang):
    edition = edition_on(content, ON)
    for duty in content.duties.values():
        if any(edition.chosen(version) != NEVER for version in duty.versions):
            said = (duty.title, *duty.steps, *duty.do_not, *duty.say, *(one.what for one in duty.open_terms))
            assert [text(lang) for text in said if text(lang) not in words[lang]] == [], duty.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_holder_has_tasks_and_every_version_stands_under_its_rule(books, content, lang):
    there = sections(books[lang])
    for duty in content.duties.values():
        assert f"tasks-{duty.holder}" in there or f"duty-{duty.id}" not in there, duty.id
        told = [block for block in there[f"rule-{duty.id}"].blocks if type(block).__name__ == "Tags"]
        assert len(told) == len(duty.versions), duty.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rights_in_force_and_their_translations_are_there(books, words, content, lang):
    held = [right for right in content.rights.values() if ON in right.period]
    assert {f"right-{right.id}" for right in held} <= set(sections(books[lang]))
    tags = {tag for right in held for tag in right.plain.tags}
    passages = {block.lang: block for block in blocks_of(books[lang]) if isinstance(block, Passage)}
    assert set(passages) == tags - {lang}
    for tag in tags - set(LANGUAGES):
        assert passages[tag].remark, f"{tag} is not marked"
        assert all(right.plain(tag) in words[lang] for right in held if tag in right.plain.tags)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_leads_nowhere_and_no_place_has_two(books, lang):
    assert dangling(books[lang]) == ()
    anchors = [section.anchor for section, _ in walk(books[lang].sections) if section.anchor]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unsigned_is_said_once_on_the_cover(words, lang):
    sentence = {"nl": "Niemand heeft deze inhoud nog gecontroleerd", "en": "Nobody has checked or signed this content"}
    assert words[lang].count(sentence[lang]) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_no_telephone_number_but_those_of_the_content(words, content, lang):
    found, known = set(PHONE.findall(words[lang])), set(PHONE.findall(raw(content)))
    assert found
    assert found <= known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_book_holds_no_capacity_no_code_and_no_forbidden_word(words, lang):
    assert not re.findall(r"\b\d+ (?:plaatsen|plekken|bedden|places|beds)\b", words[lang])
    assert "loverboy" not in words[lang].lower()
    assert not re.findall(r"\bS15\b|\bNone\b|\{\w+\}", words[lang])


def test_the_two_languages_have_the_same_places(books):
    def shape(made: Document) -> set[tuple[str, int]]:
        other = {"rights-nl", "rights-en"}
        return {(section.anchor, level) for section, level in walk(made.sections) if section.anchor not in other}

    assert shape(books["nl"]) == shape(books["en"])


def test_an_edition_is_named_by_its_content_and_day(books, content):
    assert content.fingerprint[:12] in books["nl"].foot
    assert "1 juni 2025" in books["nl"].foot
    assert "1 June 2025" in books["en"].foot
    assert book(content, ON, "nl") == books["nl"]


def test_a_day_of_which_the_law_was_not_read_says_so(content):
    late = book(content, date(2026, 6, 1), "en")
    assert "Law of 2026 not read" in text_of(Document("cover", "en", (), cover=late.cover))
    assert "Law of 2026 not read" not in text_of(Document("cover", "en", (), cover=book(content, ON, "en").cover))


@pytest.mark.parametrize("day", [date(2014, 3, 1), date(2022, 4, 1)])
def test_the_book_of_another_day_has_no_loose_ends(content, day):
    made = book(content, day, "nl")
    assert dangling(made) == ()
    assert {f"rule-{name}" for name in content.duties} <= set(sections(made))


def test_sex_work_without_a_sign_brings_nothing(books):
    section = sections(books["en"])["situation-sex-work"]
    shown = text_of(Document("part", "en", (section,)))
    assert "Nothing applies" in shown
    assert len(section.blocks) == 2


def test_a_day_outside_the_content_is_refused(content):
    with pytest.raises(BadInput):
        book(content, date(1999, 1, 1), "nl")
