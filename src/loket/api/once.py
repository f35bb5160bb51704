"""A request that changes something happens once: with the same idempotency key it is answered, and not done, again.

The work, its entries in the log and the answer that is kept stand in one transaction: whatever fails in between, either
all of it happened or nothing did, and the same key may be tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from loket.api import problems
from loket.api.machines import Program
from loket.api.problems import Stopped
from loket.audit.who import Refused
from loket.casework.actions import clients
from loket.casework.actions.common import together
from schakel.vocabulary.errors import BadInput

OTHER = {
    "nl": "Deze Idempotency-Key is al gebruikt voor een ander verzoek. Neem voor elk verzoek een nieuwe.",
    "en": "This Idempotency-Key was used for another request. Take a new one for each request.",
}


def once(request: HttpRequest, by: Program, key: str | None, status: int, work: Callable[[], Any]) -> Any:
    """The answer of the work, or the one that was given to the same request before. Raises Stopped."""
    problem: Exception | None = None
    with transaction.atomic():
        earlier = clients.first(client=by.client, key=key, request=fingerprint(request)) if key else None
        if earlier is not None:
            if earlier.request != fingerprint(request):
                raise Stopped(422, OTHER[problems.language(request)])
            return json.loads(earlier.answer)
        answer: Any = None
        try:
            with together(by):
                answer = work()
        except (Refused, BadInput) as error:
            problem = error
        if key and problem is None:
            clients.answered(client=by.client, key=key, status=status, answer=json.dumps(answer))
        elif key:
            clients.unanswered(client=by.client, key=key)
    if problem is not None:
        raise problems.of(request, problem)
    return answer


def fingerprint(request: HttpRequest) -> str:
    """What makes a request the same one: method, address and body."""
    parts = (request.method or "", request.get_full_path(), request.body.decode("utf-8", "replace"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
