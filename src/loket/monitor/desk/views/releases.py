"""The releases of an organisation, and one of them, with what can be done now."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loket.accounts.pages import form_page, lang
from loket.audit.who import Refused
from loket.monitor.desk import actions, kept, queries
from loket.monitor.desk.forms import HandOver, SignForm, WithdrawForm
from loket.monitor.desk.pages import bad_words, desk_page, sentence
from loket.monitor.desk.states import cycle
from loket.monitor.desk.who import must_read
from loket.site.uploads import file_page
from schakel.disclosure.protect import STAGES
from schakel.monitor.opendata import figure_title
from schakel.monitor.show import table
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text


@require_safe
@desk_page
def releases(request: HttpRequest) -> HttpResponse:
    """Everything on its way, and what was published. Whatever should be destroyed by now, is."""
    me = request.membership  # type: ignore[attr-defined]
    found = queries.releases(by=me)
    if actions.destroy_overdue():
        found = queries.releases(by=me)
    return render(request, "desk/releases.html", {"releases": found, "states": _states()})


@file_page(desk_page)
@form_page
def hand_over(request: HttpRequest) -> HttpResponse:
    """A file comes in, and counts are all that stays of it."""
    me = request.membership  # type: ignore[attr-defined]
    must_read(me, "desk.hand_over", kind="release")
    form = HandOver(request.POST or None, published=list(queries.published_names()))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("desk:release", actions.hand_over(by=me, upload=_upload(request, form.cleaned_data)).pk)
        except BadInput as error:
            problem = bad_words(error)
        except Refused as refused:
            problem = sentence(refused)
    context = {"form": form, "problem": problem, "days": actions.DAYS_KEPT}
    return render(request, "desk/hand_over.html", context, status=400 if problem or form.errors else 200)


def _upload(request: HttpRequest, said: dict[str, Any]) -> kept.Upload:
    """What was handed over, in memory. Raises `BadInput` where there is no file or it cannot be used."""
    file, spec = request.FILES.get("data"), request.FILES.get("spec")
    if file is None or not file.name:
        raise kept.no_file()
    return kept.take_in(
        file.read(), file.name, spec.read() if spec else None, name=said["release_name"],
        title=text({"nl": said["title_nl"], "en": said["title_en"]}), years=said["years"] or None,
        earlier=kept.earlier_of(actions.folder(), said.get("earlier", ())),
    )  # fmt: skip


@require_safe
@desk_page
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One release: how far it is, what the attack found, and what can be done. Each look is in the log."""
    return show(request, pk)


def show(request: HttpRequest, pk: uuid.UUID, status: int = 200, **forms: Any) -> HttpResponse:
    me = request.membership  # type: ignore[attr-defined]
    one = queries.release(by=me, draft=pk)
    if not one.published:
        actions.looked(by=me, draft=pk, place="attack")
    report = one.report.get(lang(), {})
    context = {
        "one": one, "title": one.title[lang()], "state": cycle().states[one.state].name(lang()),
        "stages": _stages(one.stage), "problem": one.report.get("problem"), "problem_text": _problem(one.report),
        "author": report.get("author_only", {}), "told": report, "sign": SignForm(), "withdraw": WithdrawForm(),
        "modes": [mode for mode in ("rounding", "suppression") if mode != one.mode],
    }  # fmt: skip
    return render(request, "desk/release.html", {**context, **forms}, status=status)


def _problem(report: dict[str, Any]) -> str:
    return str(report.get("problem", {}).get(lang(), "")) if "problem" in report else ""


def _stages(now: str) -> list[tuple[str, str]]:
    """The stages of the work, each done, busy or still to come."""
    names = ("read", *STAGES)
    here = names.index(now) if now in names else -1
    return [(name, "done" if n < here else "busy" if n == here else "later") for n, name in enumerate(names[:3])]


@require_safe
@desk_page
def tables(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The tables exactly as they would be published. Each look is in the log."""
    me = request.membership  # type: ignore[attr-defined]
    found = queries.tables(by=me, draft=pk)
    actions.looked(by=me, draft=pk, place="tables")
    shown = [(figure_title(found, name)(lang()), table(found, name, lang())) for name in found.tables]
    return render(request, "desk/tables.html", {"pk": pk, "tables": shown, "claim": found.claims["text"][lang()]})


def _states() -> dict[str, str]:
    return {name: state.name(lang()) for name, state in cycle().states.items()}
