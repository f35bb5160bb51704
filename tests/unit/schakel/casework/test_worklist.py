"""My work today, what stalls where, and a duty or ground that goes its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework import consent, duty
from schakel.casework.consent import Ground
from schakel.casework.duty import DutyTask, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.person import CasePerson
from schakel.casework.referral import Referral, Slice
from schakel.casework.worklist import Stalled, stalled, work_today
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

CONTENT = load()
CYCLES = lifecycles(CONTENT)
DAY = date(2025, 6, 2)


def a_task(**more: object) -> DutyTask:
    found = Encounter("e", DAY, "police", shared=(Claim("indication", ("yes",)),), persons=(CasePerson("1"),))
    (first, *_) = tasks(assess(CONTENT, situation(found, DAY)))
    return replace(first, **{"holder": "police", "strength": "must", "urgent": False, **more})  # type: ignore[arg-type]


def a_referral(**more: object) -> Referral:
    plain = Referral("r", "1", "police", "shelter", "arrange-care", "referral", Slice({}), "requested", DAY)
    return replace(plain, **more)  # type: ignore[arg-type]


def test_work_is_late_due_or_without_a_day() -> None:
    made = [a_task(duty="a", due=date(2025, 6, 20)), a_task(duty="b", due=date(2025, 6, 1)), a_task(duty="c"),
            a_task(duty="d", due=date(2025, 6, 10)), a_task(duty="e", strength="may"), a_task(duty="f", state="done"),
            a_task(duty="g", holder="shelter"), a_task(duty="h", urgent=True)]  # fmt: skip
    work = work_today(made, (), DAY, holder="police")
    assert [[one.duty for one in part] for part in (work.late, work.due, work.no_day)] == [
        ["b"],
        ["d", "a"],
        ["h", "c"],
    ]


def test_work_shows_what_waits_on_others_and_what_others_wait_for() -> None:
    asked = [a_referral(id="a"), a_referral(id="b", answer_by=date(2025, 6, 1)), a_referral(id="c", state="accepted"),
             a_referral(id="d", sender="shelter", receiver="police")]  # fmt: skip
    work = work_today((), asked, DAY, holder="police")
    assert [[one.id for one in part] for part in (work.waiting, work.unanswered, work.to_answer)] == [
        ["a"],
        ["b"],
        ["d"],
    ]


def test_what_stalls_is_counted_by_holder_and_duty() -> None:
    made = [a_task(duty="a", due=date(2025, 6, 1)), a_task(duty="a", person="2", due=date(2025, 5, 2)),
            a_task(duty="a"), a_task(duty="b", state="refused"), a_task(duty="c"),
            a_task(duty="a", holder="ind", due=date(2025, 5, 30), extended=date(2025, 6, 1))]  # fmt: skip
    assert stalled(made, DAY) == (
        Stalled("police", "a", 3, 2, 0, 31), Stalled("ind", "a", 1, 1, 0, 1), Stalled("police", "b", 0, 0, 1, 0),
    )  # fmt: skip
    assert {one.holder for one in stalled(made, DAY, holder="ind")} == {"ind"}


def test_a_duty_is_done_or_refused_with_a_reason_and_told_on() -> None:
    done = duty.act(CYCLES["duty"], a_task(), "finish", by={"holder"})
    assert not isinstance(done, Refusal)
    assert done[0].state == "done"
    assert isinstance(duty.act(CYCLES["duty"], a_task(), "refuse", by={"holder"}), Refusal)
    refused = duty.act(CYCLES["duty"], a_task(), "refuse", by={"holder"}, reason="not ours")
    assert not isinstance(refused, Refusal)
    assert (refused[0].reason, refused[1].notice) == ("not ours", ("sender", "registrar"))


def test_nobody_rules_a_duty_out_by_hand() -> None:
    for who in ("holder", "registrar", "finder"):
        assert isinstance(duty.act(CYCLES["duty"], a_task(), "rule_out", by={who}, fact="age"), Refusal)


@pytest.mark.parametrize(
    ("state", "event", "by", "to", "ground"),
    [
        ("asked", "give", "person", "given", "consent"), ("asked", "refuse", "person", "refused", "consent"),
        ("refused", "use_other", "sender", "other_ground", "public-task"),
        ("other_ground", "object", "person", "asked", "consent"), ("given", "end", "sender", "ended", "consent"),
    ],
)  # fmt: skip
def test_a_ground_goes_its_way(state: str, event: str, by: str, to: str, ground: str) -> None:
    before = Ground("g", "1", "arrange-care", "shelter", "consent", state, DAY)
    after = consent.act(CYCLES["ground"], before, event, date(2025, 7, 1), by={by}, given_by=("1",),
                        other="public-task", reason="weighed")  # fmt: skip
    assert not isinstance(after, Refusal)
    assert (after[0].state, after[0].ground) == (to, ground)
    assert after[0].given_by == (("1",) if event == "give" else ())
    assert (after[0].ended_on is not None) is (to == "ended")


def test_another_ground_asks_for_the_ground_and_why() -> None:
    before = Ground("g", "1", "arrange-care", "shelter", "consent", "refused", DAY)
    assert isinstance(
        consent.act(CYCLES["ground"], before, "use_other", DAY, by={"sender"}, other="public-task"), Refusal
    )
