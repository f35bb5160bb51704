"""The ground on which something is shared: consent or another, per purpose and receiver, with who gave it at what age.

Consent is one ground and never the only one; protection waits for no answer. Withdrawal reaches every receiver.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move
from schakel.casework.referral import Referral
from schakel.mechanism.content import Content
from schakel.networks.model import CONSENT
from schakel.rules.documents import Item
from schakel.vocabulary.errors import refused
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text, text


@dataclass(frozen=True, slots=True)
class Ground:
    """What one sharing rests on: for which purpose, towards whom, since when, by whom it was given.

    `ground` is one of the grounds of the sharing rules. `given_by` are the ids of who consented (the person, parents,
    guardian), empty for another ground. `told` says in which language the person was told, `note` why the ground holds.
    """

    id: str
    person: str
    purpose: str
    receiver: str
    ground: str
    state: str
    on: date
    given_by: tuple[str, ...] = ()
    told: str = ""
    note: str = ""
    ended_on: date | None = None

    @property
    def holds(self) -> bool:
        return self.state in ("given", "other_ground")


def act(
    cycle: Lifecycle, ground: Ground, event: str, on: date, *, by: Collection[str], given_by: tuple[str, ...] = (),
    other: str = "", reason: str = "",
) -> tuple[Ground, Move] | Refusal:  # fmt: skip
    """The ground after an event, with who is told; or the sentence why it cannot be. To withdraw, use `withdraw`.

    `other` is the ground that takes the place of consent; it goes with the reason why it holds.
    """
    given = [name for name, words in (("ground", other), ("reason", reason)) if words.strip()]
    step = move(cycle, ground.state, event, by=by, given=given)
    if isinstance(step, Refusal):
        return step
    named = {"use_other": other, "give": CONSENT, "object": CONSENT}.get(event, ground.ground)
    ended = on if step.to in ("ended", "withdrawn") else None
    now = replace(
        ground, state=step.to, ground=named, on=on, ended_on=ended, given_by=given_by if event == "give" else (),
        note=reason or ground.note,
    )  # fmt: skip
    return now, step


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Who consents at an age (a value of the fact `age`), for which purposes; and what when parents are a danger."""

    id: str
    ages: frozenset[str]
    purposes: frozenset[str]
    who: tuple[str, ...]
    because: Text
    danger: Text | None
    contested: bool
    sources: tuple[Source, ...]


@lru_cache(maxsize=4)
def age_rules(content: Content) -> tuple[AgeRule, ...]:
    """The rules of who consents at what age, from `content/casework`."""
    tops = (Item(document.data, document) for document in content.documents("casework"))
    return tuple(
        AgeRule(
            one.word("id"), frozenset(one.words("ages")), frozenset(one.words("purposes")), one.words("who"),
            one.text("because"), one.maybe_text("danger"), bool(one.get("contested")), one.sources(),
        )
        for top in tops if top.word("kind") == "consent-age" for one in top.items("items")
    )  # fmt: skip


def who_consents(content: Content, age: str, purpose: str) -> tuple[AgeRule, ...]:
    """The rules that say who consents for this purpose at this age; none where no source says so.

    An age that is not known is no age: the answer is then empty, and the next step is to find out, or to use another
    ground. Raises `BadInput` for an age that is no value of the fact `age`.
    """
    if age and age not in content.facts["age"].value_ids:
        allowed = ", ".join(content.facts["age"].value_ids)
        raise refused(("'{age}' is no age", f"Choose from {allowed}"),
                      ("'{age}' is geen leeftijd", f"Kies uit {allowed}"), age=age)  # fmt: skip
    return tuple(rule for rule in age_rules(content) if age in rule.ages and purpose in rule.purposes)


CUSTODY: Final = frozenset({"parents", "guardian"})
NOT_THEM: Final = text({
    "nl": "De persoon beslist zelf: vraag het de persoon, of leg een andere grond vast.",
    "en": "The person decides: ask the person, or record another ground.",
})  # fmt: skip
NOT_WITHOUT: Final = text({
    "nl": "Zonder ouders of voogd kan dit niet op toestemming: leg een andere grond vast.",
    "en": "Without parents or guardian this cannot rest on consent: record another ground.",
})  # fmt: skip
SAY_WHY: Final = text({
    "nl": "Schrijf op waarom het zonder de ouders moet: alleen om ernstig nadeel te voorkomen.",
    "en": "Write down why it must be done without the parents: only to prevent serious harm.",
})  # fmt: skip


def lacking(rules: Collection[AgeRule], given_by: Collection[str], reason: str) -> Text | None:
    """What a consent lacks under these rules, as a sentence with what to do; None when it can stand.

    A guardian stands where parents are asked. Where the person and the parents consent together, the person's consent
    stands alone with a reason; where only parents can, nothing takes their place.
    """
    for rule in rules:
        if "person" in rule.who and "person" not in given_by:
            return NOT_THEM
        if "parents" in rule.who and not CUSTODY & set(given_by):
            if "person" not in rule.who:
                return NOT_WITHOUT
            if not reason.strip():
                return SAY_WHY
    return None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawn consent: the ground as it is now, the referrals as they are now, and the receivers to be told."""

    ground: Ground
    referrals: tuple[Referral, ...]
    told: tuple[str, ...]


def withdraw(ground: Ground, referrals: Sequence[Referral], on: date) -> Withdrawal:
    """Withdraw a consent: it reaches each receiver that has something on it.

    What rests on consent alone is taken out of the slices; a referral of which nothing is left is revoked. What rests
    on another ground stays, and the person can object to that. Raises `BadInput` where there is no consent to withdraw.
    """
    if ground.ground != CONSENT or ground.state != "given":
        raise refused(("there is no consent here to withdraw", "Object, or ask what is recorded"),
                      ("hier is geen toestemming om in te trekken", "Maak bezwaar, of vraag inzage"),
                      where=ground.id)  # fmt: skip
    now = replace(ground, state="withdrawn", ended_on=on)
    after = tuple(_without_consent(one, ground, on) for one in referrals)
    told = tuple(dict.fromkeys(new.receiver for old, new in zip(referrals, after, strict=True) if old != new))
    return Withdrawal(now, after, told or ((ground.receiver,) if ground.receiver else ()))


def _without_consent(referral: Referral, ground: Ground, on: date) -> Referral:
    same = (referral.person, referral.purpose) == (ground.person, ground.purpose)
    if not same or ground.receiver not in ("", referral.receiver) or not referral.slice.on_consent:
        return referral
    left = referral.slice.without(referral.slice.on_consent)
    live = referral.state in ("requested", "accepted", "expired")
    state = "revoked" if live and not left.fields else referral.state
    return replace(referral, slice=left, state=state, changed_on=on)
