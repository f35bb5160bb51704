"""What the demo shows of figures: one publication of the synthetic country, signed by an invented researcher."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from loket.audit.actions import record
from loket.audit.who import SERVER
from loket.monitor.desk import kept
from loket.monitor.desk.seals import release_key, show_public
from schakel.disclosure.seal import seed_of
from schakel.monitor import publishing
from schakel.monitor.dcat import Publisher
from schakel.monitor.factsheet_synthetic import synthetic_figures
from schakel.monitor.opendata import open_data
from schakel.monitor.publications import Signature
from schakel.monitor.release import YEARLY
from schakel.vocabulary.errors import BadInput

NAME, YEARS = "synthetic-2016-2024", tuple(range(2016, 2025))
SIGNER, ORGANISATION = "Onderzoeker 1", "Nationaal Rapporteur voorbeeld"
ADDRESS = "http://127.0.0.1:8000/nl/cijfers/{name}/bestanden/"


def fill() -> int:
    """Publish the figures of the synthetic country, if nothing was published yet; how many publications that made.

    Only where the demo sign-in is on. Nothing where an extra that it needs is not installed.
    """
    folder = Path(settings.LOKET_RELEASES)
    if not settings.LOKET_DEMO_SIGN_IN or publishing.publications(folder):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    key, today = release_key(), timezone.localdate()
    try:
        made = synthetic_figures((*YEARLY, *kept.MORE), YEARS, name=NAME, seed=seed_of(key, NAME), key=key)
    except BadInput:
        return 0
    files = open_data(made, ADDRESS.format(name=NAME), Publisher(ORGANISATION, "", "", "", today))
    publishing.publish(folder, made, Signature(SIGNER, ORGANISATION, today), today, files, key)
    show_public()
    record("demo.filled", by=SERVER, purpose="demo", place="publications 1")
    return 1
