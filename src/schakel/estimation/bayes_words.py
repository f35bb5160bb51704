"""What the Bayesian methods and the bounds say: their assumptions, their warnings, and why they do not answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schakel.estimation import showing
from schakel.vocabulary.errors import BadInput, refused
from schakel.vocabulary.texts import LANGUAGES, Text, text

DECOMPOSABLE: Final = text({
    "nl": "Verbanden tussen lijsten volgen een ontbindbare graaf; welke, daarover wordt gemiddeld.",
    "en": "Dependence between lists follows a decomposable graph; which one is averaged over.",
})  # fmt: skip
PRIOR_N: Final = text({
    "nl": "Vooraf is de kans op een totaal van N mensen evenredig met 1 / N.",
    "en": "Beforehand the chance of N people in all is proportional to 1 / N.",
})  # fmt: skip
CLASSES: Final = text({
    "nl": "Er zijn soorten mensen, en binnen een soort zijn de lijsten onafhankelijk van elkaar.",
    "en": "There are kinds of people, and within a kind the lists are independent of each other.",
})  # fmt: skip
PAIRS_ONLY: Final = text({
    "nl": "Lijsten hangen hooguit twee aan twee samen.",
    "en": "Lists depend on each other two at a time at most.",
})  # fmt: skip
PAIRS_GIVEN: Final = text({
    "nl": "Het interval neemt de gekozen paren als zeker aan; waar de keus twijfelachtig is, is het te kort.",
    "en": "The interval takes the chosen pairs as certain; where the choice is doubtful it is too short.",
})  # fmt: skip

HUMPS: Final = text({
    "nl": "De gegevens passen bij {count} uiteenlopende antwoorden: {humps}. Eén getal zegt hier te weinig.",
    "en": "The data fit {count} answers that lie far apart: {humps}. One number says too little here.",
})  # fmt: skip
HUMP: Final = text({"nl": "rond {top} ({share:.0%})", "en": "around {top} ({share:.0%})"})
WIDE: Final = text({
    "nl": "Boven- en ondergrens liggen meer dan een factor {factor:.0f} uiteen: de gegevens zeggen weinig.",
    "en": "The limits lie more than a factor of {factor:.0f} apart: the data say little.",
})  # fmt: skip
BEYOND: Final = text({
    "nl": "Van de kans ligt {share:.2%} voorbij het laatste getal dat is nagerekend.",
    "en": "Of the posterior {share:.2%} lies beyond the last number that was computed.",
})  # fmt: skip
NOT_MIXED: Final = text({
    "nl": "De {chains} ketens vertellen niet hetzelfde (R-hat {rhat:.3f}, mag hooguit {limit:.2f} zijn; {least:.0f} "
          "onafhankelijke trekkingen waard, moet minstens {needed:.0f} zijn). Een getal zou hier alleen op een "
          "antwoord lijken. Laat langer rekenen (sweeps), of voeg lijsten samen.",
    "en": "The {chains} chains do not tell the same story (R-hat {rhat:.3f}, may be {limit:.2f} at most; worth "
          "{least:.0f} independent draws, must be {needed:.0f} at least). A number would only look like an answer "
          "here. Let it run longer (sweeps), or merge lists.",
})  # fmt: skip
CLOSE_CALL: Final = text({
    "nl": "Van {pairs} is maar net beslist of het verband meetelt. Bij een andere beslissing wordt het totaal "
          "{low} tot {high}.",
    "en": "It was only just decided whether {pairs} counts as a dependence. Decided otherwise, the total becomes "
          "{low} to {high}.",
})  # fmt: skip
FLIPS: Final = text({
    "nl": "Er is geen schatting: van {pairs} is maar net beslist of het verband meetelt, en bij een andere beslissing "
          "wordt het totaal {low} tot {high}. Kies vooraf een model, of voeg lijsten samen.",
    "en": "There is no estimate: it was only just decided whether {pairs} counts as a dependence, and decided "
          "otherwise the total becomes {low} to {high}. Choose a model beforehand, or merge lists.",
})  # fmt: skip

OTHER_EN: Final = "Merge lists, or take another method"
OTHER_NL: Final = "Voeg lijsten samen, of neem een andere methode"
REFUSALS: Final[Mapping[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "average-lists": (
        ("averaging over graphs takes {fewest} to {most} lists, not {count}", OTHER_EN),
        ("middelen over grafen kan met {fewest} tot {most} lijsten, niet met {count}", OTHER_NL),
    ),
    "few-lists": (
        ("{name} needs at least {fewest} lists, not {count}", "Take another method, or add a list"),
        ("{name} vraagt minstens {fewest} lijsten, niet {count}", "Neem een andere methode, of voeg een lijst toe"),
    ),
    "threshold-lists": (
        ("thresholding takes {fewest} to {most} lists, not {count}", OTHER_EN),
        ("drempelen kan met {fewest} tot {most} lijsten, niet met {count}", OTHER_NL),
    ),
    "no-pairs-model": (
        ("the model with all pairs has no estimate on these counts, and the improper prior needs it",
         "Take the proper prior, or merge lists"),
        ("het model met alle paren heeft bij deze aantallen geen schatting, en de oneigenlijke prior heeft die nodig",
         "Neem de eigenlijke prior, of voeg lijsten samen"),
    ),
}  # fmt: skip


def bayes_refusal(message: str, **words: object) -> BadInput:
    """The refusal of this name, in both languages."""
    english, dutch = REFUSALS[message]
    return refused(english, dutch, "", **words)


class _Comma(float):
    """A fraction as Dutch writes it: 1,119 and not 1.119, which is a thousand and more."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", ",")


def filled(words: Text, **values: object) -> Text:
    """A text with values put in; a value may be a `Text` itself, and a float in `people` style is passed as text."""
    return Text({
        lang: words(lang).format(**{name: _spoken(value, lang) for name, value in values.items()})
        for lang in LANGUAGES
    })  # fmt: skip


def _spoken(value: object, lang: str) -> object:
    if isinstance(value, Text):
        return value(lang)
    return _Comma(value) if lang == "nl" and isinstance(value, float) else value


def people(number: float) -> Text:
    """A number of people, written as each language writes it."""
    return Text({lang: showing.number(number, lang) for lang in LANGUAGES})


def joined(parts: list[Text]) -> Text:
    """Texts after one another, with commas."""
    return Text({lang: ", ".join(part(lang) for part in parts) for lang in LANGUAGES})


def humps_caution(humps: tuple[tuple[float, float], ...]) -> Text:
    """The caution that a posterior has more than one hump."""
    told = [filled(HUMP, top=people(float(f"{top:.3g}")), share=share) for top, share in humps]
    return filled(HUMPS, count=len(humps), humps=joined(told))
