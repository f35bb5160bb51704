"""A published figure has its source, or it is none."""

from __future__ import annotations

import pytest

from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import text

MEANS = text({"nl": "gemelde mogelijke slachtoffers", "en": "reported possible victims"})


def test_a_figure_carries_value_meaning_and_source():
    figure = Published("reported", 868, MEANS, "people", (Source("report", "S"),))
    assert figure.value == 868
    assert figure.means("en") == "reported possible victims"


def test_a_label_without_a_value_stays_without_one():
    assert Published("sector", None, MEANS, "percent", (Source("factsheet", "S"),)).value is None


def test_a_figure_without_a_source_is_refused():
    with pytest.raises(BadInput, match="has no source"):
        Published("reported", 868, MEANS, "people", ())


def test_a_certainty_that_does_not_exist_is_refused():
    with pytest.raises(BadInput, match="no certainty code"):
        Published("reported", 868, MEANS, "people", (Source("report", "sure"),))
