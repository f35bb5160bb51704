"""Refresh the front-end files that the site carries: NL Design System styles, the typeface and htmx.

Run by a maintainer, never at run time and never by the tests (those read the manifest that this writes). It needs npm:

    python scripts/vendor_theme.py

What it does: fetches exact versions (no install scripts run), keeps the components that the site uses in the order of
the upstream bundle (another order lets badge rules overrule status colours), strips comments but keeps the notices of
copyright, and keeps only the design tokens that a kept rule can reach. What it writes: ``src/loket/theme/vendor`` with
``manifest.json`` (package, version, licence, checksum). Design tokens of cities and of central government are
proprietary and are refused by their licence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

THEME = Path(__file__).resolve().parent.parent / "src" / "loket" / "theme"
VENDOR = THEME / "vendor"
OWN_CSS = THEME / "static" / "schakel"

LICENCES = {"EUPL-1.2", "OFL-1.1", "0BSD"}
BUNDLE = ("@utrecht/component-library-css", "9.0.4")  # read for the order and versions of its parts, not copied
PARTS = (
    "alert body breadcrumb-nav checkbox form-field form-field-description form-field-error-message form-fieldset "
    "form-label link-list radio-button root select table textarea textbox unordered-list"
).split()
CANDIDATES = {
    "button": "1.1.0", "data-badge": "1.0.5", "heading": "1.1.3", "link": "2.0.3",
    "number-badge": "1.1.5", "paragraph": "2.1.3", "skip-link": "1.0.5",
}  # fmt: skip
TOKENS = ("@nl-design-system-unstable/voorbeeld-design-tokens", "7.4.1")
FONT = ("@fontsource-variable/source-sans-3", "5.3.0")
HTMX = ("htmx.org", "2.0.10")

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NOTICE = re.compile(r"Copyright \(c\) .*")
VAR = re.compile(r"var\(\s*(--[\w-]+)")
TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.+);[ \t]*$", re.MULTILINE)
FACE = re.compile(r"@font-face \{.*?\n\}", re.DOTALL)


@dataclass(frozen=True)
class Package:
    """One fetched package: where it was unpacked, and what the manifest says of it."""

    name: str
    version: str
    licence: str
    sha256: str
    folder: Path

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


def fetch(name: str, version: str, into: Path) -> Package:
    """Fetch one exact version and check its licence. Raises SystemExit with one sentence if that cannot be done."""
    command = ["npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", str(into), f"{name}@{version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"npm could not fetch {name}@{version}: check the network and the version, then run this again.")
    archive = into / done.stdout.split()[-1]
    folder = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    folder = folder / "package"
    licence = json.loads((folder / "package.json").read_text("utf-8")).get("license", "none")
    if licence not in LICENCES:
        sys.exit(f"{name}@{version} has licence {licence}, not one of {', '.join(sorted(LICENCES))}: leave it out.")
    return Package(name, version, licence, hashlib.sha256(archive.read_bytes()).hexdigest(), folder)


def fetch_all(into: Path) -> dict[str, list[Package]]:
    """Everything, by the part it plays; the single components in the order of the upstream bundle."""
    bundle = fetch(*BUNDLE, into)
    pinned = json.loads(bundle.text("package.json"))["dependencies"]
    wanted = [name for name in pinned if name.removeprefix("@utrecht/").removesuffix("-css") in PARTS]
    parts = [fetch(name, pinned[name], into) for name in wanted]
    candidates = [fetch(f"@nl-design-system-candidate/{n}-css", v, into) for n, v in CANDIDATES.items()]
    return {
        "components": parts + candidates,
        "tokens": [fetch(*TOKENS, into)],
        "fonts": [fetch(*FONT, into)],
        "htmx": [fetch(*HTMX, into)],
    }


def css_path(package: Package) -> str:
    single = package.name.rsplit("/", 1)[1].removesuffix("-css")
    return "dist/index.css" if package.name.startswith("@utrecht/") else f"dist/{single}.css"


def strip(css: str) -> str:
    """The rules without comments, charset or empty lines."""
    bare = COMMENT.sub("", css).replace('@charset "UTF-8";', "")
    return "\n".join(line.rstrip() for line in bare.splitlines() if line.strip())


def notices(*texts: str) -> list[str]:
    """Every line of copyright in these files, once."""
    return sorted({match.group().rstrip(" */") for text in texts for match in NOTICE.finditer(text)})


def headed(licence: str, what: str, lines: list[str], body: str) -> str:
    head = "\n".join(f" * {line}" for line in [f"{what}. Licence: {licence}. See manifest.json.", *lines])
    return f"/*\n{head}\n */\n{body}\n"


def reachable(tokens: dict[str, str], *sheets: str) -> dict[str, str]:
    """Only the tokens that a rule in these sheets uses, directly or through another token; upstream order is kept."""
    todo = [name for sheet in sheets for name in VAR.findall(sheet)]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in tokens and name not in seen:
            seen.add(name)
            todo.extend(VAR.findall(tokens[name]))
    return {name: value for name, value in tokens.items() if name in seen}


def write(path: str, content: str | bytes) -> None:
    target = VENDOR / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def write_styles(packages: dict[str, list[Package]]) -> None:
    sources = [package.text(css_path(package)) for package in packages["components"]]
    components = "\n".join(strip(source) for source in sources)
    write("components.css", headed("EUPL-1.2", "NL Design System components, put together by scripts/vendor_theme.py",
                                   notices(*sources), components))  # fmt: skip
    (example,) = packages["tokens"]
    tokens = dict(TOKEN.findall(COMMENT.sub("", example.text("dist/variables.css"))))
    own = [path.read_text("utf-8") for path in sorted(OWN_CSS.glob("*.css"))]
    kept = reachable(tokens, components, *own)
    body = "\n".join([":root {", *(f"  {name}: {value};" for name, value in kept.items()), "}"])
    what = f"Design tokens of the NL Design System example theme, {len(kept)} of {len(tokens)} kept"
    write("tokens.css", headed("EUPL-1.2", what, ["Copyright (c) 2021 NL Design System Community"], body))


def write_fonts(font: Package) -> None:
    faces = FACE.findall(font.text("wght.css"))
    for name in sorted({name for face in faces for name in re.findall(r"files/([\w.-]+)", face)}):
        write(f"fonts/{name}", (font.folder / "files" / name).read_bytes())
    body = "\n".join(faces).replace("./files/", "fonts/")
    write("fonts.css", headed("OFL-1.1", "Source Sans 3 (variable)", [font.text("LICENSE").splitlines()[0]], body))


def write_licences(packages: dict[str, list[Package]]) -> None:
    """Each licence once; the packages of the design system share one text."""
    for package in (each for group in packages.values() for each in group):
        file = next(package.folder.glob("LICENSE*"), None)
        if file is None:
            sys.exit(f"{package.name}@{package.version} carries no licence file: leave it out or ask upstream.")
        write(f"licences/{package.licence}.txt", file.read_text("utf-8"))


def write_manifest(packages: dict[str, list[Package]]) -> None:
    made_of = {"components.css": "components", "tokens.css": "tokens", "fonts.css": "fonts", "htmx.min.js": "htmx"}
    manifest: dict[str, Any] = {"made_by": "scripts/vendor_theme.py", "packages": [], "files": []}
    for role, group in packages.items():
        for each in group:
            manifest["packages"].append({"package": each.name, "version": each.version, "licence": each.licence,
                                         "sha256": each.sha256, "role": role})  # fmt: skip
    for path in sorted(p for p in VENDOR.rglob("*") if p.is_file() and p.name != "manifest.json"):
        name = path.relative_to(VENDOR).as_posix()
        role = made_of.get(name, name.split("/")[0])
        manifest["files"].append({"path": name, "role": role, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
    write("manifest.json", json.dumps(manifest, indent=2) + "\n")


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        packages = fetch_all(Path(folder))
        shutil.rmtree(VENDOR, ignore_errors=True)
        write_styles(packages)
        write_fonts(packages["fonts"][0])
        write("htmx.min.js", packages["htmx"][0].text("dist/htmx.min.js"))
        write_licences(packages)
        write_manifest(packages)
    print(f"Wrote {VENDOR.relative_to(THEME.parent.parent.parent)}: look at the difference before you commit it.")


if __name__ == "__main__":
    main()
