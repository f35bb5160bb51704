"""Organisations and people on both databases: who may do what, that it is in the log, and what a refusal leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from loket.accounts import actions, queries, roles, signals
from loket.accounts.links import has_second_factor
from loket.accounts.models import Invitation, Membership, OpenedGlass, User
from loket.audit.models import Entry
from loket.audit.who import Refused
from tests.counter import Someone

LONG = "een lange zin als wachtwoord"


@pytest.fixture
def keeper(database: Any) -> Someone:
    return Someone("key_keeper", "Meldpunt", manages=True)


@pytest.fixture
def boss(database: Any) -> Someone:
    return Someone("shelter", "Opvang", manages=True, name="opvang 1")


def events() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("number").values_list("event", "outcome"))


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


def test_the_keeper_admits_an_organisation_and_its_first_person_comes_in(keeper: Someone) -> None:
    made = actions.admit_organisation(by=keeper.member, name=" Opvang ", kind="shelter", region="Noord")
    assert made.name == "Opvang"
    _, secret = actions.invite(by=keeper.member, email="Eerste@Opvang.example", organisation=made.pk, role="shelter",
                               manages=True)  # fmt: skip
    assert queries.invited(secret) == queries.Invited("Opvang", "shelter", False)
    user = actions.accept_invitation(secret=secret, name="Opvang 1", password=LONG)
    (member,) = queries.memberships(user)
    assert (member.name, member.role, member.manages, member.organisation_name) == (
        "Opvang 1",
        "shelter",
        True,
        "Opvang",
    )
    assert user.check_password(LONG)
    assert events() == [("accounts.admit_organisation", "done"), ("accounts.invite", "done"),
                        ("accounts.accept_invitation", "done")]  # fmt: skip


def test_the_secret_of_a_link_is_nowhere_kept(boss: Someone) -> None:
    made, secret = actions.invite(by=boss.member, email="a@b.example", organisation=UUID(boss.member.organisation),
                                  role="shelter")  # fmt: skip
    kept = " ".join(str(value) for row in Invitation.objects.values() for value in row.values())
    assert secret not in kept
    assert made.pk


@pytest.mark.parametrize("spoil", ["used", "withdrawn", "late", "made up"])
def test_a_link_that_is_over_says_the_same_whatever_the_reason(boss: Someone, spoil: str) -> None:
    home = UUID(boss.member.organisation)
    made, secret = actions.invite(by=boss.member, email="a@b.example", organisation=home, role="shelter")
    if spoil == "used":
        actions.accept_invitation(secret=secret, name="A", password=LONG)
    elif spoil == "withdrawn":
        actions.withdraw_invitation(by=boss.member, invitation=made.pk)
    elif spoil == "late":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        secret = "made-up"
    assert queries.invited(secret) is None
    with refused("invitation_over"):
        actions.accept_invitation(secret=secret, name="B", password=LONG)
    assert not User.objects.filter(name="B").exists()


def test_a_link_never_opens_an_account_that_has_its_second_factor(boss: Someone) -> None:
    other = Someone("finder", "Politie")
    _, secret = actions.invite(by=boss.member, email=other.user.email, organisation=UUID(boss.member.organisation),
                               role="shelter")  # fmt: skip
    user = actions.accept_invitation(secret=secret, name="Thief", password="another password")
    assert (user.name, user.check_password(Someone.PASSWORD)) == (other.user.name, True)
    assert {member.role for member in queries.memberships(user)} == {"finder", "shelter"}


def test_others_than_the_keeper_and_the_manager_are_refused_and_it_is_written(boss: Someone) -> None:
    plain = Someone("shelter", "Opvang", name="opvang 2")
    home = UUID(boss.member.organisation)
    with refused("not_in_your_role"):
        actions.admit_organisation(by=boss.member, name="X", kind="shelter")
    with refused("not_in_your_role"):
        actions.invite(by=plain.member, email="a@b.example", organisation=home, role="shelter")
    with refused("not_in_your_role"):
        actions.end_membership(by=plain.member, membership=UUID(boss.member.membership), hand_over_to=None)
    elsewhere = Someone("finder", "Politie")
    with refused("not_in_your_role"):
        actions.invite(
            by=boss.member, email="a@b.example", organisation=UUID(elsewhere.member.organisation), role="finder"
        )
    assert [outcome for _, outcome in events()] == ["refused"] * 4
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("what", "code"),
    [({"role": "king"}, "no_such_role"), ({"email": "nobody"}, "no_mail_address"), ({"unit": uuid4()}, "no_such_unit"),
     ({"organisation": uuid4()}, "organisation_ended")],
)  # fmt: skip
def test_an_invitation_that_cannot_be_is_one_code(keeper: Someone, what: dict[str, Any], code: str) -> None:
    said = {"email": "a@b.example", "organisation": UUID(keeper.member.organisation), "role": "auditor", **what}
    with refused(code):
        actions.invite(by=keeper.member, **said)


def test_the_same_name_is_admitted_once(keeper: Someone) -> None:
    with refused("organisation_exists"):
        actions.admit_organisation(by=keeper.member, name="MELDPUNT", kind="comensha")
    with refused("name_and_kind_needed"):
        actions.admit_organisation(by=keeper.member, name=" ", kind="comensha")


def test_work_goes_to_the_colleague_and_the_account_ends_with_its_last_role(boss: Someone) -> None:
    leaves = Someone("shelter", "Opvang", name="opvang 2")
    moved: list[Any] = []

    def move(sender: Any, ending: UUID, to: UUID, **_: Any) -> int:
        moved.append((ending, to))
        return 3

    signals.membership_ends.connect(move)
    try:
        count = actions.end_membership(by=boss.member, membership=UUID(leaves.member.membership),
                                       hand_over_to=UUID(boss.member.membership))  # fmt: skip
    finally:
        signals.membership_ends.disconnect(move)
    assert (count, moved) == (3, [(UUID(leaves.member.membership), UUID(boss.member.membership))])
    leaves.user.refresh_from_db()
    assert not leaves.user.is_active
    assert not Authenticator.objects.filter(user=leaves.user).exists()
    assert queries.memberships(leaves.user) == []


def test_a_room_that_cannot_let_go_keeps_somebody_in_place(boss: Someone) -> None:
    leaves = Someone("shelter", "Opvang", name="opvang 2")

    def refuse(sender: Any, **_: Any) -> None:
        raise Refused("work_left", event="accounts.end_membership")

    signals.membership_ends.connect(refuse)
    try:
        with refused("work_left"):
            actions.end_membership(by=boss.member, membership=UUID(leaves.member.membership), hand_over_to=None)
    finally:
        signals.membership_ends.disconnect(refuse)
    assert Membership.objects.get(pk=leaves.member.membership).until is None
    assert events() == [("accounts.end_membership", "refused")]


def test_work_goes_to_nobody_else_and_nothing_ends_twice(boss: Someone) -> None:
    leaves, elsewhere = Someone("shelter", "Opvang", name="opvang 2"), Someone("finder", "Politie")
    for heir in (leaves, elsewhere):
        with refused("no_such_heir"):
            actions.end_membership(by=boss.member, membership=UUID(leaves.member.membership),
                                   hand_over_to=UUID(heir.member.membership))  # fmt: skip
    actions.end_membership(by=boss.member, membership=UUID(leaves.member.membership), hand_over_to=None)
    keeper = Someone("key_keeper", "Meldpunt")
    with refused("membership_ended"):
        actions.end_membership(by=keeper.member, membership=UUID(leaves.member.membership), hand_over_to=None)


def test_an_organisation_ends_with_all_its_people(keeper: Someone, boss: Someone) -> None:
    home = UUID(boss.member.organisation)
    _, secret = actions.invite(by=boss.member, email="a@b.example", organisation=home, role="shelter")
    actions.end_organisation(by=keeper.member, organisation=home)
    assert queries.memberships(boss.user) == []
    assert queries.invited(secret) is None
    assert "Opvang" not in {one.name for one in queries.organisations()}


def test_a_lost_telephone_is_a_new_invitation_and_no_way_in_before(boss: Someone) -> None:
    lost = Someone("shelter", "Opvang", name="opvang 2")
    _, secret = actions.reset_second_factor(by=boss.member, membership=UUID(lost.member.membership))
    assert not has_second_factor(lost.user)
    actions.accept_invitation(secret=secret, name="opvang 2", password=LONG)
    lost.user.refresh_from_db()
    assert lost.user.check_password(LONG)
    assert len(queries.memberships(lost.user)) == 1
    with refused("not_your_own_factor"):
        actions.reset_second_factor(by=boss.member, membership=UUID(boss.member.membership))


def test_people_are_seen_by_their_own_organisation_only(boss: Someone, keeper: Someone) -> None:
    home = UUID(boss.member.organisation)
    assert [one.name for one in queries.members(by=boss.member, organisation=home)] == ["opvang 1"]
    assert queries.members(by=keeper.member, organisation=home)
    with refused("not_in_your_role"):
        queries.members(by=Someone("finder", "Politie").member, organisation=home)
    assert queries.invitations(by=Someone("finder", "Politie", name="p 2").member, organisation=home) == []


def test_an_opened_glass_says_why_lasts_hours_and_is_looked_into(boss: Someone) -> None:
    with refused("glass_needs_reason"):
        actions.open_glass(by=boss.member, reason="acute_danger", note="kort")
    actions.open_glass(by=boss.member, reason="acute_danger", note="iemand loopt nu gevaar")
    member = queries.membership(boss.user, None)
    assert member
    assert member.emergency
    assert member.actor.emergency
    auditor = Someone("auditor", "Toezicht")
    (glass,) = queries.glasses(by=auditor.member)
    assert (glass.note, glass.reviewed) == ("iemand loopt nu gevaar", False)
    actions.review_glass(by=auditor.member, glass=glass.id)
    assert queries.glasses(by=auditor.member)[0].reviewed
    actions.close_glass(by=member)
    assert not queries.membership(boss.user, None).emergency  # type: ignore[union-attr]
    assert b"gevaar" not in bytes(OpenedGlass.objects.get().__dict__["note"])
    with refused("not_in_your_role"):
        queries.glasses(by=boss.member)


@pytest.mark.parametrize("role", sorted(roles.NO_GLASS))
def test_some_roles_never_go_beyond_their_relation(database: Any, role: str) -> None:
    with refused("not_in_your_role"):
        actions.open_glass(by=Someone(role, "X").member, reason="acute_danger", note="iemand loopt nu gevaar")


# The whole table, so that no role gets a right unseen: (action, role, manager): where.
TABLE = {
    (action, role, manages): roles.where(action, role, manages)
    for action in roles.ACTIONS
    for role in roles.ROLES
    for manages in (False, True)
}


def test_only_the_keeper_and_the_auditor_reach_beyond_their_own_organisation() -> None:
    far = {(role, action) for (action, role, _), scope in TABLE.items() if scope == roles.ALL}
    far -= {(role, "see_organisations") for role in roles.ROLES}
    assert {role for role, _ in far} == {"key_keeper", "auditor"}
    assert {action for role, action in far if role == "auditor"} == {"see_log", "see_glasses", "review_glass"}


def test_without_managing_nobody_else_changes_anything() -> None:
    changing = set(roles.AS_MANAGER) - {"see_members"}
    assert not [key for key, scope in TABLE.items()
                if key[0] in changing and not key[2] and scope and key[1] != "key_keeper"]  # fmt: skip
    assert all(TABLE[(action, "shelter", True)] == roles.OWN for action in changing)
