"""`loket accounts first`: the very first organisation, and the link for its first person. The rest is done on pages.

A link that was lost is made anew by the same command, as long as nobody came in.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from loket.accounts import actions
from loket.accounts.roles import ROLES
from loket.audit.who import Refused
from loket.site.wording import wording
from schakel.mechanism.content import load


class Command(BaseCommand):
    help = "The first way in: an organisation and an invitation for who will keep the keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        first = asked.add_parser("first", help="admit an organisation and invite its first person")
        first.add_argument("--organisation", required=True, help="its name")
        first.add_argument("--kind", required=True, help="the id of its kind in the content, such as comensha")
        first.add_argument("--email", required=True, help="of the person who is invited")
        first.add_argument("--role", default="key_keeper", help="their role (key_keeper)")

    def handle(self, *args: Any, organisation: str, kind: str, email: str, role: str, **options: Any) -> None:
        if kind not in load().organisations:
            raise CommandError(f"The content knows no kind {kind!r}: take an id from it, such as comensha.",
                               returncode=2)  # fmt: skip
        if role not in ROLES:
            raise CommandError(f"There is no role {role!r}: one of {', '.join(ROLES)}.", returncode=2)
        try:
            secret = actions.first_way_in(name=organisation, kind=kind, email=email, role=role)
        except Refused as refused:
            raise CommandError(wording().say(f"refusals.{refused.reason}", "en"), returncode=2) from refused
        path = reverse("accounts:invitation", args=[secret])
        self.stdout.write(f"Open this path on the site, once, within {actions.INVITATION_DAYS} days:\n{path}")
        self.stdout.write("Lost it? Run this again: it makes another, and this one leads nowhere then.")
