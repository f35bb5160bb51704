"""Which program asks, for whom it acts, and what its key allows: asked at every call, and in the log with it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from loket.accounts.people import Member
from loket.accounts.queries import acting
from loket.api.limits import count
from loket.api.problems import Stopped, language
from loket.audit.actions import record
from loket.audit.who import REFUSED, Actor
from loket.casework.actions.clients import used
from loket.casework.queries.connections import machine

NO_KEY = {
    "nl": "Stuur een geldige sleutel mee: Authorization: Bearer <sleutel>. Wie de accounts beheert maakt er een.",
    "en": "Send a key that works: Authorization: Bearer <key>. Who manages the accounts makes one.",
}
NO_SCOPE = {
    "nl": "De sleutel van dit programma laat dit niet toe ({scope}). Vraag wie de accounts beheert om een andere.",
    "en": "The key of this program does not allow this ({scope}). Ask who manages the accounts for another.",
}


@dataclass(frozen=True)
class Program(Member):
    """A member, as a program acts for them: the log names the program, and the person on whose behalf it acts."""

    client: str = ""
    scopes: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        return Actor(user=self.client, organisation=self.organisation, role=self.role, on_behalf_of=self.user,
                     client="api")  # fmt: skip


class Key(HttpBearer):
    """Authorization: Bearer <key>. A key that does not work gets the same answer as none."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = machine(token)
        if found is None:
            return None
        used(client=found.id)
        member = acting(found.membership)
        count(member.organisation, language(request))
        plain = {field.name: getattr(member, field.name) for field in fields(Member)}
        return Program(**plain, client=str(found.id), scopes=found.scopes)


def program(request: HttpRequest, scope: str, lang: str) -> Program:
    """The program that asks. Raises Stopped where its key lacks the scope; that is in the log."""
    by: Program = request.auth  # type: ignore[attr-defined]
    if scope not in by.scopes:
        record("exchange.api", by=by.actor, purpose="keeping_connections", outcome=REFUSED, reason="no_scope",
               kind="client", object=uuid.UUID(by.client), place=scope)  # fmt: skip
        raise Stopped(403, NO_SCOPE[lang].format(scope=scope))
    return by
