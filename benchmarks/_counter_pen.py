"""How a row is written down: sealed, indexed and in the log as the site does it, some ten times as fast.

`Pen.seal`, `Pen.stand_in` and `Pen.entry` are `cipher.seal`, `vault.queries.stand_in` and `chain.digest` written out
for millions of rows, with Django's objects passed by. `Pen.check` compares the first two with the site's own functions;
the chain is followed by the site, and what was filled is read through it, after filling.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.db.models import AutoField, Model

from loket.audit.actions import HOUSE
from loket.audit.models import Entry
from loket.casework import models, naming
from loket.vault import boxes, cipher
from loket.vault.keyfile import ring
from loket.vault.models import BlindIndex, Subject
from loket.vault.queries import stand_in
from schakel.casework.person import Identity
from schakel.mechanism.content import load

Row = tuple[Any, ...]


class Table:
    """One table: its columns, and rows with the defaults of the model where nothing is said."""

    def __init__(self, model: type[Model]) -> None:
        fields = [one for one in model._meta.concrete_fields if not isinstance(one, AutoField)]
        self.name, self.label = model._meta.db_table, model._meta.label_lower
        self.columns = tuple(one.column for one in fields)
        self.at = {one.attname: place for place, one in enumerate(fields)}
        self.blank = [plain(None if one.primary_key else one.get_default()) for one in fields]

    def frame(self, values: dict[str, Any], on: list[Any] | None = None) -> list[Any]:
        made = (on or self.blank).copy()
        for name, value in values.items():
            made[self.at[name]] = value
        return made


def plain(value: Any) -> Any:
    """A value as SQLite holds it; PostgreSQL reads the same words."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, list | dict) else value


TABLES = {model: Table(model) for model in (
    Subject, BlindIndex, models.Encounter, models.Person, models.Report, models.Registration, models.Step, models.Task,
    models.TaskChange, models.Ground, models.Referral, models.ReferralStep, models.Placement, models.PlacementAnswer,
    models.Representation, Entry,
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """A person as the vault sees one, the key in the open for as long as the rows are made. Ids are hexadecimal."""

    person: str
    dashed: str
    head: bytes
    box: AESGCMSIV
    stand_in: str


def dashed(name: str) -> str:
    return f"{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}"


class Pen:
    """Writes rows down, table by table, and the entries of the log after them in one chain."""

    def __init__(self, chance: random.Random, head: tuple[int, str]) -> None:
        self.chance, self.rows = chance, defaultdict(list)
        self.number, self.before = head
        self.ring, self.protocol = ring(), load().fingerprint
        self.check()

    def new(self) -> str:
        """A random id (UUID of version 4), in hexadecimal."""
        bits = f"{self.chance.getrandbits(128):032x}"
        return f"{bits[:12]}4{bits[13:16]}{'89ab'[int(bits[16], 16) & 3]}{bits[17:]}"

    def subject(self, at: str) -> Key:
        person, key = self.new(), self.chance.randbytes(cipher.KEY_BYTES)
        name = dashed(person)
        wrapped = cipher.seal(self.ring.newest, key, boxes.wrapping(name))
        row = TABLES[Subject].frame({"id": person, "wrapped": wrapped, "made_at": at})
        self.rows[Subject].append(row)
        head = cipher.VERSION + cipher.key_id(key)
        return Key(person, name, head, AESGCMSIV(key), self.stand_in("subject", name))

    def seal(self, key: Key, text: bytes, label: str, pk: str, column: str) -> bytes:
        nonce = os.urandom(cipher.NONCE_BYTES)
        place = f'["{label}","{dashed(pk)}","{column}","{key.dashed}"]'.encode()
        return key.head + nonce + key.box.encrypt(nonce, text, place)

    def add(self, model: type[Model], key: Key, frame: list[Any] | None = None, sealed: Any = (), **said: Any) -> str:
        """One row with an id of its own; what is `sealed` is sealed with the key of the person, for its own place."""
        table, pk = TABLES[model], self.new()
        row, at = (frame or table.blank).copy(), table.at
        for name, value in said.items():
            row[at[name]] = value
        row[at["id"]] = pk
        if "subject_id" in at:
            row[at["subject_id"]] = key.person
        for name, text in sealed:
            row[at[name]] = self.seal(key, text, table.label, pk, name)
        self.rows[model].append(row)
        return pk

    def index(self, key: Key, identity: Identity) -> None:
        for word in {(one.kind, one.digest(self.ring.index)) for one in naming.words(identity) if one.said}:
            self.rows[BlindIndex].append(
                TABLES[BlindIndex].frame({"subject_id": key.person, "kind": word[0], "digest": word[1]})
            )

    def stand_in(self, kind: str, thing: str) -> str:
        return hmac.digest(self.ring.index, f'["audit","{kind}","{thing}"]'.encode(), "sha256").hex()[:32]

    def entry(
        self, at: str, by: Any, event: str, kind: str, thing: str, key: Key, relation: str = "", place: str = "",
        purpose: str = "registration",
    ) -> None:  # fmt: skip
        """One entry of the log, after the one before it. `at` as the database has it; the chain writes it with a T."""
        self.number += 1
        known, written = self.stand_in(kind, dashed(thing)), f"{at[:10]}T{at[11:]}+00:00"
        text = (
            f'{{"at":"{written}","chain":"{HOUSE}","client":"counter","emergency":false,"event":"{event}","ground":"",'
            f'"number":{self.number},"object":"{known}","object_kind":"{kind}","on_behalf_of":"",'
            f'"organisation":"{by.organisation}","outcome":"done","place":"{place}","predecessor":"{self.before}",'
            f'"protocol":"{self.protocol}","purpose":"{purpose}","reason":"","relation":"{relation}",'
            f'"role":"{by.role}","subject":"{key.stand_in}","user":"{by.user}"}}'
        )
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.rows[Entry].append(TABLES[Entry].frame({
            "chain": HOUSE, "number": self.number, "at": at, "event": event, "outcome": "done", "user": by.user,
            "organisation": by.organisation, "role": by.role, "client": "counter", "purpose": purpose,
            "relation": relation, "protocol": self.protocol, "object_kind": kind, "object": known,
            "subject": key.stand_in, "place": place, "predecessor": self.before, "digest": digest, "reason": "",
            "on_behalf_of": "", "ground": "", "emergency": 0,
        }))  # fmt: skip
        self.before = digest

    def check(self) -> None:
        """What is written out here is what the site's own functions write."""
        name = self.new()
        assert uuid.UUID(name).version == 4
        assert str(uuid.UUID(name)) == dashed(name)
        assert self.stand_in("task", dashed(name)) == stand_in("task", uuid.UUID(name))
        key = cipher.new_key()
        one = Key(name, dashed(name), cipher.VERSION + cipher.key_id(key), AESGCMSIV(key), "")
        sealed = self.seal(one, "één".encode(), "casework.task", name, "why")
        place = cipher.place("casework.task", dashed(name), "why", dashed(name))
        assert cipher.unseal({cipher.key_id(key): key}, sealed, place).decode() == "één"
