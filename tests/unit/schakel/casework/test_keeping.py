"""How long data stay, what happened in order of day, and what the person gets to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework import registration
from schakel.casework.consent import Ground
from schakel.casework.duty import DONE, DutyTask, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.export import Read, as_text, export
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.casework.referral import Referral, Slice
from schakel.casework.registration import Registration
from schakel.casework.report import Report
from schakel.casework.retention import BY_LAW_RECALLED, BY_ORGANISATION, NOT_SET, keep_until, retentions
from schakel.casework.timeline import timeline
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
CYCLES = lifecycles(CONTENT)
DAY = date(2025, 6, 2)


def test_a_term_of_the_organisation_is_labelled_as_its_own() -> None:
    kept = keep_until(CONTENT, "draft", DAY, {"draft": 28})
    assert (kept.until, kept.label, kept.ask_first) == (date(2025, 6, 30), BY_ORGANISATION, False)


def test_without_a_term_there_is_no_day_and_nothing_is_destroyed_unasked() -> None:
    kept = keep_until(CONTENT, "registration", DAY, {})
    assert (kept.until, kept.label, kept.ask_first) == (None, NOT_SET, True)


def test_a_recalled_term_of_law_is_not_shortened_and_is_looked_at_first() -> None:
    kept = keep_until(CONTENT, "medical", DAY, {"medical": 10})
    assert (kept.until, kept.label, kept.ask_first) == (date(2045, 6, 2), BY_LAW_RECALLED, True)
    assert keep_until(CONTENT, "medical", DAY, {"medical": 10_000}).until == date(2052, 10, 18)


def test_what_is_held_is_not_destroyed_unasked() -> None:
    assert keep_until(CONTENT, "draft", DAY, {"draft": 1}, hold=True).ask_first


@pytest.mark.parametrize(("category", "days"), [("shoes", 1), ("draft", -1), ("draft", 10**9)])
def test_a_category_or_term_that_cannot_be_is_bad_input(category: str, days: int) -> None:
    with pytest.raises(BadInput) as told:
        keep_until(CONTENT, category, DAY, {category: days})
    assert told.value.dutch


def test_no_term_is_given_without_a_source() -> None:
    for rule in retentions(CONTENT).values():
        assert (rule.years is None) is (rule.sources == ())


# -- a case to look at


def encounter() -> Encounter:
    person = CasePerson(
        "girl 1", (Claim("age", ("16_17",), "herself", date(2025, 6, 3)),), identity=Identity("G", "One")
    )
    person = person.exploited(Exploitation("a", ("sexual",), begun=date(2024, 1, 1)))
    found = Encounter(
        "e", DAY, "police", shared=(Claim("indication", ("yes",)),), persons=(person, CasePerson("girl 2"))
    )
    return found.report(Report("r", "e", DAY, "police", person="girl 1"))


def registered() -> Registration:
    step = registration.act(
        CYCLES,
        Registration("r", "e", "girl 1", DAY, grounds={"registration-figures": "g"}),
        "submit",
        DAY,
        by={"finder"},
    )
    assert not isinstance(step, Refusal)
    return step[0]


def made() -> tuple[DutyTask, ...]:
    return tasks(assess(CONTENT, situation(encounter(), date(2025, 6, 4))))


REFERRAL = Referral("x", "girl 1", "comensha", "shelter", "shelter-placement", "referral", Slice({}), "requested", DAY)


def test_a_timeline_is_in_order_of_day_and_holds_one_person_and_no_name() -> None:
    lines = timeline(
        CONTENT,
        encounter(),
        "girl 1",
        date(2025, 6, 4),
        registrations=[registered()],
        tasks=made(),
        referrals=[REFERRAL],
    )
    assert [line.on for line in lines] == sorted(line.on for line in lines)
    assert {"found", "report", "fact", "registration", "referral", "made"} <= {line.kind for line in lines}
    said = " ".join(line.say(lang) for line in lines for lang in LANGUAGES)
    assert f"{CONTENT.facts['age'].value('16_17').text('en')} (according to herself)" in said
    assert "One" not in said
    assert "{" not in said
    other = timeline(
        CONTENT, encounter(), "girl 2", date(2025, 6, 4), registrations=[registered()], referrals=[REFERRAL]
    )
    assert {line.kind for line in other} == {"found", "fact"}


def test_what_is_late_stands_on_its_last_day() -> None:
    late = replace(made()[0], due=date(2025, 6, 5))
    lines = timeline(CONTENT, encounter(), "girl 1", date(2025, 7, 1), tasks=[late])
    assert [line.on for line in lines if line.kind == "late"] == [date(2025, 6, 5)]
    done = timeline(CONTENT, encounter(), "girl 1", date(2025, 7, 1), tasks=[replace(late, state=DONE)])
    assert not [line for line in done if line.kind in ("late", "due")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_person_reads_all_that_is_recorded_in_plain_words(lang: str) -> None:
    ground = Ground("g", "girl 1", "shelter-placement", "shelter", "consent", "given", DAY)
    read = Read(DAY, "comensha", "registrar", "see_identity")
    sections = export(
        CONTENT, encounter(), "girl 1", date(2025, 6, 4), registrations=[registered()], tasks=made(),
        referrals=[REFERRAL], grounds=[ground], reads=[read],
    )  # fmt: skip
    words = as_text(sections, lang)
    wanted = {
        "nl": (
            "Wat er over u is vastgelegd",
            "Achternaam: One",
            "Seksuele uitbuiting",
            "registratiemedewerker",
            "Opvang",
            "Wat iemand in eigen woorden",
        ),
        "en": (
            "What is recorded about you",
            "Surname: One",
            "Sexual exploitation",
            "registrar",
            "Shelter",
            "What somebody wrote in words of their own",
        ),
    }[lang]
    for one in wanted:
        assert one in words
    assert "{" not in words
    assert "girl 2" not in words
    assert all(section.lines for section in sections)


def test_an_empty_export_says_that_nothing_is_recorded() -> None:
    words = as_text(export(CONTENT, encounter(), "girl 2", DAY), "en")
    assert "Nothing recorded." in words
