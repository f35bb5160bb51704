"""A decision carries its reasons or does not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schakel.vocabulary.sources import ORDER, Source, weakest
from schakel.vocabulary.texts import LANGUAGES, Text, text

PERMITTED: Final = "permitted"
UNDECIDED: Final = "undecided"
REFUSED: Final = "refused"
ANSWERS: Final = (PERMITTED, UNDECIDED, REFUSED)
SPOKEN: Final = {
    PERMITTED: text({"nl": "Mag.", "en": "Allowed."}),
    UNDECIDED: text({"nl": "Nog niet.", "en": "Not yet."}),
    REFUSED: text({"nl": "Mag niet.", "en": "Not allowed."}),
}
LAWYER: Final = text({
    "nl": "Laat een jurist deze grond nakijken.", "en": "Have a lawyer check this ground.",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that counts: its id, the sentence, where it comes from, and on which ground it rests."""

    rule: str
    because: Text
    sources: tuple[Source, ...]
    ground: str = ""
    lawyer: bool = False
    note: Text | None = None

    @property
    def certainty(self) -> str:
        return weakest(self.sources)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question, with its reasons, what to put on record, and what to do next.

    `asked` names the question in plain words and figures (never a person). `record` is what must be written
    down when it is carried out, `next_step` what can be done instead; a refusal without one cannot be made.
    `hangs_on` names the circumstances that are still open, `notify` the roles that are told.
    """

    asked: tuple[tuple[str, str], ...]
    answer: str
    reasons: tuple[Reason, ...]
    next_step: Text | None = None
    record: tuple[Text, ...] = ()
    hangs_on: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    grounds: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.answer not in ANSWERS:
            raise ValueError(f"'{self.answer}' is no answer; it is one of {', '.join(ANSWERS)}")
        if not self.reasons or not all(_spoken(reason.because) and reason.sources for reason in self.reasons):
            raise ValueError("a decision carries its reasons, each with a sentence in both languages and a source")
        if self.answer != PERMITTED and not (self.next_step and _spoken(self.next_step)):
            raise ValueError("a refusal says what to do next, in both languages")

    @property
    def allowed(self) -> bool:
        return self.answer == PERMITTED

    @property
    def needs_lawyer(self) -> bool:
        """Whether every ground on which it rests still asks for a lawyer's check."""
        return all(reason.lawyer for reason in self.reasons)

    @property
    def certainty(self) -> str:
        """The certainty of the surest reason: one good ground is enough, and each keeps its own."""
        return min((reason.certainty for reason in self.reasons), key=_order)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(reason.rule for reason in self.reasons)

    def say(self, lang: str) -> str:
        """The answer, why, and what next, in plain sentences."""
        parts = [SPOKEN[self.answer](lang), *dict.fromkeys(reason.because(lang) for reason in self.reasons)]
        if self.needs_lawyer:
            parts.append(LAWYER(lang))
        if not self.allowed and self.next_step:
            parts.append(self.next_step(lang))
        return " ".join(parts)


def _spoken(words: Text) -> bool:
    return all(words.by_tag.get(tag, "").strip() for tag in LANGUAGES)


def _order(code: str) -> int:
    return ORDER.index(code)
