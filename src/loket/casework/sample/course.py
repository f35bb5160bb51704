"""What happens to the people of the demo, day by day, each step by somebody who may take it; chance is seeded.

Steps that the rules do not allow do not happen: nothing is forced, and `Course.stopped` counts them.
"""

from __future__ import annotations

import contextlib
import heapq
import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.actions import consent, drafting, duties, referral, registering, shelter, telling
from loket.casework.actions.consent import Said
from loket.casework.actions.referral import Request
from loket.casework.actions.shelter import Need
from loket.casework.models import Encounter, Person, Placement, Referral, Registration, Task
from loket.casework.queries.grounds import offered
from loket.casework.sample import clock
from loket.casework.sample.people import Meeting
from loket.casework.sample.places import Cast
from schakel.casework.duty import WAITING
from schakel.casework.registration import CARE, FIGURES
from schakel.casework.shelter import Intake
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput

HERE: Final = ZoneInfo("Europe/Amsterdam")
FIELDS: Final = frozenset({"signal", "identity", "contact", "situation", "needs", "health", "residence"})
DAYS: Final = ("shelter_request_on", "reflection_granted_on", "vt_report_on")  # terms run from these
QUESTION: Final = "In welke gemeente is de persoon gezien, en is er nu een veilige plek?"
ANSWER: Final = "In de gemeente die bij de melding staat. Er is vannacht een plek bij familie."
DONE: Final = "Hulp is geregeld; de persoon heeft een vaste begeleider."
REASONS: Final = ("full", "not_for_this_group", "not_safe_here")
Step = Callable[[], None]


class Course:
    """A calendar of steps, taken in the order of their moments until today."""

    def __init__(self, cast: Cast, today: date, seed: int) -> None:
        self.cast, self.today, self.chance = cast, today, random.Random(seed)  # noqa: S311  (a demo, the same each time)
        self.waiting: list[tuple[datetime, int, str, Step]] = []
        self.number, self.taken, self.stopped = count(), Counter[str](), Counter[str]()

    def plan(self, name: str, on: date, step: Step) -> None:
        """A step on a day, at some minute of the working day; one after today never comes."""
        if on <= self.today:
            hour, minute = self.chance.randrange(8, 11 if on == self.today else 17), self.chance.randrange(60)
            moment = datetime.combine(on, time(hour, minute), HERE)
            heapq.heappush(self.waiting, (moment, next(self.number), name, step))

    def run(self) -> None:
        """Take every step, each at its own moment and never before the one that led to it."""
        last, now = datetime.min.replace(tzinfo=HERE), datetime.now(HERE)
        while self.waiting:
            moment, _, name, step = heapq.heappop(self.waiting)
            last = min(max(moment, last), now)
            with clock.at(last):
                try:
                    step()
                    self.taken[name] += 1
                except (Refused, BadInput) as error:
                    self.stopped[f"{name}: {getattr(error, 'reason', error)}"] += 1

    def later(self, on: date, least: int, most: int) -> date:
        return on + timedelta(days=self.chance.randint(least, most))

    def meet(self, meeting: Meeting) -> None:
        self.plan("register", meeting.on, lambda: self._register(meeting))

    def _register(self, meeting: Meeting) -> None:
        finder = self.cast.at(meeting.kind)
        row = drafting.begin(by=finder, facts=dict(meeting.facts))
        ground = {purpose: next((one.id for one in offered(finder.organisation_kind, purpose, meeting.on, "nl")), "")
                  for purpose in (FIGURES, CARE)}  # fmt: skip
        for person, identity in zip(Person.objects.filter(encounter=row), meeting.identities, strict=False):
            if identity is not None:
                drafting.identify(by=finder, person=person.pk, identity=identity, contact="", purposes=ground,
                                  version=_version(row))  # fmt: skip
        for made in registering.submit(by=finder, encounter=row.pk, version=_version(row)):
            self.plan("review", self.later(meeting.on, 1, 3), _bound(self._review, made.pk, finder))
            self._work(made.person_id, meeting.on)

    def _work(self, person: uuid.UUID, on: date) -> None:
        """The tasks of a person, each done in its time by who has it, or late, or refused."""
        rows = Task.objects.filter(person=person, state__in=WAITING).exclude(organisation=None).exclude(strength="may")
        rows = rows.order_by("made_on", "duty")  # the same each time, whatever index the database goes by
        often = 0.9 if on < self.today - timedelta(days=30) else 0.55  # what is recent is still being worked on
        for task in rows:
            if self.chance.random() < often:
                self.plan("task", self.later(on, 0, 6), _bound(self._do, task.pk))

    def _do(self, pk: uuid.UUID) -> None:
        task = Task.objects.get(pk=pk)
        by = next((one for one in self.cast.members if one.organisation == str(task.organisation_id)), None)
        if by is None or task.state not in WAITING:  # done, or its registration ended meanwhile
            return
        refuses = self.chance.random() < 0.06
        duties.act(by=by, task=pk, event="refuse" if refuses else "finish", version=task.version,
                   reason="Geen tolk beschikbaar voor deze taal." if refuses else "")  # fmt: skip

    @property
    def registrar(self) -> Member:
        return self.cast.in_role("registrar")[0]

    def _review(self, pk: uuid.UUID, finder: Member) -> None:
        row, draw = Registration.objects.get(pk=pk), self.chance.random()
        on = _today()
        if on >= self.today - timedelta(days=2) or (row.state == "submitted" and draw < 0.05):
            return  # the newest, and a few that were left lying, wait on the page of the registration point
        if row.state == "submitted" and draw < 0.17:
            self._step(row, "ask", QUESTION)
            if self.chance.random() < 0.7:
                self.plan("answer", self.later(on, 1, 4), _bound(self._answer, pk, finder))
            return
        if row.state == "submitted" and draw < 0.22:
            self._step(row, "decline", "Geen aanwijzing van mensenhandel; gemeld bij de gemeente als andere zorg.")
            return
        self._step(row, "accept" if row.named else "count")
        self._work(row.person_id, on)
        for fact in DAYS:
            if self.chance.random() < 0.6:
                self.plan("tell", self.later(on, 0, 2), _bound(self._tell, row.person_id, self.registrar, fact))
        if row.named:
            self.plan("refer", self.later(on, 0, 1), _bound(self._refer, row.person_id))
            self.plan("close", self.later(on, 60, 120), _bound(self._close, pk))

    def _tell(self, person: uuid.UUID, by: Member, fact: str) -> None:
        """A day from which a term runs is told later, when it has come: the tasks follow."""
        encounter = Person.objects.values_list("encounter_id", flat=True).get(pk=person)
        version = Encounter.objects.values_list("version", flat=True).get(pk=encounter)
        telling.tell(by=by, person=person, claim=Claim(fact, (), day=_today()), version=version)
        self._work(person, _today())

    def _step(self, row: Registration, event: str, words: str = "", outcome: str = "") -> None:
        registering.step(by=self.registrar, registration=row.pk, event=event, words=words, outcome=outcome,
                         version=row.version)  # fmt: skip

    def _answer(self, pk: uuid.UUID, finder: Member) -> None:
        row = Registration.objects.get(pk=pk)
        registering.step(by=finder, registration=pk, event="answer", words=ANSWER, version=row.version)
        self.plan("review", self.later(_today(), 1, 2), _bound(self._review, pk, finder))

    def _close(self, pk: uuid.UUID) -> None:
        row = Registration.objects.get(pk=pk)
        if row.state == "accepted":
            kind = self.chance.choice(("helped", "sheltered", "moved", "declined_help", "returned_home"))
            self._step(row, "close", outcome=kind)

    def _refer(self, person: uuid.UUID) -> None:
        """The registration point refers to the care coordinator, on consent; the coordinator answers, mostly."""
        on, carer = _today(), self.cast.at("care-coordinator")
        made = self._sent(person, carer, on)
        draw = self.chance.random()
        if draw < 0.8:
            event = "accept" if draw < 0.68 else "refuse"
            self.plan(event, self.later(on, 1, 4), _bound(self._answer_referral, made.pk, carer, event))

    def _sent(self, person: uuid.UUID, carer: Member, on: date) -> Referral:
        consent.record(by=self.registrar, person=person, said=Said(CARE, "give", given_by=("person",), told="nl"))
        return referral.refer(by=self.registrar, person=person, asked=Request(
            "referral", CARE, carer.organisation_kind, uuid.UUID(carer.organisation), FIELDS,
            circumstances={"consent": "given"}, message="Graag hulp en een veilige plek.",
            answer_by=on + timedelta(days=5)))  # fmt: skip

    def _answer_referral(self, pk: uuid.UUID, by: Member, event: str, words: str = "") -> None:
        row = Referral.objects.get(pk=pk)
        words = words or ("Geen ruimte voor deze doelgroep in onze regio." if event == "refuse" else "")
        referral.act(by=by, referral=pk, event=event, words=words, version=row.version)
        if event != "accept":
            return
        on = _today()
        if self.chance.random() < 0.6:
            self.plan("ask place", self.later(on, 0, 2), _bound(self._ask_place, row.person_id, by))
        if self.chance.random() < 0.5:
            self.plan("finish", self.later(on, 20, 50), _bound(self._answer_referral, pk, by, "finish", DONE))

    def _ask_place(self, person: uuid.UUID, carer: Member) -> None:
        on, houses = _today(), self.cast.in_role("shelter")
        house = houses[0] if self.chance.random() < 0.75 else houses[-1]
        made = self._place_of(person, carer, house)
        draw = self.chance.random()
        if draw < 0.8:
            event = "offer" if draw < 0.55 else "refuse"
            self.plan(event, self.later(on, 0, 3), _bound(self._answer_place, made.pk, house, event))

    def _place_of(self, person: uuid.UUID, carer: Member, house: Member) -> Placement:
        """A question for a place, on the consent of the person."""
        consent.record(by=carer, person=person, said=Said("shelter-placement", "give", given_by=("person",), told="nl"))
        return shelter.request(by=carer, person=person, need=Need(
            house.organisation_kind, uuid.UUID(house.organisation), "", Intake(avoid=("exploiter",)),
            FIELDS, circumstances=(("consent", "given"),)))  # fmt: skip

    def one_more_place(self) -> None:
        """A question for the first shelter that waits for an answer now, for who takes the tour."""
        carer, asked = self.cast.at("care-coordinator"), Placement.objects.values("person")
        running = Registration.objects.filter(state="accepted", named=True).exclude(person__in=asked)
        helped = Referral.objects.filter(state="accepted", receiver=carer.organisation).values("person")
        first, then = running.filter(person__in=helped), running.exclude(person__in=helped)
        for row in (*first.order_by("-made_on", "pk"), *then.order_by("-made_on", "pk")):
            with contextlib.suppress(Refused, BadInput):  # somebody else must consent, or speaks for them
                if row.person_id not in {one["person"] for one in helped}:
                    made = self._sent(row.person_id, carer, _today())
                    referral.act(by=carer, referral=made.pk, event="accept", version=made.version)
                self._place_of(row.person_id, carer, self.cast.in_role("shelter")[0])
                return

    def _answer_place(self, pk: uuid.UUID, by: Member, event: str) -> None:
        reason = self.chance.choice(REASONS) if event == "refuse" else ""
        shelter.act(by=by, placement=pk, event=event, reason=reason, version=_placement(pk).version)
        if event == "offer" and self.chance.random() < 0.85:
            carer = self.cast.at("care-coordinator")
            self.plan("take", self.later(_today(), 0, 1), lambda: _take(pk, carer))


def _take(pk: uuid.UUID, by: Member) -> None:
    shelter.act(by=by, placement=pk, event="take", version=_placement(pk).version)


def _placement(pk: uuid.UUID) -> Placement:
    return Placement.objects.get(pk=pk)


def _bound(step: Callable[..., None], *words: Any) -> Step:
    return lambda: step(*words)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _version(row: Encounter) -> int:
    return Encounter.objects.values_list("version", flat=True).get(pk=row.pk)
