"""What the pages of care share: do one thing, and show the page again with a sentence where it cannot be."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from loket.audit.who import Refused
from loket.casework.pages import bad_words, number, sentence
from schakel.vocabulary.errors import BadInput

Show = Callable[..., HttpResponse]


def tried(do: Callable[[], Any], show: Show, then: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it and go on; a refusal comes back on the page that it was asked on, with what was typed still there."""
    try:
        do()
    except Refused as refused:
        if refused.reason == "not_found":
            raise
        return show(error=sentence(refused), status=409 if refused.reason == "changed_meanwhile" else 403)
    except BadInput as error:
        return show(error=bad_words(error), status=400)
    return then()


def version(request: HttpRequest) -> int:
    """The version of what was on the page when somebody began to type."""
    return number(request, "version")


def identifier(request: HttpRequest, name: str) -> uuid.UUID | None:
    """An id from a form; None for what is none."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None
