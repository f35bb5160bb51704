"""The guided tour of the demo: who to be in each part, where to go, and what there is to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loket.accounts.people import Member
from loket.accounts.queries import everybody_of_the_demo


@dataclass(frozen=True)
class Part:
    """One part of the tour: the role and kind of organisation of who one is, and on which page it begins."""

    id: str
    role: str
    kind: str
    page: str
    steps: int

    @property
    def title(self) -> str:
        return f"tour.{self.id}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The keys of the words of its steps."""
        return tuple(f"tour.{self.id}_{number}" for number in range(1, self.steps + 1))


PARTS: Final = (
    Part("inspector", "finder", "labour-inspectorate", "casework:work", 4),
    Part("registrar", "registrar", "comensha", "casework:registrations", 5),
    Part("shelter", "shelter", "shelter", "casework:placements", 4),
    Part("back", "finder", "labour-inspectorate", "casework:work", 2),
)


def player(part: Part) -> Member | None:
    """Who one is in this part: the first of the demo in that role, at that kind of organisation."""
    wanted = (part.role, part.kind)
    return next((one for one in everybody_of_the_demo() if (one.role, one.organisation_kind) == wanted), None)
