"""The one way in which bad input is told: what, where, and what to do next, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.vocabulary.messages import MESSAGES, Pair

TYPED = ("name", "value", "first", "second", "one", "other", "stratum", "problem")
LONGEST = 80


class BadInput(Exception):
    """Input that cannot be used, told in one sentence.

    `what` says what is wrong, `where` the file and line (or the field), `remedy` what to do next.
    Both texts are English; `dutch` holds them in Dutch where people meet the message. A command line
    prints it and ends with exit code 2; a site answers with a 4xx page.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", dutch: tuple[str, str] | None = None) -> None:
        self.what = what.rstrip(".")
        self.where = where
        self.remedy = remedy.rstrip(".")
        self.dutch = dutch
        super().__init__(self.say("en"))

    def say(self, lang: str) -> str:
        """The sentence in `lang`; in English where no Dutch was given."""
        what, remedy = self.dutch if lang == "nl" and self.dutch else (self.what, self.remedy)
        where = self.where.replace(", line ", ", regel ") if lang == "nl" else self.where
        head = f"{where}: {what.rstrip('.')}" if where else what.rstrip(".")
        return f"{head}. {remedy.rstrip('.')}." if remedy else f"{head}."


def refused(english: Pair, dutch: Pair, where: str = "", **words: object) -> BadInput:
    """A `BadInput` from what and remedy in both languages, the words filled in.

    What somebody typed (the words of `TYPED`) is cut to a readable length, a list of choices to ten times that, and
    neither steers a terminal. A word may itself be given by language.
    """
    what, remedy = _filled(english, "en", words)
    return BadInput(what, where=where, remedy=remedy, dutch=_filled(dutch, "nl", words))


def bad_input(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` from the list of messages that the whole house shares."""
    return refused(MESSAGES[message]["en"], MESSAGES[message]["nl"], where, **words)


def _filled(pair: Pair, lang: str, words: Mapping[str, object]) -> Pair:
    said = {name: word[lang] if isinstance(word, Mapping) else word for name, word in words.items()}
    cut = {name: printable(str(word)[: LONGEST if name in TYPED else 10 * LONGEST]) for name, word in said.items()}
    return pair[0].format(**cut), pair[1].format(**cut)


def printable(words: str) -> str:
    """Words without control characters: a message is one line, and steers no terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in words)
