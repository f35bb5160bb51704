"""Who may do what with organisations and people: one table. What a role may do with a case is for other rooms.

The names are those of the field's roles; a person has one role at a time at an organisation.
"""

from __future__ import annotations

from collections.abc import Mapping

ROLES = (
    "finder", "registrar", "care_coordinator", "shelter", "guardian", "lawyer", "victim_support", "prosecutor",
    "immigration_liaison", "network_coordinator", "researcher", "auditor", "key_keeper", "person",
)  # fmt: skip
# Whoever holds the keys or looks at the log sees no case, and who works on cases does neither.
APART = frozenset({"researcher", "auditor", "key_keeper", "person"})

OWN, ALL, NONE = "own organisation", "all organisations", ""
# action: where somebody may do it: as a manager (of their organisation), or in a role.
AS_MANAGER: Mapping[str, str] = {
    "see_members": OWN,
    "invite": OWN,
    "withdraw_invitation": OWN,
    "end_membership": OWN,
    "reset_second_factor": OWN,
    "add_unit": OWN,
}
IN_ROLE: Mapping[str, Mapping[str, str]] = {
    "key_keeper": {
        "admit_organisation": ALL,
        "end_organisation": ALL,
        "see_members": ALL,
        "invite": ALL,
        "withdraw_invitation": ALL,
        "end_membership": ALL,
        "reset_second_factor": ALL,
    },
    "auditor": {"see_log": ALL, "see_glasses": ALL, "review_glass": ALL},
}
EVERYBODY: Mapping[str, str] = {"see_organisations": ALL, "see_members": OWN}
NO_GLASS = APART | {"immigration_liaison"}  # who can never go beyond their relation, in no emergency
ACTIONS = tuple(
    sorted({*AS_MANAGER, *EVERYBODY, "open_glass", *(action for may in IN_ROLE.values() for action in may)})
)


def where(action: str, role: str, manages: bool) -> str:
    """Where somebody in this role may do this: OWN, ALL or NONE."""
    if action == "open_glass":
        return NONE if role in NO_GLASS else OWN
    found = {IN_ROLE.get(role, {}).get(action, NONE), EVERYBODY.get(action, NONE)}
    if manages:
        found.add(AS_MANAGER.get(action, NONE))
    return ALL if ALL in found else OWN if OWN in found else NONE


def may(action: str, role: str, manages: bool, same_organisation: bool) -> bool:
    scope = where(action, role, manages)
    return scope == ALL or (scope == OWN and same_organisation)
