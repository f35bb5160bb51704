"""Who works at the counter of the measurement: organisations of every kind and region, and people in their roles."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils import timezone

from loket.accounts import queries
from loket.accounts.models import Membership, Organisation, User
from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import SERVER
from loket.casework.directory import Directory
from loket.casework.models import Places
from schakel.mechanism.content import load

# Kinds that nobody of works at the counter: their duties are for the registration point to place.
NOBODY = ("anyone", "svb", "tax-allowances", "foreign-affairs", "dtv", "iom")
REGIONAL = ("care-coordinator", "shelter", "police", "veilig-thuis")
ROLES = {"comensha": "registrar", "care-coordinator": "care_coordinator", "shelter": "shelter", "lawyer": "lawyer",
         "victim-support": "victim_support", "prosecution": "prosecutor", "nidos": "guardian"}  # fmt: skip
PEOPLE = {"comensha": 20, "police": 4, "labour-inspectorate": 20, "kmar": 10, "lawyer": 10, "nidos": 10}
OWN = 10  # people who are registered themselves, and have an account


@dataclass
class House:
    """The people, by kind of organisation and by role; and who holds the duties of a kind, as the site finds them."""

    members: list[Member]
    of_kind: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    of_role: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.members:
            self.of_kind[one.organisation_kind].append(one)
            self.of_role[one.role].append(one)
        self.directory = Directory.now(load().organisations)
        self.registrars = [one for one in self.of_role["registrar"] if one.organisation == str(self.directory.registry)]
        assert any(self.directory.entries.values()), "nobody works here"  # read now: filling has the database alone
        self.lead = cache(self.directory.receiver)

    def holder(self, kind: str, case: Any) -> tuple[str | None, str | None]:
        """As `actions.duties` does it: the finder's organisation has its own duties, the directory names the others."""
        if kind in (case.by.organisation_kind, "finder"):
            return case.by.organisation.replace("-", ""), case.by.membership.replace("-", "")
        found = self.lead(kind, case.plan.municipality)
        return found and found.hex, None


def settle() -> House:
    """The organisations and people, made in one transaction with its entry in the log."""
    with act(by=SERVER, purpose="demo") as trail:
        regions = {one.safety_region: one.safety_region_name for one in load().places.municipalities}
        for kind in load().organisations:
            if kind not in NOBODY:
                _organisation(f"{kind} voorbeeld", kind, "")
        for code, name in sorted(regions.items()):
            for kind in REGIONAL:
                _organisation(f"{kind} {name}", kind, code)
        trail.note("demo.filled", place="house")
    with act(by=SERVER, purpose="demo") as trail:
        place = Organisation.objects.get(kind="victim-support", region="")
        for number in range(OWN):
            _member(place, "person", f"Eigen toegang {number}")
        trail.note("demo.filled", place="own")
    return known()


def _organisation(name: str, kind: str, region: str) -> None:
    place = Organisation.objects.create(name=name, kind=kind, region=region, admitted_at=timezone.now())
    people = [_member(place, ROLES.get(kind, "finder"), f"{name} {number}") for number in range(PEOPLE.get(kind, 2))]
    if kind == "shelter":
        Places.objects.create(organisation=place, groups="women", free=3, told_at=timezone.now(), told_by=people[0])


def _member(place: Organisation, role: str, name: str) -> User:
    user = User(email=f"{uuid.uuid4().hex[:12]}@voorbeeld.example", name=name)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, organisation=place, role=role, since=timezone.now())
    return user


def known() -> House:
    """The people who are there."""
    rows = Membership.objects.select_related("user", "organisation", "unit")
    return House([queries.acting(row) for row in rows.order_by("organisation__name", "user__name")])
