"""The sharing rules as shipped: true to their rows and to the hazards, complete, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from schakel.casework.content import sharing
from schakel.mechanism.content import Content, load
from schakel.networks.decision import PERMITTED, REFUSED, UNDECIDED, Decision
from schakel.networks.model import CONSENT, FORBIDS, PERMITS, SharingBook
from schakel.rules.conditions import atoms, support
from schakel.rules.schemas import complaints
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.sources import NEEDS_VERIFYING
from schakel.vocabulary.texts import LANGUAGES
from tests.books import ask

CARE = ("gp-health", "fairwork", "school", "shop")
# The rows of the collected facts, and a rule in which each of them must be found.
ROWS = {
    "S1": ["police-to-mayor", "police-to-investigation-and-prosecution"], "S2": ["police-to-comensha", "police-to-ind"],
    "S3": ["investigations-to-comensha"], "S4": ["police-to-comensha"], "S5": ["police-to-others-once"],
    "S6": ["police-to-partnership"], "S8": ["prosecution-to-others"], "S9": ["anyone-to-veilig-thuis"],
    "S10": ["youth-care-consent", "youth-care-involved", "youth-care-to-institution"], "S11": ["youth-index"],
    "S11b": ["care-to-police-conflict"], "S12": ["care-to-police-conflict"], "S13": ["care-to-comensha-consent"],
    "S14": ["victim-not-public"], "S15": ["asked-by-supervisor"], "K33": ["supervisor-gives-other-bodies"],
    "K34": ["youth-index"],
    "K6": ["serious-crime-known", "municipality-own-scheme", "citizen-and-officials-report-crime"],
    "sharing section 2": ["comensha-to-rapporteur", "care-to-comensha-other-ground", "registration-onward"],
    "sharing section 3": ["participant-to-riec", "participant-to-partnership", "care-has-no-seat-at-riec"],
    "sharing section 4": ["between-partnerships"],
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def book(content: Content) -> SharingBook:
    return sharing(content)


def senders(book: SharingBook) -> list[str]:
    """One sender of each sort: those that the same rules name are told the same."""
    parties = sorted(book.fallback.senders | book.others.keys())
    sorts = {frozenset(rule.id for rule in book.rules.values() if one in rule.senders): one for one in parties}
    return sorted(sorts.values())


def test_the_files_are_as_their_schemas_ask(content: Content) -> None:
    for folder in ("sharing", "casework"):
        for document in content.documents(folder):
            assert not [str(one) for one in complaints(content.root / "schema", document)]


def test_nobody_has_signed_yet(content: Content) -> None:
    for folder in ("sharing", "casework"):
        assert not [document.name for document in content.documents(folder) if document.data["checked_by"]]


def test_every_source_is_an_instrument_of_the_content(content: Content, book: SharingBook) -> None:
    assert not [
        (rule.id, one.ref) for rule in book.rules.values() for one in rule.sources if one.ref not in content.law
    ]


def test_no_certainty_is_higher_than_that_of_its_instrument(content: Content, book: SharingBook) -> None:
    recalled = {name for name, law in content.law.items() if law.certainty == "R"}
    assert not [rule.id for rule in book.rules.values() for one in rule.sources
                if one.ref in recalled and one.certainty != "R"]  # fmt: skip


@pytest.mark.parametrize(("row", "rules"), ROWS.items(), ids=lambda part: part if isinstance(part, str) else "")
def test_every_row_of_the_facts_has_its_rule(book: SharingBook, row: str, rules: list[str]) -> None:
    assert [name for name in rules if row in {source.row for source in book.rules[name].sources}] == rules


def test_every_group_names_organisations_that_exist(content: Content, book: SharingBook) -> None:
    assert not [one for group in book.groups.values() for one in group.members if one not in content.organisations]


def test_every_fact_belongs_to_one_kind_of_data(content: Content, book: SharingBook) -> None:
    listed = [fact for kind in book.fields.values() for fact in kind.facts]
    assert sorted(listed) == sorted(content.facts)


def test_every_rule_can_hold(book: SharingBook) -> None:
    """For each rule a question is found whose answer names it."""
    silent = [
        rule.id for rule in book.rules.values() if not any(rule.id in one.rules for one in questions(book, rule.id))
    ]
    assert silent == []


def questions(book: SharingBook, name: str) -> Iterator[Decision]:
    """Questions that a rule speaks to: with nothing told, and with what it asks for."""
    rule = book.rules[name]
    if rule.fallback:
        yield ask(book, "nidos", "riec", "signal", "own-data")
        return
    told = {fact: value for fact in support(rule.when) - book.derived for value in sorted(wanted(book, name, fact))}
    derived = support(rule.when) & book.derived
    more = {"persons": 2} if "about" in derived else {"role": "researcher"} if "receiver_role" in derived else {}
    for sender, receiver in product(sorted(rule.senders), sorted(rule.receivers)):
        for purpose, field in product(sorted(rule.purposes), sorted(rule.fields)):
            yield ask(book, sender, receiver, field, purpose, **more, **told)  # type: ignore[arg-type]
            yield ask(book, sender, receiver, field, purpose, **more)  # type: ignore[arg-type]


def wanted(book: SharingBook, name: str, fact: str) -> frozenset[str]:
    return next(atom.values for atom in atoms(book.rules[name].when) if atom.fact == fact)


# -- hazards


@pytest.mark.parametrize("purpose", ["return", "removal", "supervision-of-aliens", "toezicht", "terugkeer"])
def test_there_is_no_purpose_of_removal(book: SharingBook, purpose: str) -> None:
    assert not re.search(r"return|aliens|terugkeer|vreemdelingen|uitzett", " ".join(book.purposes))
    with pytest.raises(BadInput):
        ask(book, "police", "ind", "identity", purpose)


@pytest.mark.parametrize(
    ("persons", "way"), [(2, "message"), (50, "list"), (1, "search"), (1, "export"), (1, "webhook")]
)
def test_the_immigration_service_gets_messages_about_one_person_only(book: SharingBook, persons: int, way: str) -> None:
    others = (one for one in senders(book) if one not in ("person", "public"))
    for sender, field, purpose in product(others, book.fields, book.purposes):
        assert not ask(book, sender, "ind", field, purpose, persons=persons, way=way, consent="given").allowed


def test_the_immigration_service_is_told_for_the_residence_of_the_person_alone(book: SharingBook) -> None:
    everything = {"consent": "given", "interest_agreed": "yes", "privacy_weighed": "proportionate", "secrecy": "no"}
    others = (one for one in senders(book) if one not in ("person", "public"))
    for sender, receiver, purpose in product(others, ("ind", "dtv"), book.purposes):
        if purpose not in ("residence-decision", "outcome-to-finder"):
            assert not ask(book, sender, receiver, "identity", purpose, **everything).allowed  # type: ignore[arg-type]


def test_consent_is_never_shown_as_the_only_ground(book: SharingBook) -> None:
    for rule in book.rules.values():
        if rule.ground == CONSENT:
            assert "niet de enige" in rule.because("nl")
            assert "not the only one" in rule.because("en")


def test_care_is_never_told_that_it_must_report(book: SharingBook) -> None:
    for rule in book.rules.values():
        if rule.effect == PERMITS and "comensha" in rule.receivers and rule.senders & set(CARE):
            assert not re.search(r"\bmoet\b|\bverplicht", rule.because("nl"))
            assert rule.ground not in ("legal-duty", "statute")


def test_the_ethnic_ground_of_the_youth_index_is_not_encoded(book: SharingBook) -> None:
    risks = book.circumstances["index_risk"].value_ids
    assert risks == ("sexual_violence", "school_absence", "crime", "no_home", "none")


def test_a_researcher_never_gets_an_identity(book: SharingBook) -> None:
    hidden = set(book.fields) - {"figures", "situation"}
    for sender, receiver in product(senders(book), ("national-rapporteur", "comensha", "shelter", "police")):
        for field, purpose in product(sorted(hidden), book.purposes):
            assert not ask(book, sender, receiver, field, purpose, role="researcher", consent="given").allowed


def test_a_secret_address_never_goes_to_enforcement_or_immigration(book: SharingBook) -> None:
    for sender, purpose in product(("shelter", "care-coordinator", "comensha", "nidos"), book.purposes):
        for receiver in ("ind", "riec", "labour-inspectorate", "tax-fiod"):
            assert not ask(book, sender, receiver, "whereabouts", purpose, consent="given").allowed


def test_a_count_without_identity_is_open_to_everyone(book: SharingBook) -> None:
    for sender in sorted(book.fallback.senders | {"citizen", "person"}):
        assert ask(book, sender, "comensha", "figures", "registration-figures", consent="refused").allowed


def test_every_answer_to_every_question_is_a_sentence_in_both_languages(book: SharingBook) -> None:
    said = set()
    for sender, receiver in product(senders(book), sorted(book.fallback.receivers | book.others.keys())):
        for purpose in ("arrange-care", "criminal-investigation"):
            answer = ask(book, sender, receiver, "identity", purpose)
            said.add(answer.answer)
            for lang in LANGUAGES:
                assert answer.say(lang).endswith(".")
                assert answer.allowed or answer.next_step(lang).strip()  # type: ignore[misc]
    assert said == {PERMITTED, UNDECIDED, REFUSED}


def test_a_rule_that_stands_on_memory_or_derivation_alone_asks_for_a_lawyer(book: SharingBook) -> None:
    weak = NEEDS_VERIFYING - {"S15"}
    for rule in book.rules.values():
        if rule.effect == PERMITS and {source.certainty for source in rule.sources} <= weak:
            assert rule.lawyer, rule.id


def test_what_forbids_says_no_whoever_asks_with_what_ground(book: SharingBook) -> None:
    for rule in book.rules.values():
        if rule.effect == FORBIDS and not rule.fallback and not support(rule.when):
            sender, receiver = min(rule.senders), min(rule.receivers)
            for ground in book.grounds:
                field, purpose = min(rule.fields), min(rule.purposes)
                assert ask(book, sender, receiver, field, purpose, ground=ground, consent="given").answer == REFUSED


# -- the matrix of who may give whom (section 5), and what each cell hangs on

SUPERVISED = {"supervision_order": "yes"}
MATRIX = [
    ("police", "comensha", "registration-figures", {}, PERMITTED, "S15"),
    ("police", "care-coordinator", "arrange-care", {}, UNDECIDED, ""),
    ("police", "care-coordinator", "arrange-care", {"interest_agreed": "yes"}, PERMITTED, "S15"),
    ("police", "veilig-thuis", "child-protection", {"abuse": "yes"}, PERMITTED, "S15"),
    ("police", "zvh", "partnership-case", {"decision_recorded": "yes"}, PERMITTED, "S15"),
    ("police", "riec", "partnership-case", {"decision_recorded": "yes"}, PERMITTED, "S15"),
    ("police", "ind", "residence-decision", {}, PERMITTED, "S15"),
    ("labour-inspectorate-investigations", "comensha", "registration-figures", {}, PERMITTED, "S15"),
    ("labour-inspectorate-investigations", "ind", "residence-decision", {}, PERMITTED, "S15"),
    ("labour-inspectorate", "police", "criminal-investigation", {}, UNDECIDED, ""),
    ("labour-inspectorate", "comensha", "registration-figures", {}, PERMITTED, "D"),
    ("labour-inspectorate", "care-coordinator", "arrange-care", {"consent": "given"}, PERMITTED, "R"),
    ("labour-inspectorate", "care-coordinator", "arrange-care", {"consent": "refused"}, REFUSED, ""),
    ("labour-inspectorate", "ind", "residence-decision", {}, UNDECIDED, ""),
    ("gp-health", "police", "criminal-investigation", {"consent": "given"}, PERMITTED, "R"),
    ("gp-health", "police", "criminal-investigation", {"conflict_of_duties": "yes"}, PERMITTED, "R"),
    ("gp-health", "comensha", "registration-figures", {"consent": "given"}, PERMITTED, "R"),
    ("gp-health", "comensha", "registration-figures", {"consent": "refused"}, UNDECIDED, ""),
    ("gp-health", "comensha", "registration-figures", {"ground_documented": "yes"}, PERMITTED, "SS"),
    ("gp-health", "veilig-thuis", "child-protection", {"abuse": "yes"}, PERMITTED, "S15"),
    ("gp-health", "veilig-thuis", "child-protection", {"abuse": "no"}, REFUSED, ""),
    ("gp-health", "zvh", "partnership-case", {"participants": "both"}, PERMITTED, "S"),
    ("gp-health", "riec", "partnership-case", {"participants": "both"}, REFUSED, ""),
    ("gp-health", "ind", "residence-decision", {"consent": "given"}, REFUSED, ""),
    ("youth-care-provider", "comensha", "registration-figures", {"consent": "given"}, PERMITTED, "S15"),
    ("youth-care-provider", "veilig-thuis", "child-protection", {"abuse": "yes"}, PERMITTED, "S15"),
    ("youth-care-provider", "certified-institution", "child-protection", SUPERVISED, PERMITTED, "S15"),
    ("youth-care-provider", "riec", "partnership-case", {}, REFUSED, ""),
    ("youth-care-provider", "ind", "residence-decision", {}, REFUSED, ""),
    ("municipality", "police", "criminal-investigation", {"secrecy": "no"}, PERMITTED, "S15"),
    ("municipality", "care-coordinator", "arrange-care", {}, PERMITTED, "R"),
    ("municipality", "zvh", "partnership-case", {"participants": "both"}, PERMITTED, "S"),
    ("municipality", "ind", "residence-decision", {}, UNDECIDED, ""),
    ("shelter", "police", "criminal-investigation", {"consent": "given"}, PERMITTED, "R"),
    ("shelter", "comensha", "registration-figures", {"consent": "given"}, PERMITTED, "R"),
    ("shelter", "care-coordinator", "arrange-care", {"consent": "given"}, PERMITTED, "R"),
    ("shelter", "riec", "partnership-case", {"consent": "given"}, REFUSED, ""),
    ("shelter", "zvh", "partnership-case", {"consent": "given"}, PERMITTED, "R"),
    ("shelter", "ind", "residence-decision", {"consent": "given"}, PERMITTED, "R"),
    ("riec", "zvh", "partnership-case", {}, UNDECIDED, ""),
    ("zvh", "riec", "partnership-case", {}, UNDECIDED, ""),
    ("labour-inspectorate", "municipality", "labour-supervision", {"privacy_weighed": "proportionate"}, PERMITTED, "S"),
    ("labour-inspectorate", "municipality", "labour-supervision", {"privacy_weighed": "harms"}, REFUSED, ""),
    ("labour-inspectorate", "municipality", "labour-supervision", {}, UNDECIDED, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sender", "receiver", "purpose", "told", "answer", "certainty"), MATRIX, ids=lambda part: str(part)[:40]
)
def test_the_matrix(
    book: SharingBook, sender: str, receiver: str, purpose: str, told: dict[str, str], answer: str, certainty: str
) -> None:
    field = "situation" if receiver == "riec" else "signal"
    decision = ask(book, sender, receiver, field, purpose, **told)  # type: ignore[arg-type]
    assert decision.answer == answer
    assert answer != PERMITTED or decision.certainty == certainty


def test_the_act_on_partnerships_holds_from_its_day(book: SharingBook) -> None:
    day = date(2025, 3, 1)
    told = {"participants": "both"}
    assert ask(book, "municipality", "riec", "signal", "partnership-case", on=day, **told).allowed  # type: ignore[arg-type]
    before = ask(book, "municipality", "riec", "signal", "partnership-case", on=day.replace(month=2), **told)  # type: ignore[arg-type]
    assert before.answer == REFUSED


def test_in_acute_danger_everyone_may_call(book: SharingBook) -> None:
    for sender in sorted(book.fallback.senders | {"citizen"}):
        answer = ask(book, sender, "police", "whereabouts", "protect-now", acute_danger="yes", consent="refused")
        assert answer.allowed, sender
