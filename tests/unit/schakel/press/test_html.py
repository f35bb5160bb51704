"""A document as HTML: words are words, languages are named, nothing is fetched, and a fragment fits a strict site."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from schakel.press import html
from schakel.press.blocks import Document, Section, text_of
from tests.unit.schakel.press.documents import ARABIC, EVIL, document

VOID = {"meta", "col", "link", "br"}


class Seen(HTMLParser):
    """The tags, their attributes and the words of a page; a tag that is never closed is an error."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page)
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def page() -> Seen:
    return Seen(html.render(document()))


def test_hostile_words_stay_words(page):
    assert page.words.count(EVIL) >= text_of(document()).count(EVIL)
    assert not any(tag == "script" or any(key.startswith("on") for key in attrs) for tag, attrs in page.tags)


def test_only_harmless_links_are_links(page):
    links = page.attributes("href")
    assert "https://example.nl/a?b=1&c=2" in links
    assert "#card" in links
    assert not [href for href in links if href.startswith("javascript") or href == "#nowhere"]


def test_every_anchor_is_there_once(page):
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.attributes("href") if href.startswith("#")} <= set(ids)


def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= sooner + 1 for sooner, later in pairwise(levels))


def test_languages_and_directions_are_named(page):
    assert page.tags[0] == ("html", {"lang": "nl", "dir": "ltr"})
    spoken = [(attrs["lang"], attrs["dir"]) for tag, attrs in page.tags if attrs.get("lang") == "ar"]
    assert spoken
    assert set(spoken) == {("ar", "rtl")}
    assert ARABIC in page.words


def test_a_file_fetches_nothing_and_runs_nothing():
    rendered = html.render(document())
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", rendered.replace("&lt;", ""))


def test_a_fragment_holds_what_a_strict_site_allows():
    seen = Seen(html.fragment(document(), level=2))
    assert not seen.attributes("style")
    assert not {"style", "script", "html", "body", "main"} & {tag for tag, _ in seen.tags}
    assert next(tag for tag, _ in seen.tags if re.fullmatch("h[1-6]", tag)) == "h2"


def test_deep_sections_end_at_the_sixth_level():
    deep = Section("bottom")
    for depth in range(8):
        deep = Section(f"level {depth}", sections=(deep,))
    seen = Seen(html.render(Document("Deep", "en", (deep,))))
    assert {tag for tag, _ in seen.tags if re.fullmatch(r"h\d", tag)} <= {f"h{level}" for level in range(1, 7)}


def test_the_same_document_gives_the_same_page():
    assert html.render(document()) == html.render(document())


def luminance(colour: str) -> float:
    wide = colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])
    parts = (int(wide[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("--sp-ink", "#ffffff"), ("--sp-soft", "#ffffff"), ("--sp-soft", "--sp-tint"), ("--sp-deep", "--sp-tint"),
        ("--sp-warn", "--sp-warn-tint"), ("--sp-soft", "--sp-warn-tint"), ("--sp-stop", "--sp-stop-tint"),
        ("#ffffff", "--sp-brand"), ("#12567a", "--sp-tint"), ("#12567a", "--sp-warn-tint"), ("#06303a", "#ffd75e"),
    ],
)  # fmt: skip
def test_every_pair_of_colours_can_be_read(ink, paper):
    named = dict(re.findall(r"(--sp-[\w-]+): (#[0-9a-f]{3,6})", html.stylesheet()))
    one, other = sorted((luminance(named.get(colour, colour)) for colour in (ink, paper)), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5
