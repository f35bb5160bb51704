"""The demo country: filled through the real actions, alive, and within the rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture
def demo(embedded: None) -> Iterator[None]:
    """The embedded database, with the demo sign-in on."""
    with override_settings(LOKET_DEMO_SIGN_IN=True):
        yield


@pytest.mark.usefixtures("demo")
def test_the_demo_country_lives_and_breaks_no_rule() -> None:
    from loket.accounts.sample import fill
    from loket.audit import queries as log
    from loket.casework.actions import clock
    from loket.casework.models import Encounter, Placement, Registration, Task
    from loket.casework.sample import country

    fill()
    taken, stopped = country.made(3)
    assert {"register", "review", "refer", "task"} <= set(taken)
    assert sum(stopped.values()) <= 3, stopped
    assert {"draft", "submitted", "accepted"} <= set(Registration.objects.values_list("state", flat=True))
    assert Placement.objects.filter(state="waiting").exists()  # somebody for the shelter of the tour to answer
    assert Task.objects.exclude(due=None).exists()
    assert clock.end_left() == 0  # nothing waits for a registration that is over
    assert log.verdict().holds
    assert Encounter.objects.count() == 6
    assert country.fill() == 0  # a second start of the demo changes nothing


def test_outside_the_demo_nothing_is_filled() -> None:
    from loket.casework.sample import country

    assert country.fill() == 0
