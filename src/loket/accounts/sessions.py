"""Sessions in the database, sealed: they may hold half a form or the secret of a second factor that is being set up."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from loket.site.prepared import prepared
from loket.vault import boxes, cipher

CONTEXT = cipher.place("sessions")


@prepared
def _session(key: str, now: datetime) -> Any:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """The same as Django's, but for what stands in the column: what nobody can open is an empty session."""

    @classmethod
    def get_model_class(cls) -> Any:
        from django.contrib.sessions.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        """As Django's, with a question that is made once; a key that nobody has is no session."""
        found = _session.first(self.session_key, timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found

    def encode(self, session_dict: dict[str, Any]) -> str:
        return boxes.seal_here(json.dumps(session_dict), CONTEXT).hex()

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            opened: dict[str, Any] = json.loads(boxes.open_here(bytes.fromhex(session_data), CONTEXT))
        except ValueError:  # CannotOpen is one: a key that is gone, or a row that was tampered with
            return {}
        return opened
