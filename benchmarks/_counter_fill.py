"""Fill an empty database with so many registrations, the same in SQLite and in PostgreSQL, in minutes.

Rows are made once and go to both: into SQLite by `executemany`, into PostgreSQL by COPY. The indexes of the large
tables are taken off and made again at the end, as after a restore. What was filled is noted in the folder, so that a
run that is started again goes on with it.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import _counter_care as care
import _counter_country as simulated
import psycopg
from _counter_house import House
from _counter_pen import TABLES, Pen, Table
from _counter_rows import Case, moment, several, write

from loket.accounts.models import Membership, Organisation, User
from loket.audit import queries as log
from loket.audit.models import Entry
from loket.casework.models import Places

AT_ONCE = 400  # encounters that are written together
MEETINGS = 200  # simulated meetings with a plan of their own, of recent cases and of older ones each
RECENT, OLDER = (0, 150), (150, 900)  # days ago
# States, and how many of a thousand; a count without identity has no other end than `counted`.
STATES = {"draft": 5, "submitted": 10, "returned": 5, "accepted": 120, "counted": 130, "declined": 30, "withdrawn": 20,
          "closed": 680}  # fmt: skip
HOUSE = (Organisation, User, Membership, Places, Entry)
OPEN = ("draft", "submitted", "returned", "accepted")


def cases(count: int, seed: int, house: House, today: date) -> Iterator[Case]:
    """So many registrations: one encounter after another, one in twenty-five with several persons."""
    chance, made = random.Random(seed), simulated.country(count, seed)
    people = simulated.identities(made)
    recent = simulated.plans(made, MEETINGS, RECENT, today, seed)
    older = simulated.plans(made, MEETINGS, OLDER, today, seed + 1)
    left = count
    while left:
        state = chance.choices(list(STATES), list(STATES.values()))[0]
        plan = chance.choice(recent if state in OPEN else older)
        many = min(left, chance.randrange(2, 11) if chance.random() < 0.04 else 1)
        who: tuple[Any, ...] = several(people, many)
        if state == "counted" or (state in ("draft", "submitted") and chance.random() < 0.15):
            who = (None,) * many
        by = reporter(house, plan.who, chance)
        yield Case(plan, by, chance.choice(house.registrars), who, state, moment(plan.found_on, chance))
        left -= many


def reporter(house: House, who: str, chance: random.Random) -> Any:
    """Somebody of the organisation that this kind of finder works for, where they report themselves."""
    facts = simulated.load().facts["finder"]
    kind = facts.value(who).organisation if who in facts.value_ids else ""
    found = [one for one in house.of_kind.get(kind, ()) if one.role == "finder"]
    return chance.choice(found or house.of_role["finder"])


def fill(count: int, seed: int, house: House, file: Path, server: str = "") -> int:
    """Write so many registrations into a SQLite file, and into a PostgreSQL database beside it; how many rows.

    Both have their tables; the house stands in SQLite and is copied.
    """
    pen = Pen(random.Random(seed), log.head())
    speakers = [one for role in ("person", "guardian", "lawyer") for one in house.of_role[role]]
    rows = 0
    with closing(Writer(file, server)) as writer:
        writer.copy_house()
        for number, case in enumerate(cases(count, seed, house, date.today()), 1):  # noqa: DTZ011
            for row, key in write(pen, case, house.holder):
                care.care(pen, case, row, key, house)
                if case.state == "accepted" and speakers:
                    care.speaks_for(pen, row, key, speakers.pop(0), case.at.date() - timedelta(days=1))
            if number % AT_ONCE == 0:
                rows += writer.write(pen.rows)
        rows += writer.write(pen.rows)
        writer.finish()
    return rows


class Writer:
    """Both databases, with the indexes of the large tables off until it is finished."""

    def __init__(self, file: Path, server: Any) -> None:
        self.file = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000", "locking_mode=EXCLUSIVE",
                       "foreign_keys=OFF"):  # fmt: skip
            self.file.execute(f"PRAGMA {pragma}")
        self.server = psycopg.connect(server) if server else None
        names = ", ".join(f"'{one.name}'" for one in TABLES.values())
        asked = f"SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name IN ({names})"  # noqa: S608
        self.indexes = self.file.execute(asked).fetchall()
        for name, _ in self.indexes:
            self.file.execute(f'DROP INDEX "{name}"')
        self.server_indexes = self._bare_server(names) if self.server else []

    def _bare_server(self, names: str) -> list[tuple[str, str]]:
        """Indexes of no constraint go; keys between tables are not looked at while copying (SQLite looks, after)."""
        assert self.server
        self.server.execute("SET session_replication_role = replica; SET timezone = 'UTC';"
                            "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")  # fmt: skip
        asked = (
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({names}) AND indexname NOT IN"  # noqa: S608
            " (SELECT conname FROM pg_constraint)"
        )
        found = self.server.execute(asked).fetchall()
        for name, _ in found:
            self.server.execute(f'DROP INDEX "{name}"')  # type: ignore[arg-type]
        return found

    def copy_house(self) -> None:
        """Organisations, people and the log so far, as they stand in SQLite."""
        for table in map(Table, HOUSE) if self.server else ():
            names = ", ".join(f'"{one}"' for one in table.columns)
            found = self.file.execute(f'SELECT {names} FROM "{table.name}"').fetchall()  # noqa: S608
            self._copy(table, names, found)

    def _copy(self, table: Table, names: str, rows: Any) -> None:
        if self.server:
            with self.server.cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:  # type: ignore[arg-type]
                copy.write("".join(map(line, rows)))

    def write(self, rows: Any) -> int:
        """What the pen wrote since; it starts anew."""
        self.file.execute("BEGIN")
        for model, found in rows.items():
            table = TABLES[model]
            marks = ", ".join("?" * len(table.columns))
            names = ", ".join(f'"{one}"' for one in table.columns)
            self.file.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', found)  # noqa: S608
            self._copy(table, names, found)
        self.file.execute("COMMIT")
        written = sum(map(len, rows.values()))
        rows.clear()
        return written

    def finish(self) -> None:
        for _, sql in self.indexes:
            self.file.execute(sql)
        self.file.execute("PRAGMA analysis_limit=1000")
        self.file.execute("ANALYZE")  # as `loket worker` does once an hour
        broken = self.file.execute("PRAGMA foreign_key_check").fetchmany(3)
        assert not broken, broken
        if self.server:
            for _, sql in self.server_indexes:
                self.server.execute(sql)
            self.server.commit()
            self.server.autocommit = True
            self.server.execute("VACUUM ANALYZE")

    def close(self) -> None:
        self.file.close()
        if self.server:
            self.server.close()


def line(row: tuple[Any, ...]) -> str:
    """One row as COPY reads it."""
    return "\t".join(map(cell, row)) + "\n"


def cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    text = str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") if "\\" in text else text
