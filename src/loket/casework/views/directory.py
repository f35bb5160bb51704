"""The directory: who is there for whom, where, and what is free."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.pages import form_page, lang
from loket.casework.actions import shelter as actions
from loket.casework.forms import care, people
from loket.casework.pages import case_page
from loket.casework.queries import directory
from loket.casework.views.acting import tried, version
from loket.site import paging
from schakel.casework.groups import GROUPS
from schakel.casework.words import name_of
from schakel.mechanism.content import load


@form_page
@case_page
def shown(request: HttpRequest) -> HttpResponse:
    """Every organisation at the counter, by kind, group and region; and what one's own tells of itself."""
    form = people.PlacesForm(request.POST) if request.method == "POST" else None

    def show(error: str = "", status: int = 200) -> HttpResponse:
        return render(request, "casework/directory.html", {**_page(request, form), "error": error}, status=status)

    if form is None:
        return show()
    if not form.is_valid():
        return show(status=400)
    said = form.cleaned_data
    return tried(
        lambda: actions.tell_places(by=request.membership, groups=said["groups"], free=said["free"],
                                    version=version(request)),
        show, lambda: redirect("casework:directory"),
    )  # fmt: skip


def _page(request: HttpRequest, form: people.PlacesForm | None) -> dict[str, Any]:
    """What stands on the page; with what was typed, where that came back."""
    me, asked = request.membership, request.GET
    every = directory.lines()
    rows = directory.shown(by=me, every=every, kind=asked.get("kind", ""), group=asked.get("group", ""),
                           region=asked.get("place", ""))  # fmt: skip
    own = next((one for one in every if str(one.id) == me.organisation), None)
    form = form or people.PlacesForm(initial={"groups": own.groups, "free": own.free} if own else None)
    page = paging.cut(rows, paging.asked(request))
    kept = {name: asked[name] for name in ("kind", "group", "place") if asked.get(name)}
    return {
        "page": page.holding([(one, name_of(load(), one.kind)(lang()), [GROUPS[group](lang()) for group in one.groups])
                              for one in page.rows]),
        "keep": f"{urlencode(kept)}&" if kept else "",
        "filter": people.DirectoryForm(asked, kinds=care.kinds_of({one.kind for one in every})),
        "form": form if me.role == "shelter" or me.manages else None, "own": own,
        "places": directory.sees_places(me),
    }  # fmt: skip
