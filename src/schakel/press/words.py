"""The few words that the press itself puts on a page."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.texts import Text, text

CONTENTS: Final[Text] = text({"nl": "Inhoud", "en": "Contents"})
SKIP: Final[Text] = text({"nl": "Naar de inhoud", "en": "Skip to the content"})
NOT_ON_PAPER: Final[Text] = text({
    "nl": "{language}: de letters van deze taal kan een PDF van ons niet tonen. Gebruik de HTML.",
    "en": "{language}: our PDF cannot show the letters of this language. Use the HTML.",
})  # fmt: skip
PAGE: Final[Text] = text({"nl": "bladzijde {page} van {pages}", "en": "page {page} of {pages}"})
TABLE_OF: Final[Text] = text({"nl": "Dezelfde cijfers als tabel", "en": "The same figures as a table"})
