"""The invented organisations and people of the demo. Neutral names, no passwords: the demo sign-in needs none."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from loket.accounts.models import Membership, Organisation, User
from loket.audit.actions import act
from loket.audit.who import SERVER

# name, kind of organisation in the content, region; then name, role and whether they manage the accounts
DEMO = (
    ("Meldpunt voorbeeld", "comensha", "", (
        ("Registrator 1", "registrar", True), ("Sleutelbeheerder 1", "key_keeper", False),
    )),
    ("Inspectie voorbeeld", "labour-inspectorate", "", (
        ("Inspecteur 1", "finder", True), ("Inspecteur 2", "finder", False),
    )),
    ("Politie voorbeeld", "police", "Noord", (("Rechercheur 1", "finder", True),)),
    ("Zorgcoördinatie voorbeeld", "care-coordinator", "Noord", (("Zorgcoördinator 1", "care_coordinator", True),)),
    ("Opvang voorbeeld", "shelter", "Noord", (("Opvang 1", "shelter", True),)),
    ("Toezicht voorbeeld", "comensha", "", (("Auditor 1", "auditor", True),)),
    ("Nationaal Rapporteur voorbeeld", "national-rapporteur", "", (("Onderzoeker 1", "researcher", True),)),
)  # fmt: skip


def fill() -> int:
    """Make the demo's people if there is nobody yet; how many. Only where the demo sign-in is on."""
    if not settings.LOKET_DEMO_SIGN_IN or Organisation.objects.exists():
        return 0
    made = 0
    with act(by=SERVER, purpose="demo") as trail:
        now = timezone.now()
        for name, kind, region, people in DEMO:
            place = Organisation.objects.create(name=name, kind=kind, region=region, admitted_at=now)
            for person, role, manages in people:
                address = f"{person.replace(' ', '-').lower()}@demo.example".replace("ö", "o")
                user = User(email=address, name=person)
                user.set_unusable_password()
                user.save()
                Membership.objects.create(user=user, organisation=place, role=role, manages=manages, since=now)
                made += 1
        trail.note("demo.filled", place=f"people {made}")
    return made
