"""Filling the demo: the organisations, their places, and some months of a synthetic country."""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from loket.casework.actions import drafting, referral, shelter
from loket.casework.models import Encounter
from loket.casework.sample.course import Course
from loket.casework.sample.people import SEED, meetings, synthetic
from loket.casework.sample.places import Cast, cast
from loket.casework.sample.stories import stories

MEETINGS = 14
DRAFT = {
    "who": "labour_inspector", "shared": {"indication": "yes", "form": ["labour"], "sector": ["transport_shipping"]},
    "persons": [{"id": "1", "facts": {"age": "adult"}}],
}  # fmt: skip


def fill() -> int:
    """Make the demo country if there is no case yet; how many encounters. Only where the demo sign-in is on.

    An installation without the libraries of the simulation (a server for the counter alone) has people and no cases.
    """
    if not settings.LOKET_DEMO_SIGN_IN or find_spec("pandas") is None or Encounter.objects.exists():
        return 0
    with transaction.atomic():  # all of it or nothing, and one wait for the disk
        made(MEETINGS)
    return Encounter.objects.count()


def made(most: int, seed: int = SEED) -> tuple[Counter[str], Counter[str]]:
    """The demo country with so many meetings beside the two stories; the steps taken, and those that were stopped."""
    people, today, country = cast(), timezone.localdate(), synthetic()
    _places(people)
    course = Course(people, today, seed)
    for meeting in [*meetings(country, people, today, most), *stories(country, today)]:
        course.meet(meeting)
    course.run()
    course.one_more_place()
    referral.expire(on=today)
    drafting.begin(by=people.at("labour-inspectorate"), facts=DRAFT)
    return course.taken, course.stopped


def _places(people: Cast) -> None:
    """The shelters tell how many places are free, and for whom."""
    first, second = people.in_role("shelter")[:2]
    shelter.tell_places(by=first, groups=("adults", "women"), free=3)
    shelter.tell_places(by=second, groups=("minors", "women"), free=0)
