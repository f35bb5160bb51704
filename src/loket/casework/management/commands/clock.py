"""`loket clock`: what the passing of time does. To be run every night, before people come to work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from loket.casework.actions.clock import tick


class Command(BaseCommand):
    help = "Look at every live case again with the day and the rules of now, and destroy drafts whose day has come."

    def handle(self, *args: Any, **options: Any) -> None:
        done = tick()
        self.stdout.write(
            f"{done.cases} cases looked at, {done.changes} tasks changed, {done.late} terms passed, "
            f"{done.drafts} drafts destroyed, {done.erased} people erased, {done.expired} referrals without an answer."
        )
