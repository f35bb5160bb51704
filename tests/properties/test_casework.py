"""What must hold of every case: no order of events loses a duty, consent moves no protection, a slice holds no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schakel.casework.content import access, sharing
from schakel.casework.duty import DONE, OPEN, REFUSED, DutyTask, at, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.htcds import Field, read_row, standard, write_row
from schakel.casework.htcds_people import person_of, record_of
from schakel.casework.lifecycles import Refusal, lifecycles, move
from schakel.casework.person import CasePerson, Identity
from schakel.casework.recompute import EVENTS, recompute, telling
from schakel.casework.referral import seen, slice_of
from schakel.mechanism.assess import Assessment, assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.networks.access import may
from schakel.networks.sharing import Party, Question, allowed_fields, may_share
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
BOOK = sharing(CONTENT)
ACCESS = access(CONTENT)
CYCLES = lifecycles(CONTENT)
FORM = standard(CONTENT)
FIRST = date(2025, 6, 2)
CHOICES = [fact for fact in CONTENT.facts.facts if fact.kind == "choice" and fact.id != "finder"]
DATES = [fact.id for fact in CONTENT.facts.facts if fact.kind == "date"]
PARTIES = sorted(BOOK.fallback.senders | BOOK.others.keys())


@st.composite
def claims(draw: st.DrawFn, day: date) -> Claim:
    """One answer, that adds to what was told or revises it."""
    if draw(st.integers(0, 4)) == 0:
        return Claim(draw(st.sampled_from(DATES)), (), day=day - timedelta(days=draw(st.integers(0, 40))), said_on=day)
    fact = draw(st.sampled_from(CHOICES))
    return Claim(fact.id, (draw(st.sampled_from(fact.value_ids)),), said_on=day, revises=draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[date, Encounter]]:
    """An encounter that is told more of, day by day; told of two persons."""
    who = draw(st.sampled_from(["police", "labour_inspector", "shelter_worker", "youth_worker", "kmar"]))
    shared = (Claim("indication", ("yes",)), Claim("action", ("none",)))
    encounter = Encounter("e", FIRST, who, shared=shared, persons=(CasePerson("1"), CasePerson("2")))
    told = [(FIRST, encounter)]
    for step in range(draw(st.integers(1, 6))):
        day = FIRST + timedelta(days=step + draw(st.integers(0, 20)))
        encounter = encounter.tell(draw(claims(day)), draw(st.sampled_from(["1", "2"])))
        told.append((max(day, told[-1][0]), encounter))
    return told


def look(day: date, encounter: Encounter) -> Assessment | None:
    """The assessment; None where what was told cannot be together (a person must correct that first)."""
    try:
        return assess(CONTENT, situation(encounter, day))
    except BadInput:
        return None


def walk(
    history: list[tuple[date, Encounter]],
) -> Iterator[tuple[Assessment, tuple[DutyTask, ...], tuple[DutyTask, ...]]]:
    """Each assessment with the tasks before and after it."""
    kept: tuple[DutyTask, ...] = ()
    for day, encounter in history:
        seen_now = look(day, encounter)
        if seen_now is not None:
            after = recompute(kept, seen_now).tasks
            yield seen_now, kept, after
            kept = after


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_no_order_of_events_loses_a_duty(history: list[tuple[date, Encounter]], r) -> None:  # type: ignore[no-untyped-def]
    """Every task stays, each duty that applies has its task, and what was done or refused is never undone by a fact."""
    marked: dict[tuple[str, str], str] = {}
    kept: tuple[DutyTask, ...] = ()
    for day, encounter in history:
        seen_now = look(day, encounter)
        if seen_now is None:
            continue
        changes = recompute(kept, seen_now)
        assert telling({one.key: one for one in kept}, seen_now, lambda one: one) == changes.telling
        after = changes.tasks
        assert [one.key for one in after[: len(kept)]] == [one.key for one in kept]
        assert len({one.key for one in after}) == len(after)
        applies = {one.key for one in tasks(seen_now)}
        waiting = {one.key for one in after if one.waits or one.state in (DONE, REFUSED)}
        assert applies <= waiting
        for key, state in marked.items():
            now = next(one for one in after if one.key == key)
            assert now.state in (state, OPEN)
            assert now.state == state or now.due is not None  # only what recurs comes again
        for change in changes.changes:
            if change.before is not None and change.kind in EVENTS:
                row = CYCLES["duty"].table[change.before.state, EVENTS[change.kind]]
                assert (row.to, "clock" in row.who) == (change.task.state, True)
            elif change.before is not None:
                assert change.task.state == change.before.state
            assert all(change.why(lang).strip() and "{" not in change.why(lang) for lang in LANGUAGES)
        kept = tuple(
            replace(one, state=r.choice([DONE, REFUSED]), reason="no") if one.waits and r.random() < 0.1 else one
            for one in after
        )
        marked = {one.key: one.state for one in kept if one.state in (DONE, REFUSED)}


@given(histories())
@settings(max_examples=50)
def test_the_same_facts_in_another_order_of_telling_leave_the_same_open_duties(
    history: list[tuple[date, Encounter]],
) -> None:
    """What is open at the end depends on what is known at the end, not on the way there."""
    assume(look(*history[-1]) is not None)
    (*_, (last, _, after)) = walk(history)
    assert last.situation == situation(history[-1][1], history[-1][0])
    fresh = {one.key: one for one in tasks(last)}
    for one in after:
        if one.waits and not one.uncertain:
            assert one.key in fresh
            assert (one.holder, one.strength) == (fresh[one.key].holder, fresh[one.key].strength)
        assert not (one.waits and one.uncertain and one.key in fresh)  # what applies is certain again


@given(histories(), st.sampled_from(["yes", "no"]))
@settings(max_examples=60)
def test_refusing_consent_changes_no_protective_duty(history: list[tuple[date, Encounter]], answer: str) -> None:
    day, encounter = history[-1]
    before = look(day, encounter)
    assume(before is not None)
    assert before is not None
    bare = replace(encounter, persons=tuple(
        replace(one, claims=tuple(claim for claim in one.claims if claim.fact != "consent_care"))
        for one in encounter.persons))  # fmt: skip
    asked = bare.tell(Claim("consent_care", (answer,)), "1")
    without, with_answer = look(day, bare), look(day, asked)
    assert without is not None
    assert with_answer is not None
    assert protective(without) == protective(with_answer)
    changed = recompute(tasks(without), with_answer)
    assert [one.task.key for one in changed.changes if one.task.protective and not one.task.waits] == []


def protective(assessment: Assessment) -> set[tuple[str, str]]:
    return {one.key for one in tasks(assessment) if one.protective}


questions = st.builds(
    Question,
    sender=st.builds(Party, st.sampled_from(PARTIES)),
    receiver=st.builds(Party, st.sampled_from(PARTIES), role=st.sampled_from(["", "researcher", "registrar"])),
    field=st.sampled_from(sorted(BOOK.fields)),
    purpose=st.sampled_from(sorted(BOOK.purposes)),
    on=st.dates(date(2015, 10, 1), date(2026, 12, 31)),
    ground=st.sampled_from(["", *BOOK.grounds]),
    circumstances=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(BOOK.circumstances[name].value_ids) for name in BOOK.asked}
    ),
    persons=st.integers(1, 3),
    way=st.sampled_from(BOOK.circumstances["way"].value_ids),
)


@given(questions)
@settings(max_examples=500)
def test_every_decision_speaks_and_a_refusal_says_what_next(question: Question) -> None:
    answer = may_share(BOOK, question)
    assert answer.reasons
    assert all(reason.sources for reason in answer.reasons)
    for lang in LANGUAGES:
        assert answer.say(lang).strip()
        assert "{" not in answer.say(lang)
        assert answer.allowed or (answer.next_step and answer.next_step(lang).strip())
    assert not answer.allowed or question.ground in ("", *answer.grounds)
    if answer.allowed and question.receiver.kind == "ind" and question.sender.kind != "person":
        assert (question.persons, question.way) == (1, "message")


@given(questions, st.data())
@settings(max_examples=400)
def test_to_learn_more_turns_no_yes_into_a_no(question: Question, data: st.DataObject) -> None:
    """A permission holds in every completion: another circumstance told cannot take it away."""
    answer = may_share(BOOK, question)
    assume(answer.answer != "undecided")
    untold = [name for name in BOOK.asked if name not in question.circumstances]
    assume(untold)
    name = data.draw(st.sampled_from(untold))
    value = data.draw(st.sampled_from(BOOK.circumstances[name].value_ids))
    more = may_share(BOOK, replace(question, circumstances={**question.circumstances, name: value}))
    assert more.answer == answer.answer


@given(questions)
@settings(max_examples=100)
def test_a_slice_never_holds_a_field_that_its_decision_did_not_allow(question: Question) -> None:
    decisions = allowed_fields(BOOK, question)
    part = slice_of(decisions)
    person = CasePerson(
        "1", tuple(Claim(fact.id, fact.value_ids[:1]) for fact in CONTENT.facts.facts if fact.kind == "choice"),
        identity=Identity("Ana", "Example"),
    )  # fmt: skip
    sight = seen(BOOK, person, (), part)
    for claim in sight.claims:
        assert decisions[BOOK.field_of[claim.fact]].allowed
    assert (sight.identity is not None) is decisions["identity"].allowed
    hidden = {claim.fact for claim in person.claims} - {claim.fact for claim in sight.claims}
    assert not any(decisions[BOOK.field_of[fact]].allowed for fact in hidden)


cells = st.tuples(*(st.sampled_from(sorted(each)) for each in (
    ACCESS.actions, ACCESS.roles, ACCESS.relations, ACCESS.states, ACCESS.purposes)))  # fmt: skip


@given(cells, st.text(max_size=20))
@settings(max_examples=400)
def test_every_answer_on_access_speaks_and_names_no_one(cell: tuple[str, str, str, str, str], reason: str) -> None:
    answer = may(ACCESS, *cell, reason=reason)
    for lang in LANGUAGES:
        assert answer.say(lang).strip()
        assert answer.allowed or (answer.next_step and answer.next_step(lang).strip())
    assert not (answer.allowed and cell[1] == "researcher" and ACCESS.actions[cell[0]].identifies)
    assert not (answer.allowed and cell[2] == "none" and cell[0] != "break_glass")


@given(st.sampled_from(sorted(CYCLES)), st.data())
@settings(max_examples=120)
def test_a_lifecycle_never_leaves_its_table(name: str, data: st.DataObject) -> None:
    """Any events by anyone: the state is always one of the table, and each refusal says why in both languages."""
    cycle, state = CYCLES[name], CYCLES[name].start
    for _ in range(8):
        event = data.draw(st.sampled_from(sorted(cycle.events)))
        by = data.draw(st.sets(st.sampled_from(sorted(cycle.words.parties)), max_size=3))
        words = data.draw(st.sets(st.sampled_from(sorted(cycle.words.needs)), max_size=3))
        step = move(cycle, state, event, by=by, given=words)
        if isinstance(step, Refusal):
            assert all(step.why(lang).strip().endswith(".") for lang in LANGUAGES)
        else:
            assert step.to in cycle.states
            state = step.to


def words_of(field: Field) -> st.SearchStrategy[str]:
    """Every word that the standard allows in a field."""
    if field.kind == "day":
        return st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(date.isoformat)
    if field.kind == "tick":
        return st.sampled_from(["true", "false"])
    if field.kind == "number":
        return st.integers(-90, 180).map(str)
    if field.codes:
        code = st.sampled_from(["NL", "DE", "nld", "deu", "RO"])
        return st.lists(code, min_size=1, max_size=3, unique=True).map(";".join) if field.kind == "many" else code
    if field.values:
        one = st.sampled_from(field.values)
        return st.lists(one, min_size=1, unique=True).map(";".join) if field.kind == "many" else one
    return st.text(min_size=1, max_size=30)


rows = st.fixed_dictionaries({}, optional={field.name: words_of(field) for field in FORM.live})


@given(rows)
@settings(max_examples=120)
def test_htcds_rows_come_back_equal(row: dict[str, str]) -> None:
    record = read_row(FORM, row)
    assert record.faults == ()
    assert write_row(FORM, record) == {name: row[name] for name in FORM.fields if name in row}


@given(st.fixed_dictionaries({field.name: words_of(field) for field in FORM.live}))
@settings(max_examples=30)
def test_htcds_rows_with_every_live_field_come_back_equal(row: dict[str, str]) -> None:
    assert write_row(FORM, read_row(FORM, row)) == {name: row[name] for name in FORM.fields if name in row}


@given(rows)
@settings(max_examples=80)
def test_what_went_through_our_own_model_still_goes_out_by_its_name(row: dict[str, str]) -> None:
    """Through a person of ours, with only the kept words beside it: equal again, field by field."""
    record = read_row(FORM, row)
    person = person_of(record, "1")
    others = {place: values[0] for place, values in record.places.items() if place.split(".")[0] in OTHERS}
    again = replace(record_of(person, others), kept=record.kept, faults=record.faults)
    assert write_row(FORM, again) == {name: row[name] for name in FORM.fields if name in row}


OTHERS = ("contact", "registration", "referral_in", "referral_out", "ground", "reporter")


@given(histories(), st.integers(0, 200))
@settings(max_examples=50)
def test_being_late_depends_on_the_day_alone(history: list[tuple[date, Encounter]], days: int) -> None:
    last = look(*history[-1])
    assume(last is not None)
    assert last is not None
    day = FIRST + timedelta(days=days)
    for one in tasks(last):
        end = one.extended or one.due
        assert (at(one, day).state == "late") is (end is not None and day > end and one.strength != "may")
        assert at(at(one, day), day) == at(one, day)
