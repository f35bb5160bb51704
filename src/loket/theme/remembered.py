"""What is worked out once and stays true as long as the site runs: words, addresses, the parts of a page without us.

Nothing about a person or a visitor may be remembered like this: what it hangs on is in the arguments, and nothing else.
A setting that changes (in a test) forgets it all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed

MOST = 2_048  # of each: bounded, for some arguments come by way of an address


def remembered(work: Callable[..., Any]) -> Any:
    """The function, asked once for each set of arguments."""
    kept = lru_cache(maxsize=MOST)(work)
    setting_changed.connect(lambda **_: kept.cache_clear(), weak=False)
    return kept
