from __future__ import annotations

from datetime import date

import pytest

from bot.rules.roles import MATRIX, Action, Grade, Membership, Person, Role, grade, valid, who_may

# The field's table, cell by cell. ● may · ○ own only · A when approved · p proposes or asks ·
# n names only · – no. Columns: member, secretary of that meeting, chair, presidium, director,
# coordinator, guest, admin.
TABLE = """
ask_meetings         ● ● ● ● ● ● ○ ●
register_self        ● ● ● ● ● ● ○ ●
register_colleague   ○ ○ ○ ○ ○ ● – ●
manage_dialogue      – – – – – ● – ●
manage_meeting       p – ● ● – A – ●
announce_meeting     – – ● ● – ● – ●
upload_protocol      p ● A A – – – ●
see_draft_protocol   – ● ● ● – – – ●
approve_protocol     – – ● ○ – – – –
see_protocol         ● ● ● ● ● ● – ●
give_mandate         – – p p ● – – ●
report_mandate       ○ – ● ● – – – –
give_feedback        – – ● ● ● – – –
see_contacts         n n ● ● ● ● – ●
see_diet             – – – – – ● – –
make_question_round  ○ ○ ● ● ● ● – ●
manage_directory     – – – – – – – ●
"""
COLUMNS = (
    Role.MEMBER, Role.SECRETARY, Role.CHAIR, Role.PRESIDIUM, Role.DIRECTOR, Role.COORDINATOR,
    Role.GUEST, Role.ADMIN,
)  # fmt: skip
SIGNS = {
    "●": Grade.YES, "○": Grade.OWN, "A": Grade.APPROVED, "p": Grade.PROPOSE, "n": Grade.NAMES,
    "–": Grade.NO,
}  # fmt: skip
CELLS = [
    (Action(action), role, SIGNS[sign])
    for action, *signs in map(str.split, TABLE.strip().splitlines())
    for role, sign in zip(COLUMNS, signs, strict=True)
]
REGION, BODY = 1, 10


def person(*memberships: Membership) -> Person:
    return Person(1, "Bo Fiktivsson", REGION, memberships=memberships)


def holding(role: Role) -> Person:
    regional = role in {Role.COORDINATOR, Role.ADMIN}
    return person(Membership(role, REGION, None if regional else BODY))


@pytest.mark.parametrize(("action", "role", "expected"), CELLS)
def test_every_cell_of_the_table_holds(action: Action, role: Role, expected: Grade) -> None:
    if role is Role.SECRETARY:
        found = grade(person(), action, region=REGION, bodies=[BODY], secretary=True)
    else:
        found = grade(holding(role), action, region=REGION, bodies=[BODY])
    assert found is expected


def test_the_table_has_every_action() -> None:
    assert {action for action, _, _ in CELLS} == set(Action) == set(MATRIX)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_no_role_counts_in_another_region(action: Action, role: Role) -> None:
    assert grade(holding(role), action, region=2, bodies=[BODY]) is Grade.NO


@pytest.mark.parametrize(
    "role", [each for each in Role if each not in {Role.COORDINATOR, Role.ADMIN}]
)
@pytest.mark.parametrize("action", list(Action))
def test_a_role_in_a_body_does_not_count_in_another_body(action: Action, role: Role) -> None:
    assert grade(holding(role), action, region=REGION, bodies=[11]) is Grade.NO


def test_of_several_roles_the_strongest_counts() -> None:
    both = person(Membership(Role.MEMBER, REGION, BODY), Membership(Role.CHAIR, REGION, BODY))
    assert grade(both, Action.MANAGE_MEETING, region=REGION, bodies=[BODY]) is Grade.YES


def test_a_meeting_of_several_bodies_is_managed_by_the_chair_of_any() -> None:
    chair = holding(Role.CHAIR)
    assert grade(chair, Action.MANAGE_MEETING, region=REGION, bodies=[BODY, 11]) is Grade.YES


def test_only_the_coordinator_and_admin_may_announce_a_dialogue() -> None:
    assert who_may(Action.MANAGE_DIALOGUE) == (Role.COORDINATOR, Role.ADMIN)


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-10-30", False), ("2026-10-31", True), ("2026-11-01", True), ("2026-11-02", False)],
)
def test_both_ends_of_a_role_belong_to_it(today: str, *, expected: bool) -> None:
    since, until = date(2026, 10, 31), date(2026, 11, 1)
    assert valid(date.fromisoformat(today), since, until) is expected
