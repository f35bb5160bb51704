"""The addresses of the public figures. They stay: no publication is replaced, and a withdrawn one keeps its page."""

from __future__ import annotations

from django.urls import path

from loket.monitor.views import downloads, pages

app_name = "figures"
urlpatterns = [
    path("", pages.start, name="start"),
    path("gepubliceerd/factsheet-<int:year>.pdf", downloads.published_factsheet, name="published_factsheet"),
    path("gepubliceerd/<slug:name>/", pages.series, name="series"),
    path("begrippen/", pages.notions, name="notions"),
    path("sleutel.pem", downloads.public_key, name="public_key"),
    path("<slug:name>/", pages.publication, name="publication"),
    path("<slug:name>/herzieningen/", pages.revisions, name="revisions"),
    path("<slug:name>/factsheet-<int:year>.pdf", downloads.factsheet, name="factsheet"),
    path("<slug:name>/bestanden/<str:file>", downloads.file, name="file"),
    path("<slug:name>/<str:table>/", pages.table, name="table"),
    path("<slug:name>/<str:table>/selectie.csv", downloads.selection_csv, name="selection"),
]
