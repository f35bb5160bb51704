"""The pages of care: each in at most fifteen queries, in both languages, and with what was typed when it says no."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from loket.casework.actions import rights
from loket.casework.models import Ground, Placement, Referral
from tests.care import World, world
from tests.counter import Someone

MOST = 15


def words(response: Any) -> str:
    """The words of a page, without its menu."""
    body = response.content.decode()
    main = body[body.index("<main") : body.index("</main")].partition('<div class="sk-main')[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


class Visit:
    """Somebody at the counter who opens pages; none may take more queries than a page has."""

    def __init__(self, who: Someone, lang: str = "nl") -> None:
        self.client, self.lang = who.at(Client()), lang

    def address(self, name: str, *ids: object) -> str:
        return f"/{self.lang}{reverse(f'casework:{name}', args=ids)[3:]}"

    def opens(self, name: str, *ids: object) -> str:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = self.client.get(self.address(name, *ids))
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        said = [
            one["sql"]
            for one in asked.captured_queries
            if not re.match(r"(BEGIN|SAVEPOINT|RELEASE|COMMIT)", one["sql"])
        ]
        assert len(said) <= MOST, f"{name}: {len(said)} queries\n" + "\n".join(line[:160] for line in said)
        return words(answer)

    def posts(self, name: str, *ids: object, **said: Any) -> Any:
        return self.client.post(self.address(name, *ids), said)


@pytest.fixture
def there(database: Any) -> World:
    made = world()
    made.consents()
    made.consents("shelter-placement")
    return made


def test_every_page_shows_in_few_queries(there: World) -> None:
    made, place = there.refers(message="Kunt u helpen?"), there.asks_place()
    me = Someone("person", "Eigen")
    rights.represent(by=there.registrar.member, person=there.person.pk, membership=me.member.membership, role="self",
                     basis="own_choice")  # fmt: skip
    rights.ask(by=me.member, person=there.person.pk, kind="object", words="Niet zo")
    person, registration = there.person.pk, there.registration.pk
    for lang in ("nl", "en"):
        registrar = Visit(there.registrar, lang)
        for name in ("referrals", "placements", "directory", "search", "doubles", "corrections", "emergencies"):
            assert registrar.opens(name)
        for name in ("refer", "ask_place", "grounds", "representatives", "person"):
            assert registrar.opens(name, person)
        assert registrar.opens("duplicates", registration)
        assert registrar.opens("referral", made.pk)
        assert registrar.opens("placement", place.pk)
        assert Visit(there.carer, lang).opens("referral", made.pk)
        assert Visit(there.house, lang).opens("placement", place.pk)
        assert Visit(there.house, lang).opens("directory")
        for name in ("own_page", "own_shared", "own_readers"):
            assert Visit(me, lang).opens(name, person)
        assert Visit(me, lang).opens("stay", person)


def test_referring_goes_step_by_step_and_keeps_what_was_typed(there: World) -> None:
    me, person = Visit(there.registrar), there.person.pk
    first = me.posts("refer", person, refer_kind="referral", purpose="", receiver_kind="care-coordinator")
    assert first.status_code == 400
    asked = {"refer_kind": "referral", "purpose": "arrange-care", "receiver_kind": "care-coordinator"}
    second = me.posts("refer", person, step="look", **asked)
    assert "Wat mag mee" in words(second)
    assert "Wie het is (naam, geboortedag, nationaliteit)" in words(second)
    wrong = me.posts("refer", person, step="send", share=["needs"], message="Graag hulp", answer_by="2020-01-01",
                     receiver=there.carer.member.organisation, **asked)  # fmt: skip
    assert wrong.status_code == 400
    assert "Graag hulp" in words(wrong)
    assert not Referral.objects.exists()
    done = me.posts("refer", person, step="send", share=["needs"], message="Graag hulp", answer_by="",
                    receiver=there.carer.member.organisation, **asked)  # fmt: skip
    assert done.headers["Location"] == me.address("referrals")
    made = Referral.objects.get()
    no = Visit(there.carer).posts("referral", made.pk, event="refuse", version=1, words="")
    assert no.status_code == 403
    assert "een reden" in words(no)
    clash = Visit(there.carer).posts("referral", made.pk, event="refuse", version=7, words="Geen plek bij ons")
    assert clash.status_code == 409
    assert "Geen plek bij ons" in words(clash)


def test_what_may_not_come_along_any_more_is_told_and_nothing_is_sent_without_it(there: World) -> None:
    """Somebody chose from what they were shown, and consent was withdrawn in between: no half of it goes."""
    me, person = Visit(there.registrar), there.person.pk
    asked = {"refer_kind": "referral", "purpose": "arrange-care", "receiver_kind": "care-coordinator"}
    sent = {"step": "send", "share": ["signal", "criminal"], "receiver": there.carer.member.organisation, **asked}
    no = me.posts("refer", person, message="Graag hulp", **sent)
    assert no.status_code == 403
    assert "Graag hulp" in words(no)
    place = {"receiver_kind": "shelter", "step": "send", "receiver": there.house.member.organisation}
    assert me.posts("ask_place", person, share=["criminal"], **place).status_code == 403
    assert me.posts("ask_place", person, share=["no-such"], **place).status_code == 400
    assert not Referral.objects.exists()
    assert not Placement.objects.exists()


def test_a_refused_referral_is_told_as_refused_in_todays_work_and_its_old_day_is_no_deadline(there: World) -> None:
    made = there.refers(answer_by=timezone.localdate() + timedelta(days=5))
    assert "uiterlijk" in Visit(there.registrar).opens("work")
    Visit(there.carer).posts("referral", made.pk, event="refuse", version=1, words="Geen plek bij ons")
    said = Visit(there.registrar).opens("work").partition("Wacht op uw antwoord")[2]
    assert "geweigerd met reden" in said.lower()
    assert "uiterlijk" not in said


def test_asking_a_place_and_withdrawing_by_the_person(there: World) -> None:
    me, person = Visit(there.registrar), there.person.pk
    asked = {"receiver_kind": "shelter", "avoid": ["family"], "avoid_areas": ["VR13"], "companions": "1"}
    assert "Opvanghuis" in words(me.posts("ask_place", person, step="look", **asked))
    assert me.posts("ask_place", person, step="look", **{**asked, "companions": "-1"}).status_code == 400
    done = me.posts(
        "ask_place", person, step="send", share=["needs"], receiver=there.house.member.organisation, **asked
    )
    assert done.status_code == 302
    page = Visit(there.house).opens("placement", Placement.objects.get().pk)
    assert "familie" in page
    assert "Amsterdam-Amstelland" in page
    zelf = Someone("person", "Eigen")
    rights.represent(by=there.registrar.member, person=person, membership=zelf.member.membership, role="self",
                     basis="own_choice")  # fmt: skip
    ground = Ground.objects.get(purpose="shelter-placement")
    answer = Visit(zelf).posts("take_back", ground.pk, event="withdraw", version=ground.version, back="own",
                                person=person)  # fmt: skip
    assert answer.headers["Location"] == Visit(zelf).address("own_shared", person)
    assert Placement.objects.get().state == "withdrawn"


def test_who_may_not_reads_a_sentence_and_nothing_else(there: World) -> None:
    made = there.refers()
    stranger = Visit(Someone("shelter", "Vreemd huis", kind="shelter"))
    for name, ids in (("referral", (made.pk,)), ("refer", (there.person.pk,)), ("grounds", (there.person.pk,)),
                      ("own_page", (there.person.pk,)), ("duplicates", (there.registration.pk,)), ("doubles", ()),
                      ("corrections", ()), ("stay", (there.person.pk,)), ("emergencies", ())):  # fmt: skip
        answer = stranger.client.get(stranger.address(name, *ids))
        assert answer.status_code == 403, name
        assert "Voorbeeld" not in answer.content.decode()
        assert len(words(answer)) > 40
