"""Another time for a while: the demo has a past, and its log tells things in the order in which they happened.

Only for filling a demo, before it is served: the clock of the whole process is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is this moment for everything that asks Django for the time."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
