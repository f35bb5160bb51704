"""What the pages of the desk share: who comes in, and how a refusal or bad input is told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from loket.accounts.pages import lang, members_only, told
from loket.audit.who import Refused
from loket.monitor.desk.states import NotNow
from schakel.vocabulary.errors import BadInput

View = Callable[..., HttpResponse]


def sentence(refused: Refused) -> str:
    """The sentence of a refusal: that of the lifecycle, or that of its code."""
    return refused.why(lang()) if isinstance(refused, NotNow) else told(refused)


def bad_words(error: BadInput) -> str:
    """What is wrong with what was handed over, and what to do, in the language of the page."""
    what, remedy = error.dutch if lang() == "nl" and error.dutch else (error.what, error.remedy)
    where = f"{error.where}: " if error.where else ""
    return f"{where}{what[:1].upper()}{what[1:]}. {remedy.rstrip('.')}."


def desk_page(view: View) -> View:
    """For who is signed in; what is refused becomes a page with a next step, and never a trace."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            if refused.reason == "no_such_release":
                raise Http404 from None
            status = 409 if refused.reason in ("release_changed", "not_now") else 403
            return render(request, "desk/refused.html", {"sentence": sentence(refused)}, status=status)
        except BadInput as error:
            return render(request, "desk/refused.html", {"sentence": bad_words(error)}, status=400)

    return members_only(guarded)


def version(request: HttpRequest) -> int:
    """The version that the author looked at; 0 for what is none."""
    typed = request.POST.get("version", "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
