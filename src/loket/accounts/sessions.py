"""Sessions in the database, sealed: they may hold half a form or the secret of a second factor that is being set up."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends import db

from loket.vault import boxes, cipher

CONTEXT = cipher.place("sessions")


class SessionStore(db.SessionStore):
    """The same as Django's, but for what stands in the column: what nobody can open is an empty session."""

    @classmethod
    def get_model_class(cls) -> Any:
        from django.contrib.sessions.models import Session

        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return boxes.seal_here(json.dumps(session_dict), CONTEXT).hex()

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            opened: dict[str, Any] = json.loads(boxes.open_here(bytes.fromhex(session_data), CONTEXT))
        except ValueError:  # CannotOpen is one: a key that is gone, or a row that was tampered with
            return {}
        return opened
