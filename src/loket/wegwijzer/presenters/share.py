"""The plan on paper and as text: without what was told, without names, under a title that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.plan import Plan, plan
from loket.wegwijzer.presenters.steps import Stage, Step
from loket.wegwijzer.presenters.words import Say, sayer


@dataclass(frozen=True)
class Sheet:
    """One plan, and whom it is for: persons by number, never by name."""

    label: str
    plan: Plan


def sheets(encounter: Encounter) -> tuple[Sheet, ...]:
    """Each plan once, with the persons it is for."""
    out: list[Sheet] = []
    done: set[int] = set()
    for number in range(len(encounter.assessment.persons)):
        if number in done:
            continue
        one = replace(encounter, state=replace(encounter.state, person=number))
        done.update(one.same_plan)
        out.append(Sheet(_label(encounter, one.same_plan), plan(one)))
    return tuple(out)


def text(encounter: Encounter, printed: tuple[Sheet, ...]) -> str:
    """All plans as plain text to copy, without a fact, a reason or a computed day: those would tell of a person."""
    say = sayer(encounter.lang)
    lines = [say("share.title"), say("share.text_note"), ""]
    for sheet in printed:
        lines += [*([sheet.label.upper(), ""] if sheet.label else []), *_plan(sheet.plan, say)]
    lines += [say("share.text_112"), *(notice.text(encounter.lang) for notice in encounter.assessment.notices)]
    if not any(duty.checked_by for duty in encounter.content.duties.values()):
        lines.append(say("share.unsigned"))
    return "\n".join(lines)


def _plan(one: Plan, say: Say) -> Iterator[str]:
    yield from _stages(say("plan.yours"), one.yours, say, holder=False)
    if one.do_not:
        yield from (say("plan.do_not") + ":", *(f"- {words}" for words in one.do_not), "")
    yield from _stages(say("plan.others"), one.others, say, holder=True)


def _stages(heading: str, stages: tuple[Stage, ...], say: Say, *, holder: bool) -> Iterator[str]:
    if not stages:
        return
    yield heading + ":"
    for stage in stages:
        yield f"[{stage.name}]"
        yield from (_line(step, holder=holder) for step in stage.steps)
    yield ""


def _line(step: Step, *, holder: bool) -> str:
    who = f"{step.holder}: " if holder else ""
    return f"- {who}{step.title} ({step.strength_word}; {step.when})"


def _label(encounter: Encounter, numbers: tuple[int, ...]) -> str:
    """Whom a plan is for; '' for the only person."""
    if encounter.alone:
        return ""
    say = sayer(encounter.lang)
    if len(numbers) == 1:
        return say("wegwijzer.person", number=numbers[0] + 1)
    return say("wegwijzer.persons", numbers=", ".join(str(number + 1) for number in numbers))
