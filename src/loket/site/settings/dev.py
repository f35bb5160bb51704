"""For somebody who works on the site: traces, fresh templates, and the page with every component (/nl/_stijl)."""

from __future__ import annotations

from .demo import *  # noqa: F403

DEBUG = True
WHITENOISE_AUTOREFRESH = True
