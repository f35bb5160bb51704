"""May A tell B this, for this purpose, on which ground: an answer with its reasons, or a refusal with a next step.

Three-valued: a circumstance that nobody told stays open, and an open circumstance never turns into a yes. What forbids
wins over what permits; what permits wins over what no text decides. Nothing here knows a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as a_field
from datetime import date

from schakel.networks import decision
from schakel.networks.decision import Decision, Reason
from schakel.networks.model import FORBIDS, PERMITS, UNDECIDED, SharingBook, SharingRule
from schakel.networks.refusals import no_persons, not_known
from schakel.rules.conditions import atoms, support
from schakel.rules.engine import kleene
from schakel.rules.space import Masks
from schakel.vocabulary.texts import Text, text

MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a sharing: the kind of organisation, its unit and the role of the person there."""

    kind: str
    unit: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to tell: who, to whom, which kind of data, for what purpose, on which day.

    `ground` may be left empty: then every ground counts, and the decision names those that carry it.
    `circumstances` gives what is known of what answers hang on; what is not in it is open. `persons` is how many
    people the message is about, `way` how the data go (a message, or letting search, list, export, webhook).
    """

    sender: Party
    receiver: Party
    field: str
    purpose: str
    on: date
    ground: str = ""
    circumstances: Mapping[str, str] = a_field(default_factory=dict)
    persons: int = 1
    way: str = MESSAGE

    def of(self, kind_of_data: str) -> Question:
        """The same question about another kind of data."""
        return replace(self, field=kind_of_data)


def may_share(book: SharingBook, question: Question) -> Decision:
    """The decision on one question.

    Raises `BadInput` for a purpose, kind of data, ground, party or circumstance that does not exist: there is no
    purpose of removal or of supervising aliens.
    """
    sender, receiver = _checked(book, question)
    masks = _masks(book, question)
    rules = [
        rule
        for rule in book.between(sender, receiver)
        if question.purpose in rule.purposes and question.field in rule.fields and question.on in rule.period
    ]
    verdicts = {rule.id: kleene(rule.when, masks, book.space) for rule in rules}
    forbidding = [rule for rule in rules if rule.effect == FORBIDS and verdicts[rule.id] is not False]
    if forbidding:
        certain = [rule for rule in forbidding if verdicts[rule.id]]
        return _refusal(
            book, question, certain or forbidding, decision.REFUSED if certain else decision.UNDECIDED, masks
        )
    permitting = [rule for rule in rules if rule.effect == PERMITS and question.ground in ("", rule.ground)]
    if carrying := [rule for rule in permitting if verdicts[rule.id]]:
        return _permission(book, question, carrying)
    undecided = [rule for rule in rules if rule.effect == UNDECIDED and verdicts[rule.id] is not False]
    if still_open := [rule for rule in permitting if verdicts[rule.id] is None] + undecided:
        return _refusal(book, question, still_open, decision.UNDECIDED, masks)
    return _refusal(book, question, permitting or [book.fallback], decision.REFUSED, masks, unmet=bool(permitting))


def allowed_fields(book: SharingBook, question: Question, fields: Iterable[str] = ()) -> dict[str, Decision]:
    """The decision for each kind of data (all of them where none is named): a receiver's slice is what it permits."""
    return {name: may_share(book, question.of(name)) for name in (fields or book.fields)}


def _checked(book: SharingBook, question: Question) -> tuple[str, str]:
    """The kinds that rules speak of, once every word of the question is one that exists."""
    for kind, word, allowed in (
        ("purpose", question.purpose, book.purposes), ("field", question.field, book.fields),
        ("ground", question.ground or next(iter(book.grounds)), book.grounds),
    ):  # fmt: skip
        if word not in allowed:
            raise not_known(kind, word, allowed)
    for name, value in question.circumstances.items():
        if name not in book.asked:
            raise not_known("circumstance", name, book.asked)
        if value not in book.circumstances[name].value_ids:
            raise not_known("value", value, book.circumstances[name].value_ids, name)
    if question.persons < 1:
        raise no_persons()
    if question.way not in book.circumstances["way"].value_ids:
        raise not_known("value", question.way, book.circumstances["way"].value_ids, "way")
    return party_kind(book, question.sender), party_kind(book, question.receiver)


def party_kind(book: SharingBook, party: Party) -> str:
    """The kind that rules speak of: a unit with powers of its own is a kind of its own."""
    kind = book.units.get((party.kind, party.unit), party.kind)
    known = book.fallback.senders | book.others.keys()
    if kind not in known:
        raise not_known("party", kind, sorted(known))
    return kind


def _masks(book: SharingBook, question: Question) -> Masks:
    told = {name: (value,) for name, value in question.circumstances.items()}
    told["about"] = ("one" if question.persons == 1 else "several",)
    told["way"] = (question.way,)
    told["receiver_role"] = ("researcher" if question.receiver.role == "researcher" else "other",)
    return book.space.situation(told)


def _permission(book: SharingBook, question: Question, rules: list[SharingRule]) -> Decision:
    reasons = tuple(map(_reason, rules))
    record = (*book.record, book.lawyer) if all(reason.lawyer for reason in reasons) else book.record
    grounds = tuple(dict.fromkeys(rule.ground for rule in rules))
    return Decision(_asked(question), decision.PERMITTED, reasons, record=record, grounds=grounds)


def _refusal(
    book: SharingBook, question: Question, rules: list[SharingRule], answer: str, masks: Masks, *, unmet: bool = False
) -> Decision:
    steps = dict.fromkeys(rule.next_step for rule in rules if rule.next_step)
    missing = _open(book, rules, masks) if answer == decision.UNDECIDED else ()
    step = _joined(*([_find_out(book, missing)] if missing else []), *(step for step in steps if step is not None))
    reasons = tuple(_unmet(book, rule, masks) if unmet else _reason(rule, bool(missing)) for rule in rules)
    return Decision(_asked(question), answer, reasons, step, hangs_on=missing)


def _reason(rule: SharingRule, still_open: bool = False) -> Reason:
    """The rule as a reason; while its circumstances are open it says under what it would hold."""
    words = rule.because
    if still_open and rule.effect == PERMITS:
        words = text(
            {"nl": f"Alleen als dit zo is: {rule.because('nl')}", "en": f"Only if this is so: {rule.because('en')}"}
        )
    return Reason(rule.id, words, rule.sources, rule.ground, rule.lawyer, rule.note)


def _unmet(book: SharingBook, rule: SharingRule, masks: Masks) -> Reason:
    """Why a permitting rule does not hold: what is known of the circumstances that it rests on."""
    against = [atom.fact for atom in atoms(rule.when) if kleene(atom, masks, book.space) is False]
    said = {
        lang: ", ".join(
            value.phrase(lang)
            for name in dict.fromkeys(against)
            for value in book.circumstances[name].values
            if value.id in book.space.values(name, masks[book.space.index[name]])
        )
        for lang in ("nl", "en")
    }
    words = text({
        "nl": f"De regel die dit kan toelaten geldt hier niet, want {said['nl']}.",
        "en": f"The rule that can allow this does not hold here, because {said['en']}.",
    })  # fmt: skip
    return Reason(rule.id, words, rule.sources, rule.ground, rule.lawyer)


def _open(book: SharingBook, rules: list[SharingRule], masks: Masks) -> tuple[str, ...]:
    """The circumstances on which the rules rest and of which more than one value is still possible."""
    names = {name for rule in rules for name in support(rule.when)}
    return tuple(
        name for name in book.circumstances
        if name in names and len(book.space.values(name, masks[book.space.index[name]])) > 1
    )  # fmt: skip


def _find_out(book: SharingBook, names: tuple[str, ...]) -> Text:
    said = {lang: "; ".join(book.circumstances[name].name(lang) for name in names) for lang in ("nl", "en")}
    return text({"nl": f"Ga eerst na: {said['nl']}.", "en": f"First find out: {said['en']}."})


def _joined(*steps: Text) -> Text:
    return text({lang: " ".join(dict.fromkeys(step(lang) for step in steps)) for lang in ("nl", "en")})


def _asked(question: Question) -> tuple[tuple[str, str], ...]:
    """The question as plain pairs, for the log: kinds of organisation and of data, never a person."""
    pairs = (
        ("from", question.sender.kind), ("from_unit", question.sender.unit), ("from_role", question.sender.role),
        ("to", question.receiver.kind), ("to_unit", question.receiver.unit), ("to_role", question.receiver.role),
        ("field", question.field), ("purpose", question.purpose), ("ground", question.ground),
        ("on", question.on.isoformat()), ("persons", str(question.persons)), ("way", question.way),
        *sorted(question.circumstances.items()),
    )  # fmt: skip
    return tuple((key, value) for key, value in pairs if value)
