"""The order of duties in time: by stage, what is urgent first, and never before what must come first."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from schakel.mechanism.model import STAGES, STRENGTHS, Duty
from schakel.vocabulary.errors import BadInput


def in_time(duties: Mapping[str, Duty]) -> tuple[str, ...]:
    """Duty ids in the order in which they are done; a circle in `after` is refused."""
    waits = {duty.id: {name for name in duty.after if name in duties} for duty in duties.values()}
    ready = [(_key(duties[name]), name) for name, before in waits.items() if not before]
    heapq.heapify(ready)
    out: list[str] = []
    while ready:
        _, name = heapq.heappop(ready)
        out.append(name)
        for other, before in waits.items():
            if name in before:
                before.discard(name)
                if not before:
                    heapq.heappush(ready, (_key(duties[other]), other))
    if len(out) < len(duties):
        stuck = sorted(set(duties) - set(out))
        raise BadInput(f"the order of duties goes in a circle: {', '.join(stuck[:6])}", where=duties[stuck[0]].file,
                       remedy="Remove one of their 'after' entries")  # fmt: skip
    return tuple(out)


def _key(duty: Duty) -> tuple[int, bool, int, str]:
    strongest = min(STRENGTHS.index(version.strength) for version in duty.versions)
    return STAGES.index(duty.stage), not duty.urgent, strongest, duty.id
