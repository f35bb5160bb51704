"""A command that was typed wrongly is one sentence on the error channel, in the language asked for, and exit code 2."""

from __future__ import annotations

import pytest

from schakel.cli import main
from schakel.cli.usage import sentence


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("estimate", "schakel estimate: er ontbreekt: FILE.csv. Hoe het moet staat in 'schakel estimate --help'."),
        ("estimate --lang en", "schakel estimate: missing: FILE.csv. See 'schakel estimate --help'."),
        ("estimate a.csv --seed x", "schakel estimate: --seed kan niet 'x' zijn. Hoe het moet staat in"),
        ("estimate a.csv --seed", "schakel estimate: --seed heeft een waarde nodig. Hoe het moet staat in"),
        ("estimate a.csv --method chao --lang en", "schakel estimate: --method cannot be 'chao'; choose from 'main', "),
        ("estimate a.csv --wrong", "schakel: hier niet bekend: --wrong. Hoe het moet staat in 'schakel --help'."),
        ("nonsense", "schakel: COMMAND kan niet 'nonsense' zijn; kies uit 'plan', "),
    ],
)
def test_a_wrong_command_is_one_sentence(
    typed: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith(said)


def test_what_the_standard_library_says_otherwise_is_kept() -> None:
    assert sentence("something else", "schakel plan", "en") == "something else. See 'schakel plan --help'."
