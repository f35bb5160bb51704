"""The few words that the press itself puts on a page."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.texts import Text, text

CONTENTS: Final[Text] = text({"nl": "Inhoud", "en": "Contents"})
SKIP: Final[Text] = text({"nl": "Naar de inhoud", "en": "Skip to the content"})
PAGE: Final[Text] = text({"nl": "bladzijde {page} van {pages}", "en": "page {page} of {pages}"})
