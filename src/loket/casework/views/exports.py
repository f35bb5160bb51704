"""Giving out rows by the names of HTCDS 2.0, to one kind of receiver for one purpose, through the sharing rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.accounts.pages import form_page
from loket.audit.who import Refused
from loket.casework.forms.exchange import ExportForm
from loket.casework.pages import bad_words, case_page, sentence
from loket.casework.queries.exports import export
from schakel.casework.cells import as_csv
from schakel.vocabulary.errors import BadInput

BOM = "\ufeff"


@form_page
@case_page
def exports(request: HttpRequest) -> HttpResponse:
    """Choose a receiver and a purpose; first what would go is counted, then the file can be saved."""
    form, found = ExportForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            found = export(
                by=request.membership, receiver_kind=said["export_to"],  # type: ignore[attr-defined]
                purpose=said["export_for"], since=said["export_since"], until=said["export_until"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, sentence(refused))
        except BadInput as error:
            form.add_error("export_until", bad_words(error))
        else:
            if "save" in request.POST:
                return _file(as_csv(found.columns, found.rows))
    return render(request, "casework/exports.html", {"form": form, "found": found}, status=400 if form.errors else 200)


def _file(words: str) -> HttpResponse:
    response = HttpResponse(BOM + words, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="htcds.csv"'
    return response
