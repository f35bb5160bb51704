"""`loket clock`: what the passing of time does. To be run every night, before people come to work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loket.casework.actions.clock import night


class Command(BaseCommand):
    help = (
        "Look at every live case again with the day and the rules of now, destroy drafts whose day has come, and "
        "follow the whole log; exit code 1 where it breaks."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, verdict = night()
        self.stdout.write(
            f"{done.cases} cases looked at, {done.changes} tasks changed, {done.late} terms passed, "
            f"{done.drafts} drafts destroyed, {done.erased} people erased, {done.expired} referrals without an answer, "
            f"{done.ended} things stopped of registrations that are over."
        )
        if not verdict.holds:
            raise CommandError(f"The log breaks at {verdict.broken_at}: {verdict.why}.", returncode=1)
        self.stdout.write(f"The log holds: {verdict.entries} entries.")
