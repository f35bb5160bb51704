"""Names as they are compared: folded to plain letters, without prefixes, and as they sound to a Dutch ear.

A name reaches a list through an ear, an interpreter, a foreign alphabet or another country's spelling. Folding takes
away what a keyboard or a passport adds (marks, capitals, alphabets); the sound code takes away what spelling adds
(Mohammed, Muhamed and Mohamet; Dijkstra and Dykstra; Yuliya, Julia and Julija).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# Letters that Unicode does not take apart, and the Cyrillic alphabet as passports of Bulgaria and Ukraine write it.
LETTERS: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ĳ": "ij",
        "ħ": "h", "ŋ": "ng", "ə": "e",
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
        "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht",
        "ъ": "a", "ь": "", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
        "'": "", "’": "", "ʼ": "", "`": "",
    }
)  # fmt: skip

_WORDS: Final = re.compile("[a-z]+")

# Words that stand before a surname and come and go between lists.
PREFIXES: Final = frozenset(
    "van von vander vanden de den der ter ten te t het op in d du des del della di da do dos das la le les el al ul "
    "ait ben bin ibn bint bou abu zu zum zur af av und y e".split()
)

# What sounds alike becomes one sign; tried from the top, so that longer spellings come first.
SOUNDS: Final = (
    (r"dzh|dj|dg(?=[eiy])", "j"),
    (r"tsch|tsj|tch|sch|shch|szcz|zh|sh|sj|sz|zs|cs|cz|tz|ts|dz", "s"),
    (r"^ou(?=[aeiy])|^w|^v", "f"),
    (r"ph|v|w", "f"),
    (r"kh|ch|ck|cq|q", "k"),
    (r"c(?=[eiy])|ç|z|x$", "s"),
    (r"c", "k"),
    (r"x", "ks"),
    (r"gh", "g"),
    (r"th|dh|d", "t"),
    (r"b", "p"),
    (r"^(ij|[yji])(?=[aeou])|^j", "J"),
    (r"(?<=.)h", ""),
)
# Then the consonants are left, and a vowel only at the beginning; what stands twice stands once.
_SKELETON: Final = ((r"^[aeiou]", "a"), (r"(?<=.)[aeiouyj]+", ""), (r"(.)\1+", r"\1"))
_SOUNDS: Final = tuple((re.compile(pattern, re.MULTILINE), sign) for pattern, sign in SOUNDS + _SKELETON)
_VOWELS: Final = (
    (re.compile(r"ij|ei|y|j|ie|ee|i|e"), "i"),
    (re.compile(r"oe|ou|oo|u|w|o"), "u"),
    (re.compile("a+"), "a"),
)
SHORT: Final = 2
"""A skeleton of so few consonants says little: its first vowel is kept as well (Li is not La)."""


def folded(name: str) -> str:
    """Lower case, plain letters, one space between words; letters of an alphabet we do not know stay as they are."""
    if name.isascii():  # most names: the same answer by a shorter way
        return " ".join(_WORDS.findall(name.lower().replace("'", "").replace("`", "")))
    lower = unicodedata.normalize("NFKC", name).lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", lower)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalpha() else " " for sign in letters.translate(LETTERS)).split())


def without_prefixes(surname: str) -> str:
    """A folded surname without the prefixes at its front; a surname that is a prefix stays what it is."""
    words = surname.split()
    while len(words) > 1 and words[0] in PREFIXES:
        words = words[1:]
    return " ".join(words)


def sound(name: str) -> str:
    """How a folded name sounds: its consonants by class, and a vowel only where it begins or there is little else.

    The classes follow Dutch hearing (v, f and w; d and t; b and p; ch, k and c; s, z and all hissing sounds) and the
    spellings that transliteration mixes. An empty name has no sound. Design of the house, not a published code.
    """
    return sounds([name])[0]


def sounds(names: Iterable[str]) -> list[str]:
    """How each of some folded names sounds: all at once, a line each, which is several times as fast as one by one."""
    plain = ["".join(name.split()) for name in names]
    if not plain:
        return []
    lines = "\n".join(plain)
    for pattern, sign in _SOUNDS:
        lines = pattern.sub(sign, lines)
    return [
        code if len(code) > SHORT or not code else code + _first_vowel(name)
        for name, code in zip(plain, lines.split("\n"), strict=True)
    ]


def _first_vowel(plain: str) -> str:
    """The class of the first vowel of a name, with which short names are told apart."""
    found = re.search(r"[aeiouyjw]+", plain[1:]) or re.search(r"[aeiouyj]+", plain)
    if not found:
        return ""
    return next((sign for pattern, sign in _VOWELS if pattern.match(found[0])), "")
