"""Put the real output of the commands into README.md and README.nl.md, between their markers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON = "2025-06-01"
LINES = {"farm": 44, "girls": 44, "gaps": 60}


def output(name: str, lang: str) -> str:
    """What the command prints, cut to what a reader of the README needs."""
    if name == "gaps":
        command = ["check", "--gaps"]
    else:
        command = ["plan", f"examples/{name}.yaml", "--on", ON]
    schakel = Path(sys.executable).parent / "schakel"
    done = subprocess.run([schakel, *command, "--lang", lang], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.rstrip().splitlines()
    kept = lines[: LINES[name]]
    shown = "\n".join([*kept, "..."] if len(lines) > len(kept) else kept)
    return f"```\n$ schakel {' '.join(command)}\n{shown}\n```"


def main() -> None:
    for file, lang in (("README.md", "en"), ("README.nl.md", "nl")):
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        for name in LINES:
            pattern = re.compile(rf"(<!-- {name}:start -->).*?(<!-- {name}:end -->)", re.S)
            text = pattern.sub(lambda found, name=name: f"{found[1]}\n{output(name, lang)}\n{found[2]}", text)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
