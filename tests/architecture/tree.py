"""The files of the repository, and what none of them may hold."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

LONGEST = 500  # lines of a source file; a good one has 40 to 250
SOURCE = {".py", ".html", ".typ"}
NOT_OURS = {".venv", ".git", "node_modules", "__pycache__", "build", "dist"}

# Written with [.] so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|yarnpkg[.]com|crates[.]io|proxy[.]golang[.]org"
    r"|(deb|security|ftp)[.]debian[.]org|archive[.]ubuntu[.]com"
)
# A path that starts at the root of one particular machine; not the path of an address or of a page.
MACHINE = re.compile(r"(?<![\w./:}>-])/(work|root|opt|home/\w+|Users/\w+)/[\w.-]+")


def repository_files(root: Path) -> list[Path]:
    """The files that are, or would be, in the repository; without git all files that no tool made."""
    try:
        answer = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            check=True,
        )
        names = answer.stdout.decode().split("\0")
        found = [root / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in root.rglob("*") if not NOT_OURS & set(path.relative_to(root).parts)]
    return sorted(path for path in set(found) if path.is_file())


def lines(paths: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    """Every line of every file that is text."""
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            yield path, number, line


def holding(pattern: re.Pattern[str], paths: Iterable[Path], root: Path) -> list[str]:
    """Where the pattern stands."""
    return [
        f"{path.relative_to(root)}:{number}: {match[0]}"
        for path, number, line in lines(paths)
        if (match := pattern.search(line))
    ]


def too_long(paths: Iterable[Path], root: Path, longest: int = LONGEST) -> list[str]:
    """Source files that are two files; what others wrote (vendor) is not ours to divide."""
    counts = {
        path: path.read_text(encoding="utf-8").count("\n")
        for path in paths
        if path.suffix in SOURCE and "vendor" not in path.parts
    }
    return [f"{path.relative_to(root)}: {count} lines" for path, count in counts.items() if count > longest]
