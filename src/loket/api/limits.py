"""How often an organisation may ask: counted by the minute, in each process of the server by itself.

So with two workers twice as much may pass before both have said no. An installation whose cache is shared between its
processes counts once. Nothing of the call is kept, only how many there were.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache

from loket.api.problems import Stopped

MINUTE = 60
TOO_MANY = {
    "nl": "Uw organisatie vroeg meer dan {most} keer in een minuut. Wacht {seconds} seconden en ga dan verder.",
    "en": "Your organisation asked more than {most} times in a minute. Wait {seconds} seconds, then go on.",
}


def count(organisation: str, lang: str, now: float | None = None) -> None:
    """One more call of an organisation in this minute. Raises Stopped (429, and how long to wait) for one too many."""
    moment, most = time.time() if now is None else now, settings.LOKET_API_PER_MINUTE
    key = f"api-calls-{organisation}-{int(moment // MINUTE)}"
    cache.add(key, 0, 2 * MINUTE)
    if cache.incr(key) > most:
        left = MINUTE - int(moment % MINUTE)
        raise Stopped(429, TOO_MANY[lang].format(most=most, seconds=left), retry_after=left)
