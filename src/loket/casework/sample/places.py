"""The invented organisations that the demo country has beside those of `loket.accounts.sample`, and who works there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from loket.accounts import queries
from loket.accounts.models import Membership, Organisation, User
from loket.accounts.people import Member
from loket.audit.actions import act
from loket.audit.who import SERVER

# name, kind of organisation in the content, region; then name and role
MORE = (
    ("Gemeente voorbeeld", "municipality", "", (("Toezichthouder 1", "finder"),)),
    ("Jeugdhulp voorbeeld", "youth-care-provider", "", (("Jeugdwerker 1", "finder"),)),
    ("Opvang voorbeeld Oost", "shelter", "", (("Opvang 2", "shelter"),)),
    ("Veilig Thuis voorbeeld", "veilig-thuis", "", (("Medewerker 1", "care_coordinator"),)),
    ("Voogdij voorbeeld", "nidos", "", (("Voogd 1", "guardian"),)),
    ("Advocatuur voorbeeld", "lawyer", "", (("Advocaat 1", "lawyer"),)),
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Who plays which part, by the kind of their organisation (the first of each), and by their name."""

    members: tuple[Member, ...]

    def at(self, kind: str) -> Member:
        return next(one for one in self.members if one.organisation_kind == kind)

    def has(self, kind: str) -> bool:
        return any(one.organisation_kind == kind for one in self.members)

    def in_role(self, role: str) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.role == role)


def cast() -> Cast:
    """Everybody of the demo, the organisations above made first."""
    with act(by=SERVER, purpose="demo") as trail:
        for name, kind, region, people in MORE:
            if not Organisation.objects.filter(name=name).exists():
                _admit(name, kind, region, people)
                trail.note("accounts.admit_organisation", kind="organisation")
    rows = Membership.objects.filter(until=None, organisation__ended_at=None).order_by(
        "organisation__name", "user__name", "pk"
    )
    rows = rows.select_related("user", "organisation", "unit").exclude(role__in=("auditor", "key_keeper"))
    return Cast(tuple(queries.acting(row) for row in rows))


def _admit(name: str, kind: str, region: str, people: tuple[tuple[str, str], ...]) -> None:
    now = timezone.now()
    place = Organisation.objects.create(name=name, kind=kind, region=region, admitted_at=now)
    for person, role in people:
        user = User(email=f"{person.replace(' ', '-').lower()}@demo.example", name=person)
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, organisation=place, role=role, manages=True, since=now)
