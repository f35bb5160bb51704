"""Content is read once, when it is needed, and a broken file is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.mechanism.content import DUTCH, Content, load
from schakel.vocabulary.errors import BadInput
from tests.tiny import Country


def written(tmp_path: Path, path: str, text: str | bytes) -> Content:
    """A country with one more file."""
    content = Country(tmp_path).duty("a").content()
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return content


def test_the_dutch_content_is_loaded_once() -> None:
    assert load() is load(DUTCH)
    assert load().duties is load().duties


def test_two_contents_of_one_folder_are_two(tmp_path: Path) -> None:
    country = Country(tmp_path).duty("a")
    before = country.content()
    assert set(before.duties) == {"a"}
    after = country.duty("b").content()
    assert set(after.duties) == {"a", "b"}
    assert before != after


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no content"):
        load(tmp_path)


def test_what_a_country_does_not_have_is_empty(tmp_path: Path) -> None:
    content = Country(tmp_path).content()
    for kind in ("duties", "rights", "goals", "gaps", "unread", "organisations", "law", "constraints", "professions"):
        assert getattr(content, kind) == {}, kind
    assert (content.order, content.counting) == ((), frozenset())


def test_everything_of_the_dutch_content_can_be_read() -> None:
    content = load()
    assert len(content.duties) > 150
    for kind in ("facts", "definitions", "constraints", "rights", "goals", "gaps", "unread", "organisations", "powers",
                 "law", "indicators", "professions"):  # fmt: skip
        assert len(getattr(content, kind)) > 0, kind


def test_a_sign_kept_for_history_does_not_count() -> None:
    content = load()
    history = {name for name, sign in content.indicators.items() if not sign.counts}
    assert history, "K35: indicators by origin are kept and never count"
    helpless = {name for name, sign in content.indicators.items() if sign.not_alone}
    assert helpless, "hazard 6: sex work, migrant work or being undocumented alone triggers nothing"
    assert content.counting == set(content.indicators) - history - helpless
    assert all(content.indicators[name].why_not for name in history)


@pytest.mark.parametrize(
    ("path", "text", "said", "where"),
    [
        ("duties/b.yaml", "id: b\ntitle: {nl: b, en: b}\n", "b has no", "duties/b.yaml, line 1"),
        ("duties/b.yaml", "", "lines are expected", "duties/b.yaml"),
        ("duties/b.yaml", "- id: b\n", "lines are expected", "duties/b.yaml"),
        ("duties/b.yaml", "id: &x b\n", "anchors", "duties/b.yaml, line 1"),
        ("duties/b.yaml", b"id: \xff\n", "not UTF-8", "duties/b.yaml"),
        ("duties/deeper/a.yaml", "id: a\ntitle: {nl: x, en: x}\n", "a", "duties/deeper/a.yaml"),
        (
            "constraints/b.yaml",
            "items: [{id: b, never: {dangr: x}}]\n",
            "no fact 'dangr'",
            "constraints/b.yaml, line 1",
        ),
        ("definitions/b.yaml", "items: [{id: b, condition: b}]\n", "no definition 'b'", "definitions/b.yaml, line 1"),
        ("law/b.yaml", "items: [b]\n", "not a mapping", "law/b.yaml, line 1"),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    tmp_path: Path, path: str, text: str | bytes, said: str, where: str
) -> None:
    content = written(tmp_path, path, text)
    kind = path.partition("/")[0]
    with pytest.raises(BadInput, match=said) as refused:
        getattr(content, kind)
    assert refused.value.where.startswith(where)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    content = Country(tmp_path).duty("a").content()
    (tmp_path / "duties" / "z.yaml").write_bytes((tmp_path / "duties" / "a.yaml").read_bytes())
    with pytest.raises(BadInput, match="'a' stands twice") as refused:
        _ = content.duties
    assert refused.value.where == "duties/z.yaml, line 1"


def test_the_fingerprint_is_over_the_rules_and_nothing_else(tmp_path: Path) -> None:
    country = Country(tmp_path).duty("a")
    before = country.content().fingerprint
    assert before == country.content().fingerprint
    written(tmp_path, "scenarios/x.yaml", "id: x\n")
    written(tmp_path, "schema/duty.yaml", "id: x\n")
    assert country.content().fingerprint == before
    assert country.duty("b").content().fingerprint != before
    assert len(before) == 64


def test_the_fingerprint_is_over_names_too(tmp_path: Path) -> None:
    content = Country(tmp_path).duty("a").content()
    before = content.fingerprint
    (tmp_path / "duties" / "a.yaml").rename(tmp_path / "duties" / "b.yaml")
    assert Content(tmp_path).fingerprint != before
