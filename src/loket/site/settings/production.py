"""For the public: the site without the counter. No database, no session; see `online` for what it needs."""

from __future__ import annotations

from .base import *  # noqa: F403
from .online import *  # noqa: F403
