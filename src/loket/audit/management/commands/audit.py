"""`loket audit verify`: does the chain hold? `loket audit export`: what was done with the data of one person."""

from __future__ import annotations

import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loket.audit import account, queries
from loket.audit.actions import record
from loket.audit.who import SERVER
from loket.site.wording import wording


class Command(BaseCommand):
    help = "The log of what was done, read and refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        verify = asked.add_parser("verify", help="follow the chain from its start; exit code 1 where it breaks")
        verify.add_argument("--head", action="append", default=[], metavar="NUMBER:DIGEST", help="a head noted before")
        verify.add_argument("--json", action="store_true", help="as data")
        export = asked.add_parser("export", help="what was done with the data of one person, as sentences")
        export.add_argument("subject", help="the id of the person in the vault")
        export.add_argument("--lang", choices=("nl", "en"), default="nl")

    def handle(self, *args: Any, asked: str, **options: Any) -> None:
        (self.verify if asked == "verify" else self.export)(**options)

    def verify(self, head: list[str], json: bool, **_: Any) -> None:
        verdict = queries.verdict(dict(map(noted, head)))
        if json:
            self.stdout.write(as_json(verdict))
        elif verdict.holds:
            self.stdout.write(f"The chain holds: {verdict.entries} entries. Head: {verdict.entries}:{verdict.head}")
        if not verdict.holds:
            raise CommandError(f"The chain breaks at {verdict.broken_at}: {verdict.why}.", returncode=1)

    def export(self, subject: str, lang: str, **_: Any) -> None:
        try:
            person = uuid.UUID(subject)
        except ValueError as error:
            raise CommandError(
                f"{subject!r} is no id of a person: it looks like {uuid.UUID(int=0)}.", returncode=2
            ) from error
        # To look into the log is itself something that was done with this person's data.
        record("log.read", by=SERVER, kind="log", subject=person, purpose="account_to_the_person")
        told = account.sentences(queries.about(person), lang)
        self.stdout.write(wording().say("audit.title", lang))
        self.stdout.write("\n".join(f"- {sentence}" for sentence in told))


def noted(text: str) -> tuple[int, str]:
    """A head as it was printed before. Raises CommandError if it is not one."""
    number, _, digest = text.partition(":")
    if not (number.isdigit() and len(digest) == 64):
        raise CommandError(
            f"{text!r} is no head: it is what `loket audit verify` printed, NUMBER:DIGEST.", returncode=2
        )
    return int(number), digest


def as_json(verdict: Any) -> str:
    said = {"chain": verdict.chain, "entries": verdict.entries, "head": verdict.head, "holds": verdict.holds}
    return json.dumps({**said, "broken_at": verdict.broken_at, "why": verdict.why})
