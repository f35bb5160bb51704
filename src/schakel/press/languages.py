"""Language tags: what a language is called, in itself too, and which way it is written."""

from __future__ import annotations

from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "prs", "ps", "ur", "he", "ckb", "yi", "sd", "ug"})

NO_LETTERS_HERE: Final = frozenset({"am", "ti", "zh"})
"""Languages of the list in whose script the fonts of the press have no letters; a screen has them."""

NAMES: Final[dict[str, tuple[str, str, str]]] = {
    "nl": ("Nederlands", "Dutch", "Nederlands"),
    "en": ("Engels", "English", "English"),
    "am": ("Amhaars", "Amharic", "አማርኛ"),
    "ar": ("Arabisch", "Arabic", "العربية"),
    "bg": ("Bulgaars", "Bulgarian", "български"),
    "ckb": ("Sorani (Koerdisch)", "Sorani (Kurdish)", "سۆرانی"),
    "cs": ("Tsjechisch", "Czech", "čeština"),
    "de": ("Duits", "German", "Deutsch"),
    "el": ("Grieks", "Greek", "ελληνικά"),
    "es": ("Spaans", "Spanish", "español"),
    "fa": ("Farsi", "Farsi", "فارسی"),
    "fr": ("Frans", "French", "français"),
    "hu": ("Hongaars", "Hungarian", "magyar"),
    "id": ("Indonesisch", "Indonesian", "Bahasa Indonesia"),
    "it": ("Italiaans", "Italian", "italiano"),
    "lt": ("Litouws", "Lithuanian", "lietuvių"),
    "pl": ("Pools", "Polish", "polski"),
    "prs": ("Dari", "Dari", "دری"),
    "ps": ("Pasjtoe", "Pashto", "پښتو"),
    "pt": ("Portugees", "Portuguese", "português"),
    "ro": ("Roemeens", "Romanian", "română"),
    "ru": ("Russisch", "Russian", "русский"),
    "sk": ("Slowaaks", "Slovak", "slovenčina"),
    "so": ("Somalisch", "Somali", "Soomaali"),
    "sq": ("Albanees", "Albanian", "shqip"),
    "ti": ("Tigrinya", "Tigrinya", "ትግርኛ"),
    "tr": ("Turks", "Turkish", "Türkçe"),
    "uk": ("Oekraïens", "Ukrainian", "українська"),
    "ur": ("Urdu", "Urdu", "اردو"),
    "vi": ("Vietnamees", "Vietnamese", "Tiếng Việt"),
    "zh": ("Chinees", "Chinese", "中文"),
}
"""For each tag its name in Dutch, in English and in itself."""


def direction(tag: str) -> str:
    """'rtl' or 'ltr': the way the language is written."""
    return "rtl" if tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def on_paper(tag: str) -> bool:
    """Whether the fonts of the press have the letters of this language; not for one that the list does not know."""
    known = tag.partition("-")[0]
    return not known or (known in NAMES and known not in NO_LETTERS_HERE)


def name(tag: str, lang: str) -> str:
    """What the language is called in Dutch or English; the tag itself where no name is known."""
    known = NAMES.get(tag.partition("-")[0])
    return known[0 if lang == "nl" else 1] if known else tag


def own_name(tag: str) -> str:
    """What the language is called in itself."""
    known = NAMES.get(tag.partition("-")[0])
    return known[2] if known else tag
