"""What the pages of casework share: who comes in, how a refusal is told, and words of the content in a language."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from loket.accounts.pages import lang, members_only, told
from loket.audit.who import Refused
from loket.casework import parcel
from loket.casework.access import Denied
from loket.site.wording import wording
from schakel.vocabulary.errors import BadInput

View = Callable[..., HttpResponse]
# The engine names a person by id; on a page of one person that says nothing.
OF_WHOM = re.compile(r" (?:of person|over persoon) '[0-9a-f-]{36}'")
NOT_HELD = ("csrfmiddlewaretoken", parcel.FIELD)
READ = 36  # what is longer than an id is somebody's own words


def sentence(refused: Refused) -> str:
    """The sentence of a refusal: its own where it carries one, or that of its code."""
    return refused.say(lang()) if isinstance(refused, Denied) else told(refused)


def bad_words(error: BadInput) -> str:
    """What is wrong with what was typed, and what to do, in the language of the page."""
    what, remedy = error.dutch if lang() == "nl" and error.dutch else (error.what, error.remedy)
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in (OF_WHOM.sub("", what), remedy) if part)


def case_page(view: View) -> View:
    """For who is signed in; what is refused or wrong becomes a page with a next step, and never a trace."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            if refused.reason == "not_found":
                raise Http404 from None
            return render(request, "casework/refused.html", {"sentence": sentence(refused)}, status=403)
        except BadInput as error:
            return render(request, "casework/refused.html", {"sentence": bad_words(error)}, status=400)

    return _kept(members_only(guarded))


def _kept(view: View) -> View:
    """A form that comes in after the session ended is not lost: it is held, sealed, in the page to sign in on."""

    @functools.wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and not request.FILES:
            said = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_HELD]
            return hold(request, parcel.seal(request.path, said), status=403)
        return view(request, *args, **kwargs)

    return kept


def hold(request: HttpRequest, sealed: str, status: int = 200) -> HttpResponse:
    """The page that holds a sealed form: sign in first, or go on with it."""
    if not request.user.is_authenticated:
        context = {"parcel": sealed, "form": LoginForm(), "minutes": parcel.MINUTES, "expired": status == 403}
        return render(request, "casework/sign_in_first.html", context, status=status)
    try:
        held = parcel.read(sealed)
    except Refused as refused:
        return render(request, "casework/refused.html", {"sentence": sentence(refused)}, status=400)
    context = {"to": held.to, "fields": held.fields, "draft": held.to == reverse("casework:begin"),
               "typed": [value for _, value in held.fields if len(value) > READ]}  # fmt: skip
    return render(request, "casework/go_on.html", context, status=status)


def number(request: HttpRequest, name: str) -> int:
    """A whole number from a form; 0 for what is none."""
    typed = request.POST.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def clash() -> str:
    """What is said when somebody else saved in between: nothing was overwritten, and what was typed is still there."""
    return wording().say("refusals.changed_meanwhile", lang())


def identifier(request: HttpRequest, name: str) -> uuid.UUID:
    """The id of a record from a form; a page that is not there for what is none."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
