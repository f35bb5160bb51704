"""Put the real output of the commands into README.md and README.nl.md, between their markers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON = "2025-06-01"
LINES = {"farm": 60, "girls": 60}


def output(name: str, lang: str) -> str:
    """What the command prints, cut to what a reader of the README needs."""
    if name == "gaps":
        word = {"en": "Known gap: ", "nl": "Bekend gat: "}[lang]
        found = [line.strip().removeprefix(word) for line in printed("check", "--gaps", "--lang", lang) if word in line]
        titles = dict.fromkeys(line.split(". ")[0] for line in found)
        return "\n".join(f"* {title}" for title in titles)
    command = ["plan", f"examples/{name}.yaml", "--on", ON]
    lines = printed(*command, "--lang", lang)
    kept = lines[: LINES[name]]
    shown = "\n".join([*kept, "..."] if len(lines) > len(kept) else kept)
    return f"```\n$ schakel {' '.join(command)}\n{shown}\n```"


def printed(*command: str) -> list[str]:
    """The lines that a command prints."""
    schakel = Path(sys.executable).parent / "schakel"
    done = subprocess.run([schakel, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.rstrip().splitlines()


def main() -> None:
    for file, lang in (("README.md", "en"), ("README.nl.md", "nl")):
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        for name in (*LINES, "gaps"):
            pattern = re.compile(rf"(<!-- {name}:start -->).*?(<!-- {name}:end -->)", re.S)
            shown = output(name, lang)
            text = pattern.sub(lambda found, shown=shown: f"{found[1]}\n{shown}\n{found[2]}", text)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
