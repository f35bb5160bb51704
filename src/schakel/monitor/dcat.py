"""The catalogue record of the open data, as JSON-LD in the words of DCAT 3.

It follows DCAT-AP-NL 3.0 of December 2024: the properties that a provider must give (V) and their numbers were read in
the profile and its SHACL shapes (github.com/Geonovum/DCAT-AP-NL30, doc/gen/klassen.md and shapes/300). No validator was
run; a test holds the record against these shapes. What the publisher did not give (contact, licence) is left out and
named, never made up. Who publishes is named as who made the figures (`dct:creator`) too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from schakel.disclosure.protected import ProtectedRelease
from schakel.vocabulary.texts import LANGUAGES, Text

FILE: Final = "dcat.jsonld"
FOLLOWS: Final = "DCAT-AP-NL 3.0 (mandatory properties read; no validator was run)"
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
}  # fmt: skip
PUBLIC: Final = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
THEME: Final = "http://publications.europa.eu/resource/authority/data-theme/JUST"
LANGUAGE: Final = {
    "nl": "http://publications.europa.eu/resource/authority/language/NLD",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
MEDIA: Final = {
    "csv": "text/csv", "json": "application/json", "jsonld": "application/ld+json", "md": "text/markdown",
    "yaml": "application/yaml", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}  # fmt: skip
MEDIA_BASE: Final = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Publisher:
    """Who publishes; what is empty is told as missing."""

    name: str = ""
    address: str = ""
    contact: str = ""
    licence: str = ""
    issued: date | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What a catalogue asks for and was not given."""
        return tuple(name for name in ("name", "address", "contact", "licence", "issued") if not getattr(self, name))


def record(
    release: ProtectedRelease, base: str, publisher: Publisher, files: Sequence[tuple[str, str, Text]]
) -> dict[str, Any]:  # fmt: skip
    """The record of one release. `files` are (name, SHA-256, title) of each file that can be downloaded."""
    spec = release.spec
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"{base}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{base}#dataset",
        "dct:title": _said(spec.title),
        "dct:description": _said(spec.people),
        "dct:accessRights": {"@id": PUBLIC},
        "dcat:theme": {"@id": THEME},
        "dct:language": [{"@id": LANGUAGE[lang]} for lang in LANGUAGES],
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _said(_claim(release))},
        "dct:conformsTo": {"@type": "dct:Standard", "dct:title": FOLLOWS},
        "dcat:distribution": [_distribution(base, publisher, *file) for file in files],
    }
    if spec.period.first and spec.period.last:
        data["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(spec.period.first),
            "dcat:endDate": _day(spec.period.last),
        }
    return data | _publisher(publisher)


def _publisher(publisher: Publisher) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if publisher.name:
        agent = {"@type": "foaf:Agent", "foaf:name": publisher.name}
        found["dct:publisher"] = agent | ({"@id": publisher.address} if publisher.address else {})
        found["dct:creator"] = found["dct:publisher"]
    if publisher.contact:
        mail = {"vcard:hasEmail": {"@id": f"mailto:{publisher.contact}"}}
        found["dcat:contactPoint"] = {"@type": "vcard:Kind", "vcard:fn": publisher.name or publisher.contact} | mail
    if publisher.issued:
        found["dct:issued"] = _day(publisher.issued)
    return found


def _distribution(base: str, publisher: Publisher, name: str, checksum: str, title: Text) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "@id": f"{base}{name}",
        "dct:title": _said(title),
        "dcat:accessURL": {"@id": f"{base}{name}"},
        "dcat:downloadURL": {"@id": f"{base}{name}"},
        "dcat:mediaType": {"@id": MEDIA_BASE + MEDIA[name.rpartition(".")[2]]},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": checksum},
        },
    }
    return found | ({"dct:license": {"@id": publisher.licence}} if publisher.licence else {})


def _claim(release: ProtectedRelease) -> Text:
    told: Mapping[str, str] = release.claims["text"]
    return Text(dict(told))


def _said(words: Text) -> list[dict[str, str]]:
    return [{"@value": words(lang), "@language": lang} for lang in LANGUAGES]


def _day(day: date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}
