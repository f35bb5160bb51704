"""The guided tour, in the demo only: be the inspector, then the registrar, then the shelter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.demo import become, only_here
from loket.accounts.pages import form_page
from loket.casework.tour import PARTS, player


@form_page
def tour(request: HttpRequest) -> HttpResponse:
    """The parts of the tour; a button makes one who plays it, and opens the page where it begins."""
    only_here(request)
    if request.method == "POST":
        part = next((one for one in PARTS if one.id == request.POST.get("part")), None)
        found = player(part) if part else None
        if part is None or found is None:
            raise Http404
        become(request, found.membership)
        return redirect(part.page)
    parts = [{"part": part, "player": player(part)} for part in PARTS]
    return render(request, "casework/tour.html", {"parts": parts})
