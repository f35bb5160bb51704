"""Events of casework that follow from meetings: the duty to register and what became of it, and referrals.

A duty goes open → done, or open → late → done. A referral goes requested → accepted → done, requested → refused, or
requested → expired where nobody answered. What states a lifecycle has in full is casework's to say; these are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from schakel.simulation.columns import days, take
from schakel.simulation.country import Country
from schakel.simulation.draws import Numbers, stream
from schakel.simulation.records import Captures, Reports
from schakel.simulation.reporters import REFERRAL

STATES: Final = ("open", "late", "requested", "accepted", "refused", "expired", "done")
OPEN, LATE, REQUESTED, ACCEPTED, REFUSED, EXPIRED, DONE = range(len(STATES))
ANSWER: Final = 14  # mean days until a referral is answered; assumption
DUTY, REFERRED = range(2)
Rows = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Numbers]  # capture, duty, holder, state, day, about


def events(country: Country, captures: Captures, reports: Reports, seed: int) -> pd.DataFrame:
    """The table `events`, in order of the day; one person has one pseudonym, which is no number of `people`."""
    drawn = stream(seed, "events")
    duties = tuple(dict.fromkeys([*(one.duty for one in country.reporters), *(b.duty for b in country.dependences)]))
    parts = [_duties(country, captures, reports, duties, drawn), *_referrals(country, captures, duties, drawn)]
    capture, duty, holder, state, day, about = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((state, capture, day))
    return pd.DataFrame(
        {
            "pseudonym": pseudonyms(captures.seen[capture[order]], drawn),
            "duty": take(duties, duty[order]),
            "content_hash": take((country.content_hash,), np.zeros(len(order), dtype=np.int8)),
            "holder_kind": take([one.organisation for one in country.reporters], holder[order]),
            "state": take(STATES, state[order]),
            "at": days(day[order]),
            "about": take(("duty", "referral"), about[order]),
            "case": capture[order] + 1,
        }
    )


def pseudonyms(person: Numbers, drawn: np.random.Generator) -> pd.Series[str]:
    """A name of eight signs for each person: different for different people, the same for the same, under one seed."""
    turn, shift = (int(number) for number in drawn.integers(0, 2**30, 2))
    names, place = np.unique(person, return_inverse=True)
    code = (names.astype(np.uint64) * np.uint64(2 * turn + 1) + np.uint64(shift)) % np.uint64(2**32)
    return take([f"P{number:08x}" for number in code.tolist()], place)


def _duties(
    country: Country, captures: Captures, reports: Reports, duties: tuple[str, ...], drawn: np.random.Generator
) -> Rows:
    """Open at the meeting, done at the first registration; late in between for some that had to wait."""
    first = np.unique(reports.capture, return_index=True)[1]
    done = np.empty(len(captures.list), dtype=reports.day.dtype)
    done[reports.capture[first]] = reports.day[first]
    waited = (done - captures.met).astype(int)
    late = np.flatnonzero((drawn.random(len(done)) < country.late_duty) & (waited >= 2))
    every = np.arange(len(done), dtype=np.int32)
    capture = np.concatenate([every, late, every])
    state = np.repeat(np.array([OPEN, LATE, DONE], np.int8), [len(every), len(late), len(every)])
    day = np.concatenate([captures.met, captures.met[late] + (waited[late] + 1) // 2, done])
    duty = np.array([duties.index(one.duty) for one in country.reporters], np.int8)
    return capture, duty[captures.list[capture]], captures.list[capture], state, day, np.full(len(day), DUTY, np.int8)


def _referrals(
    country: Country, captures: Captures, duties: tuple[str, ...], drawn: np.random.Generator
) -> Iterator[Rows]:
    """For each referral from list to list: those taken up, and beside them those refused or never answered."""
    person_year = captures.seen.astype(np.int64) * len(country.calendar) + captures.year
    vain = country.refused_referral + country.unanswered_referral
    for bond in country.dependences:
        if bond.kind != REFERRAL or not bond.duty:
            continue
        sender, receiver = country.lists.index(bond.first), country.lists.index(bond.then)
        sent = np.flatnonzero(captures.list == sender)
        taken = np.isin(person_year[sent], person_year[captures.list == receiver])
        good, others = sent[taken], sent[~taken]
        share = min(vain / (1 - vain) * len(good) / max(len(others), 1), 1.0) if vain < 1 else 1.0
        bad = others[drawn.random(len(others)) < share]
        refused = drawn.random(len(bad)) < country.refused_referral / max(vain, 1e-12)
        capture = np.concatenate([good, good, good, bad, bad])
        state = np.concatenate(
            [np.repeat([REQUESTED, ACCEPTED, DONE, REQUESTED], [len(good)] * 3 + [len(bad)]),
             np.where(refused, REFUSED, EXPIRED)]
        )  # fmt: skip
        asked, answer = drawn.integers(0, 4, len(captures.list)), drawn.exponential(ANSWER, len(captures.list))
        later = np.where(state == REQUESTED, 0, answer[capture]) + np.where(state == DONE, ANSWER, 0)
        day = captures.met[capture] + asked[capture] + later.astype(int)
        holder = np.where(state == REQUESTED, sender, receiver)
        yield capture, np.full(len(day), duties.index(bond.duty)), holder, state, day, np.full(len(day), REFERRED)
