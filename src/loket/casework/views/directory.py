"""The directory: who is there for whom, where, and what is free."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.pages import form_page, lang
from loket.casework.actions import shelter as actions
from loket.casework.forms import care, people
from loket.casework.pages import case_page
from loket.casework.queries import directory
from loket.casework.views.acting import tried, version
from schakel.casework.groups import GROUPS
from schakel.casework.words import name_of
from schakel.mechanism.content import load


@form_page
@case_page
def shown(request: HttpRequest) -> HttpResponse:
    """Every organisation at the counter, by kind, group and region; and what one's own tells of itself."""
    me, asked = request.membership, request.GET
    every = directory.lines()
    rows = directory.shown(by=me, every=every, kind=asked.get("kind", ""), group=asked.get("group", ""),
                           region=asked.get("place", ""))  # fmt: skip
    own = next((one for one in every if str(one.id) == me.organisation), None)
    tells = me.role == "shelter" or me.manages
    form = people.PlacesForm(request.POST or None, initial={"groups": own.groups, "free": own.free} if own else None)
    context = {
        "rows": [(one, name_of(load(), one.kind)(lang()), [GROUPS[group](lang()) for group in one.groups])
                 for one in rows],
        "filter": people.DirectoryForm(asked, kinds=care.kinds_of({one.kind for one in every})),
        "form": form if tells else None, "own": own, "places": directory.sees_places(me),
    }  # fmt: skip

    def show(error: str = "", status: int = 200) -> HttpResponse:
        return render(request, "casework/directory.html", {**context, "error": error}, status=status)

    if request.method != "POST":
        return show()
    if not form.is_valid():
        return show(status=400)
    return tried(
        lambda: actions.tell_places(by=me, groups=form.cleaned_data["groups"], free=form.cleaned_data["free"],
                                    version=version(request)),
        show, lambda: redirect("casework:directory"),
    )  # fmt: skip
