"""A plan on two pages and the first card: neutral outside, an interpreter first, unchecked words marked."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schakel.mechanism.assess import assess
from schakel.mechanism.book.paper import card_languages, first_card, plan_sheet, profession_sheet
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import parse_facts
from schakel.mechanism.plan import plan
from schakel.press import pdf
from schakel.press.blocks import Document, dangling, text_of, walk
from schakel.vocabulary.errors import BadInput

ON = date(2025, 6, 1)
WHEN = datetime(2025, 6, 1, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[4] / "examples"
TELLING = ("mensenhandel", "trafficking", "slachtoffer", "victim", "worker", "girl", "17")


def made(name: str, lang: str) -> dict:
    content = load()
    facts = (EXAMPLES / f"{name}.yaml").read_bytes()
    return plan(assess(content, parse_facts(content, facts, on=ON, name=name)), lang)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["farm", "girls"])
def test_a_plan_fits_on_two_pages(name, lang):
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst", reason="the extra 'book' is not installed")
    data = made(name, lang)
    sheet = plan_sheet(load(), data, lang, person=data["persons"][0]["id"])
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(sheet, when=WHEN)))
    assert len(reader.pages) == 2
    outside = " ".join(str(value) for value in (reader.metadata or {}).values())
    assert not [word for word in TELLING if word in outside.lower()]


def test_title_description_and_foot_are_neutral():
    for sheet in (plan_sheet(load(), made("girls", "nl"), "nl"), first_card(load(), ON, "en", "ro")):
        outside = f"{sheet.title} {sheet.description} {sheet.foot}".lower()
        assert not [word for word in TELLING if word in outside]


def test_a_plan_on_paper_holds_what_to_do_and_no_reasons():
    data = made("farm", "nl")
    words = text_of(plan_sheet(load(), data, "nl"))
    applies = [duty for duty in data["persons"][0]["duties"] if duty["status"] == "applies"]
    assert [duty["title"] for duty in applies if duty["title"] not in words] == []
    assert [text for duty in applies if duty["yours"] for text in duty["do_not"] if text not in words] == []
    assert [duty["because"] for duty in data["persons"][0]["duties"] if duty["because"] in words] == []


def test_persons_alike_share_a_sheet_and_others_get_their_own():
    farm, girls = plan_sheet(load(), made("farm", "en"), "en"), plan_sheet(load(), made("girls", "en"), "en")
    assert [section.title for section in farm.sections] == ["For worker 1, worker 2"]
    assert [section.title for section in girls.sections] == ["For girl A", "For girl B"]
    assert (farm.pages, girls.pages) == (2, 4)


def test_a_person_who_is_not_in_the_plan_is_a_sentence():
    with pytest.raises(BadInput, match="no such person") as told:
        plan_sheet(load(), made("farm", "nl"), "nl", person="worker 9")
    assert "kent deze persoon niet" in told.value.say("nl")


@pytest.mark.parametrize("tongue", card_languages(load()))
def test_the_first_card_puts_the_interpreter_first_and_marks_what_is_unchecked(tongue):
    card = first_card(load(), ON, "nl", tongue)
    words = text_of(Document("opening", "nl", (), opening=card.opening))
    assert words.splitlines()[1].startswith("Regel eerst een tolk")
    assert ("niemand gecontroleerd" in words) is (tongue not in ("nl", "en"))
    assert dangling(card) == ()


def test_a_right_without_a_translation_says_so_instead_of_hiding():
    content = load()
    lacking = next(right for right in content.rights.values() if "vi" not in right.plain.tags)
    words = text_of(first_card(content, ON, "en", "vi", rights=(lacking.id,)))
    assert lacking.plain("en") in words
    assert "No translation: have the interpreter say this." in words


def test_an_arabic_card_can_be_printed():
    pytest.importorskip("typst", reason="the extra 'book' is not installed")
    assert pdf.render(first_card(load(), ON, "nl", "ar"), when=WHEN).startswith(b"%PDF-")


def test_a_language_without_a_card_is_a_sentence():
    with pytest.raises(BadInput, match="Choose from nl, en"):
        first_card(load(), ON, "nl", "xx")


def test_every_profession_has_a_sheet_of_its_own():
    for name in load().professions:
        sheet = profession_sheet(load(), ON, "en", name)
        assert sheet.pages == 2
        assert not [section.title for section, _ in walk(sheet.sections) if not section.title]
    with pytest.raises(BadInput, match="no card for"):
        profession_sheet(load(), ON, "en", "astronaut")
