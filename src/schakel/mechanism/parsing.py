"""From checked content files to the nouns of the mechanism: one small function a kind."""

from __future__ import annotations

from schakel.mechanism.model import (
    ON,
    PARTS,
    STAGES,
    STRENGTHS,
    ConstraintItem,
    Contact,
    Duty,
    Gap,
    Goal,
    Indicator,
    Law,
    OpenTerm,
    Organisation,
    PowerOf,
    Profession,
    Right,
    TermRule,
    Unread,
    Version,
    Within,
)
from schakel.mechanism.terms import NORMS, Term, Unit
from schakel.rules.conditions import Reader
from schakel.rules.documents import Item
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import EVERYONE, Asking, Fact, Value
from schakel.vocabulary.periods import Period
from schakel.vocabulary.texts import Text, text


def chosen(item: Item, key: str, allowed: tuple[str, ...]) -> str:
    """A word out of a closed list."""
    word = item.word(key)
    if word not in allowed:
        raise BadInput(f"'{word}' is no {key}", where=item.document.where((*item.path, key)),
                       remedy=f"Choose from {', '.join(allowed)}")  # fmt: skip
    return word


def fact(item: Item, scope: str) -> Fact:
    kind = "many" if item.get("many") else str(item.get("type", "choice"))
    ask = item.item("ask")
    by = frozenset(ask.words("by"))
    by = frozenset({EVERYONE}) if EVERYONE in by else by
    asking = Asking(by, ask.word("of"), ask.maybe_text("warning"), ask.words("first"))
    return Fact(
        id=item.word("id"), kind=kind, scope=str(item.get("scope", scope)), name=item.text("name"),
        question=item.text("question"), help=item.maybe_text("help"),
        values=tuple(value(entry) for entry in item.items("values")), asking=asking,
        judged_by=frozenset(item.words("judged_by")), recorded_only=bool(item.get("recorded_only", False)),
        background=bool(item.get("background", False)),
        event=item.maybe_text("event"), sources=item.sources(),
    )  # fmt: skip


def value(item: Item) -> Value:
    span = item.get("range")
    return Value(
        item.word("id"), item.text("text"), item.text("phrase"), (int(span[0]), int(span[1])) if span else None,
        str(item.get("group", "")), str(item.get("organisation", "")),
    )  # fmt: skip


def constraint(item: Item, reader: Reader) -> ConstraintItem:
    possible = tuple(dict(entry.data) for entry in item.items("still_possible"))
    within = item.item("unless_within") if item.get("unless_within") else None
    return ConstraintItem(
        item.word("id"), item.condition("never", reader), item.text("reason"), possible, item.sources(),
        Within(within.word("of"), term_of(within, "maximum")) if within else None,
    )  # fmt: skip


def duty(item: Item, reader: Reader) -> Duty:
    how = Item(item.get("how", {}), item.document, (*item.path, "how"))
    versions = tuple(version(entry, reader) for entry in item.items("versions"))
    if not versions:
        raise BadInput(f"{item.word('id')} has no version", where=item.where, remedy="Add 'versions:'")
    return Duty(
        id=item.word("id"), title=item.text("title"), why_it_matters=item.text("why_it_matters"),
        task=item.word("task"),
        part=chosen(item, "part", PARTS), holder=item.word("holder"), to=str(item.get("to", "person")),
        stage=chosen(item, "stage", STAGES), urgent=bool(item.get("urgent", False)),
        protective=bool(item.get("protective", False)), what=item.text("what"), steps=how.texts("steps"),
        contact=str(how.get("contact", "")), say=how.texts("say"), do_not=item.texts("do_not"),
        meets=item.words("meets"),
        after=item.words("after"), overrides=item.words("overrides"),
        open_terms=tuple(
            OpenTerm(entry.text("what"), entry.word("filled_by")) for entry in item.items("open_terms")
        ),
        untranslatable=item.texts("untranslatable"), replaces=item.words("replaces"), versions=versions,
        checked_by=item.words("checked_by"), file=item.document.name,
    )  # fmt: skip


def version(item: Item, reader: Reader) -> Version:
    selected_by = str(item.get("selected_by", ON))
    term = item.item("term") if item.get("term") else None
    return Version(
        period=item.period(), selected_by=selected_by, read=bool(item.get("read", True)),
        strength=chosen(item, "strength", STRENGTHS), norm=chosen(item, "norm", NORMS),
        applies_when=item.condition("applies_when", reader), term=term_rule(term) if term else None,
        no_term=item.maybe_text("no_term"), sources=item.sources(), what=item.maybe_text("what"),
    )  # fmt: skip


def term_rule(item: Item) -> TermRule:
    term = term_of(item, item.word("type"))
    return TermRule(item.word("starts"), term, item.text("text"), bool(item.get("national", True)))


def term_of(item: Item, kind: str) -> Term:
    """The length of time under `length` and `unit`."""
    try:
        return Term(int(item.need("length")), Unit(item.word("unit")), kind)
    except ValueError as error:
        raise BadInput(str(error), where=item.where, remedy="See docs/reference/content.md") from error


def right(item: Item, reader: Reader) -> Right:
    return Right(
        item.word("id"), item.text("title"), item.text("plain"), item.condition("applies_when", reader),
        str(item.get("told_by", "")), item.maybe_text("warning"), item.period(), item.sources(),
    )  # fmt: skip


def goal(item: Item, reader: Reader) -> Goal:
    power = item.get("power")
    return Goal(
        item.word("id"), item.text("title"), item.text("protects"), item.condition("when", reader),
        None if power is None else str(power), bool(item.get("at_night", False)), item.words("gaps"), item.sources(),
    )  # fmt: skip


def gap(item: Item, reader: Reader) -> Gap:
    return Gap(
        item.word("id"), item.text("title"), item.text("what"), item.condition("when", reader), item.words("goals"),
        item.maybe_text("ask"), item.sources(), item.period(),
    )  # fmt: skip


def unread(item: Item) -> Unread:
    applies = frozenset() if item.get("applies", "all") == "all" else frozenset(item.words("applies"))
    return Unread(item.word("id"), Period(item.day("from"), item.day("to")), applies, item.text("text"), item.sources())


def organisation(item: Item) -> Organisation:
    exists = item.item("exists") if item.get("exists") else None
    return Organisation(
        id=item.word("id"), name=item.text("name"), short=str(item.get("short", "")), category=item.word("category"),
        level=str(item.get("level", "unknown")),
        exists=Period(exists.day("from"), exists.day("to")) if exists else Period(),
        powers=tuple(power_of(entry) for entry in item.items("powers")), hours=str(item.get("hours", "unknown")),
        hours_text=item.maybe_text("hours_text"), night_holder=str(item.get("night_holder", "")),
        contacts=tuple(contact(entry) for entry in item.items("contacts")), note=_note(item),
    )  # fmt: skip


def power_of(item: Item) -> PowerOf:
    return PowerOf(item.word("id"), item.text("what"), item.maybe_text("limits"), item.sources())


def contact(item: Item) -> Contact:
    return Contact(
        item.text("for"), str(item.get("phone", "")), str(item.get("web", "")), str(item.get("hours", "unknown")),
        item.sources(),
    )  # fmt: skip


def law(item: Item) -> Law:
    read = item.get("version_read", "")
    words = text(read)("en") if isinstance(read, dict) else str(read)
    period = Period(item.day("valid_from"), item.day("repealed_on"))
    return Law(
        item.word("id"), item.text("name"), str(item.get("identifier", "")), str(item.get("address", "")), words,
        item.word("certainty"), period, _note(item),
    )  # fmt: skip


def indicator(item: Item, list_id: str) -> Indicator:
    return Indicator(
        item.word("id"), list_id, item.text("group"), item.text("text"), frozenset(item.words("applies_to")),
        not item.get("never_counts", False), bool(item.get("not_alone", False)), item.maybe_text("reason"),
        item.sources(),
    )  # fmt: skip


def profession(item: Item) -> Profession:
    def lines(key: str) -> tuple[Text, ...]:
        entries = item.get(key, [])
        return tuple(
            entry.text("text") if "text" in entry.data else text(entry.data) for entry in item.items(key)
        ) if entries else ()  # fmt: skip

    return Profession(
        item.word("id"), item.text("title"), lines("say"), item.words("call"), lines("do"), lines("do_not")
    )


def _note(item: Item) -> Text | None:
    return item.maybe_text("note") if isinstance(item.get("note"), dict) else None
