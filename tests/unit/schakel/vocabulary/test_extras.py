import pytest

from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.extras import needing


def test_a_missing_library_is_a_sentence_that_names_the_extra():
    with pytest.raises(BadInput, match=r"the extra 'estimate'. Install .* schakel\[estimate\]"), needing("estimate"):
        import a_library_that_nobody_has  # noqa: F401


def test_a_missing_module_of_ours_stays_a_fault():
    with pytest.raises(ModuleNotFoundError), needing("estimate"):
        import schakel.nowhere  # noqa: F401
