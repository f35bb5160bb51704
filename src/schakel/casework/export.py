"""What is recorded of one person, in plain words: for the person concerned, on paper or screen, in Dutch or English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from schakel.casework.consent import Ground
from schakel.casework.content import access, sharing
from schakel.casework.duty import DutyTask
from schakel.casework.encounter import Encounter
from schakel.casework.lifecycles import Lifecycle, lifecycles
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.casework.referral import Referral
from schakel.casework.registration import Registration
from schakel.casework.timeline import claim_text, timeline
from schakel.casework.words import each, filled, name_of, same, title_of
from schakel.mechanism.content import Content
from schakel.networks.model import SharingBook
from schakel.networks.roles import AccessBook
from schakel.vocabulary.facts import Fact
from schakel.vocabulary.texts import Text, text

HEADS = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("title", "Wat er over u is vastgelegd", "What is recorded about you"),
        ("identity", "Wie u bent", "Who you are"),
        ("facts", "Wat er is gezegd of gezien, en door wie", "What was said or seen, and by whom"),
        ("exploitation", "Wat u is overkomen, zoals het is verteld", "What happened to you, as it was told"),
        ("shared", "Wie wat over u mag weten, en waarom", "Who may know what about you, and why"),
        ("grounds", "Waarop dat rust", "What that rests on"),
        ("tasks", "Wat anderen voor u moeten doen", "What others must do for you"),
        ("timeline", "Wat er is gebeurd", "What has happened"),
        ("readers", "Wie heeft gelezen", "Who has read it"),
        ("rights", "Wat u kunt doen", "What you can do"),
    )
}
RIGHTS = text({
    "nl": "U mag zeggen wat niet klopt, bezwaar maken en toestemming intrekken. Uw bescherming hangt daar niet van af.",
    "en": "You may say what is wrong, object and withdraw consent. Your protection does not depend on it.",
})  # fmt: skip
WORDS = text({
    "nl": "Wat iemand in eigen woorden bij een melding, verwijzing of plicht schreef, staat hier niet, omdat het ook "
          "over anderen kan gaan. U kunt het registratiepunt vragen om het in te zien.",
    "en": "What somebody wrote in words of their own with a report, a referral or a duty is not here, because it may "
          "be about others too. You can ask the registration point to see it.",
})  # fmt: skip
NOTHING = text({"nl": "Niets vastgelegd.", "en": "Nothing recorded."})
PARTS = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("given_names", "Voornamen", "Given names"), ("surname", "Achternaam", "Surname"),
        ("birth_date", "Geboortedag", "Birth date"), ("sex", "Geslacht", "Sex"),
        ("nationalities", "Nationaliteit", "Nationality"), ("aliases", "Andere namen", "Other names"),
    )
}  # fmt: skip
EVERYONE = text({"nl": "elke ontvanger", "en": "every receiver"})
LINE = same("{head}: {said}")


@dataclass(frozen=True, slots=True)
class Section:
    """A head with its lines."""

    head: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One reading from the audit log: when, by which kind of organisation, in which role, for what."""

    on: date
    organisation: str
    role: str
    action: str


def export(
    content: Content, encounter: Encounter, person_id: str, on: date, *, registrations: Iterable[Registration] = (),
    tasks: Iterable[DutyTask] = (), referrals: Iterable[Referral] = (),
    grounds: Iterable[Ground] = (), reads: Iterable[Read] = (),
) -> tuple[Section, ...]:  # fmt: skip
    """Everything about one person in sections; nothing about the others of the encounter, nor who reported by name.

    What only somebody else may know (a secret reporter, another victim) must be left out of what is handed in.
    """
    person = encounter.person(person_id)
    book, cycles = sharing(content), lifecycles(content)
    asked, own = tuple(referrals), tuple(task for task in tasks if task.person == person_id)
    told = timeline(content, encounter, person_id, on, registrations=registrations, referrals=asked)
    happened = tuple(_line(line.on, line.say) for line in told if line.kind != "fact")
    return (
        Section(HEADS["identity"], _identity(person.identity)),
        Section(HEADS["facts"], tuple(claim_text(content, claim) for claim in (*encounter.shared, *person.claims))),
        Section(HEADS["exploitation"], _exploitation(content, person)),
        Section(HEADS["shared"], tuple(_shared(content, book, one) for one in asked if one.person == person_id)),
        Section(HEADS["grounds"], tuple(_ground(content, book, cycles, g) for g in grounds if g.person == person_id)),
        Section(HEADS["tasks"], tuple(_task(content, cycles, task) for task in own)),
        Section(HEADS["timeline"], happened),
        Section(HEADS["readers"], tuple(_read(content, access(content), one) for one in reads)),
        Section(HEADS["rights"], (RIGHTS, WORDS)),
    )


def as_text(sections: Iterable[Section], lang: str) -> str:
    """The export as plain text."""
    parts = [HEADS["title"](lang), ""]
    for section in sections:
        lines = [line(lang) for line in section.lines] or [NOTHING(lang)]
        parts += [section.head(lang), *(f"  - {line}" for line in lines), ""]
    return "\n".join(parts)


def _line(on: date, words: Text) -> Text:
    return each(lambda lang: f"{on.isoformat()}: {words(lang)}")


def _identity(identity: Identity | None) -> tuple[Text, ...]:
    found = []
    for part in fields(Identity) if identity else ():
        value = getattr(identity, part.name)
        if said := ", ".join(value) if isinstance(value, tuple) else value:
            found.append(filled(LINE, head=PARTS[part.name], said=same(said)))
    return tuple(found)


def _exploitation(content: Content, person: CasePerson) -> tuple[Text, ...]:
    form = content.facts["form"]
    return tuple(_situation(form, one) for one in person.exploitations)


def _situation(form: Fact, one: Exploitation) -> Text:
    period = f"{one.begun or '?'} - {one.ended or '?'}"
    return each(lambda lang: f"{', '.join(form.value(value).text(lang) for value in one.forms)} ({period})")


def _shared(content: Content, book: SharingBook, referral: Referral) -> Text:
    kinds = [book.fields[field].text for field in book.fields if field in referral.slice.fields]
    said = each(
        lambda lang: f"{'; '.join(kind(lang) for kind in kinds) or '-'}. {book.purposes[referral.purpose](lang)}"
    )
    return filled(LINE, head=name_of(content, referral.receiver), said=said)


def _ground(content: Content, book: SharingBook, cycles: Mapping[str, Lifecycle], ground: Ground) -> Text:
    name = name_of(content, ground.receiver) if ground.receiver else EVERYONE
    state = cycles["ground"].state(ground.state).name
    return each(
        lambda lang: (
            f"{book.purposes[ground.purpose](lang)} ({name(lang)}): {book.grounds[ground.ground](lang)}; "
            f"{state(lang)}, {ground.ended_on or ground.on}"
        )
    )


def _task(content: Content, cycles: Mapping[str, Lifecycle], task: DutyTask) -> Text:
    title, holder = title_of(content, task.duty), name_of(content, task.holder)
    state = cycles["duty"].state(task.state).name
    return each(lambda lang: f"{title(lang)} ({holder(lang)}): {state(lang)}")


def _read(content: Content, book: AccessBook, read: Read) -> Text:
    name, role, action = name_of(content, read.organisation), book.roles[read.role].name, book.actions[read.action].text
    return each(lambda lang: f"{read.on.isoformat()}: {name(lang)}, {role(lang)}, {action(lang)}")
