"""The vendored front-end files are the ones in the manifest, their licences are clean, and nothing points elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import loket.theme

THEME = Path(loket.theme.__file__).parent
VENDOR = THEME / "vendor"
OWN = THEME / "static" / "schakel"
MANIFEST: dict[str, Any] = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
# Design tokens and house styles of these belong to others; so do the typefaces of central government.
NOT_OURS = ("rijkshuisstijl", "rijksoverheid", "@utrecht/design-tokens", "amsterdam", "ro-sans", "rijkssans")
USED = re.compile(r"var\(\s*(--[\w-]+)\s*([,)])")
DEFINED = re.compile(r"(--[\w-]+)\s*:")


def test_every_file_is_listed_with_its_checksum() -> None:
    listed = {each["path"]: each["sha256"] for each in MANIFEST["files"]}
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert listed == there, "run scripts/vendor_theme.py; vendored files are never edited by hand"


def test_every_package_has_a_licence_that_we_carry() -> None:
    for package in MANIFEST["packages"]:
        assert package["licence"] in {"EUPL-1.2", "OFL-1.1", "0BSD"}, package
        assert (VENDOR / "licences" / f"{package['licence']}.txt").is_file()
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]), package
        assert re.fullmatch(r"[0-9a-f]{64}", package["sha256"]), package


def test_nothing_proprietary_came_along() -> None:
    names = " ".join(package["package"] for package in MANIFEST["packages"]).lower()
    styles = " ".join(path.read_text("utf-8") for path in [*VENDOR.glob("*.css"), *OWN.glob("*.css")]).lower()
    assert not [word for word in NOT_OURS if word in names or word in styles]


def test_the_manifest_holds_no_address() -> None:
    text = json.dumps(MANIFEST)
    assert not re.search(r"https?:|registry|resolved|www\.", text)


@pytest.mark.parametrize("folder", [VENDOR, OWN], ids=["vendored", "own"])
def test_styles_and_scripts_load_nothing_from_elsewhere(folder: Path) -> None:
    for path in folder.glob("*.css"):
        text = path.read_text("utf-8")
        assert "@import" not in text, path.name
        assert not re.search(r"url\(\s*[\"']?(https?:|//|data:)", text), path.name


def test_styles_keep_their_notice_of_copyright() -> None:
    assert "Gemeente Utrecht" in (VENDOR / "components.css").read_text("utf-8")[:600]
    assert "NL Design System Community" in (VENDOR / "tokens.css").read_text("utf-8")[:400]


def test_our_own_styles_use_only_tokens_that_exist() -> None:
    sheets = [
        path.read_text("utf-8") for path in [*OWN.glob("*.css"), VENDOR / "tokens.css", VENDOR / "components.css"]
    ]
    defined = {name for sheet in sheets for name in DEFINED.findall(sheet)}
    used = {name for path in OWN.glob("*.css") for name, end in USED.findall(path.read_text("utf-8")) if end == ")"}
    assert used - defined == set(), "run scripts/vendor_theme.py: it keeps only the tokens that were used then"


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (OWN / "icons.svg").read_text("utf-8")))
    templates = [path.read_text("utf-8") for path in THEME.parent.rglob("templates/**/*.html")]
    asked = {name for text in templates for name in re.findall(r'\{% icon "([\w-]+)"', text)}
    assert asked - drawn == set()
