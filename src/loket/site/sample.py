"""What the page with every component shows: invented, neutral words, never a duty or an article."""

from __future__ import annotations

from typing import Any

CHOOSE = "Kies ten minste één antwoord."
REAL_NAME = "Gebruik geen echte naam."
CONTACT = {"name": "Organisatie A", "for": "om te overleggen", "phone": "112", "hours": "dag en nacht"}
SOURCE = {"name": "Regeling van een voorbeeld", "at": "artikel 1", "certainty": "tekst van een voorbeelddatum"}
DUTY: dict[str, Any] = {
    "status": "applies",
    "urgent": True,
    "yours": True,
    "what": "Hier staat in één of twee zinnen wat er moet gebeuren.",
    "holder": "Organisatie A",
    "when": "Zo snel mogelijk; geen termijn in de wet",
    "to": "Organisatie B",
    "because": "Hier staat in een zin waarom dit geldt, en op welke antwoorden het rust.",
    "steps": ["De eerste stap.", "De tweede stap, die wat langer is en op een telefoon omloopt.", "De derde."],
    "say": ["Hier staan woorden die u kunt zeggen."],
    "contacts": [CONTACT],
    "do_not": ["Hier staat wat u niet moet doen.", "En nog iets."],
    "sources": [SOURCE],
    "notes": ["Hier staat wat de tekst zegt en wat niet uit te rekenen is."],
}
MAY = {
    "status": "may_apply",
    "what": "Deze stap hangt nog van iets af.",
    "holder": "Organisatie B",
    "when": "Voor 2 januari 2030",
    "depends_on": "Hangt af van: hoe oud is de persoon?",
    "because": "Hier staat waarom dit kan gelden.",
    "sources": [SOURCE],
}
NOT = {
    "status": "does_not_apply",
    "what": "Deze stap hoeft niet.",
    "holder": "Organisatie C",
    "because": "Hier staat welk antwoord de stap uitsluit.",
}
OPTIONS = [
    {"value": "a", "label": "Het eerste antwoord", "checked": True},
    {"value": "b", "label": "Het tweede antwoord, dat veel langer is en dus omloopt", "hint": "Met uitleg."},
    {"value": "c", "label": "Het derde antwoord"},
]
FIELDS: list[dict[str, Any]] = [
    {"kind": "radio", "name": "een", "id": "een", "legend": "Hier staat een vraag?", "big": True, "options": OPTIONS,
     "hint": "Hier staat waarom deze vraag ertoe doet.", "warning": "Vraag dit niet aan de persoon zelf.",
     "unknown": {"value": "unknown", "label": "Weet ik niet"}},
    {"kind": "checkboxes", "name": "twee", "id": "twee", "legend": "Meer dan één mag", "options": OPTIONS,
     "error": CHOOSE, "unknown": {"value": "unknown", "label": "Weet ik niet"}},
    {"kind": "select", "name": "drie", "id": "drie", "legend": "Gemeente", "options": OPTIONS},
    {"kind": "date", "name": "vier", "id": "vier", "legend": "Op welke dag?", "hint": "Mag u leeg laten."},
    {"kind": "text", "name": "vijf", "id": "vijf", "legend": "Een naam voor deze persoon", "error": REAL_NAME},
]  # fmt: skip
SAMPLE: dict[str, Any] = {
    "duties": [DUTY, MAY, NOT],
    "fields": FIELDS,
    "errors": [{"for": "twee", "text": CHOOSE}, {"for": "vijf", "text": REAL_NAME}],
    "steps": [{"head": "Eerst dit", "text": "Met uitleg."}, {"head": "Dan dat"}, "Een stap zonder kop."],
    "statuses": ["applies", "may_apply", "does_not_apply", "urgent", "lead", "note"],
    "contact_line": CONTACT,
    "source_line": SOURCE,
    "hidden": [("finder", "police")],
}
