"""Who may do what: the matrix of the field, as one table, and the people it is asked about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    MEMBER = "member"
    SECRETARY = "secretary"  # of one meeting: comes with hosting it, never with a body
    CHAIR = "chair"
    PRESIDIUM = "presidium"
    DIRECTOR = "director"  # school director: the group that gives mandates
    COORDINATOR = "coordinator"  # of one region
    GUEST = "guest"  # invited from outside: sees only what the invitation names
    ADMIN = "admin"


class Action(StrEnum):
    ASK_MEETINGS = "ask_meetings"
    REGISTER_SELF = "register_self"
    REGISTER_COLLEAGUE = "register_colleague"
    MANAGE_DIALOGUE = "manage_dialogue"
    MANAGE_MEETING = "manage_meeting"
    ANNOUNCE_MEETING = "announce_meeting"
    UPLOAD_PROTOCOL = "upload_protocol"
    SEE_DRAFT_PROTOCOL = "see_draft_protocol"
    APPROVE_PROTOCOL = "approve_protocol"
    SEE_PROTOCOL = "see_protocol"
    GIVE_MANDATE = "give_mandate"
    REPORT_MANDATE = "report_mandate"
    GIVE_FEEDBACK = "give_feedback"
    SEE_CONTACTS = "see_contacts"
    SEE_DIET = "see_diet"
    MAKE_QUESTION_ROUND = "make_question_round"
    MANAGE_DIRECTORY = "manage_directory"  # bodies, people and who has which role


class Grade(StrEnum):
    """How far a right goes. Compare with `in`, never by order."""

    NO = "no"
    NAMES = "names"  # sees names, no contact data
    OWN = "own"  # what concerns oneself, one's own municipality, or an invitation
    PROPOSE = "propose"  # may propose or ask; somebody else decides
    APPROVED = "approved"  # may, once somebody who fully may has approved
    YES = "yes"


_ALL = (
    Role.MEMBER, Role.SECRETARY, Role.CHAIR, Role.PRESIDIUM,
    Role.DIRECTOR, Role.COORDINATOR, Role.GUEST, Role.ADMIN,
)  # fmt: skip
_SIGNS = {
    "●": Grade.YES, "○": Grade.OWN, "A": Grade.APPROVED, "p": Grade.PROPOSE,
    "n": Grade.NAMES, "–": Grade.NO,
}  # fmt: skip

# One column per role in the order of _ALL: member, secretary of that meeting, chair, presidium,
# director, coordinator, guest, admin.
MATRIX: dict[Action, dict[Role, Grade]] = {
    action: {role: _SIGNS[sign] for role, sign in zip(_ALL, signs.split(), strict=True)}
    for action, signs in {
        Action.ASK_MEETINGS: "● ● ● ● ● ● ○ ●",
        Action.REGISTER_SELF: "● ● ● ● ● ● ○ ●",
        Action.REGISTER_COLLEAGUE: "○ ○ ○ ○ ○ ● – ●",
        Action.MANAGE_DIALOGUE: "– – – – – ● – ●",
        Action.MANAGE_MEETING: "p – ● ● – A – ●",
        Action.ANNOUNCE_MEETING: "– – ● ● – ● – ●",
        Action.UPLOAD_PROTOCOL: "p ● A A – – – ●",
        Action.SEE_DRAFT_PROTOCOL: "– ● ● ● – – – ●",
        Action.APPROVE_PROTOCOL: "– – ● ○ – – – –",
        Action.SEE_PROTOCOL: "● ● ● ● ● ● – ●",
        Action.GIVE_MANDATE: "– – p p ● – – ●",
        Action.REPORT_MANDATE: "○ – ● ● – – – –",
        Action.GIVE_FEEDBACK: "– – ● ● ● – – –",
        Action.SEE_CONTACTS: "n n ● ● ● ● – ●",
        Action.SEE_DIET: "– – – – – ● – –",
        Action.MAKE_QUESTION_ROUND: "○ ○ ● ● ● ● – ●",
        Action.MANAGE_DIRECTORY: "– – – – – – – ●",
    }.items()
}

_STRENGTH = (Grade.NO, Grade.NAMES, Grade.OWN, Grade.PROPOSE, Grade.APPROVED, Grade.YES)

# Whom a refusal names: the roles that fully may, nearest first.
_NEAREST = (
    Role.SECRETARY, Role.CHAIR, Role.PRESIDIUM, Role.COORDINATOR, Role.DIRECTOR, Role.ADMIN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in a body (or, for a coordinator and an admin, in a whole region: body is None)."""

    role: Role
    region: int
    body: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a turn sees them; `memberships` are those valid on the day of the turn."""

    id: int
    name: str
    region: int  # home region
    region_name: str = ""
    municipality: int | None = None
    municipality_name: str = ""
    title: str = ""  # what the person works as, e.g. Rektor
    language: str | None = None  # stored choice: sv or en
    external: bool = False  # writes from another organisation's account: public answers only
    memberships: tuple[Membership, ...] = ()

    @property
    def bodies(self) -> tuple[int, ...]:
        """The bodies the person sits in, without repetition, in order of joining."""
        return tuple(dict.fromkeys(m.body for m in self.memberships if m.body is not None))

    @property
    def regions(self) -> tuple[int, ...]:
        """Every region the person may see anything of; the home region first."""
        return tuple(dict.fromkeys((self.region, *(m.region for m in self.memberships))))

    def roles_in(self, region: int, bodies: Collection[int] = ()) -> frozenset[Role]:
        """The roles that count for something that belongs to these bodies of this region."""
        return frozenset(
            m.role
            for m in self.memberships
            if m.region == region and (m.body is None or m.body in bodies)
        )


def grade(
    person: Person, action: Action, *, region: int, bodies: Collection[int] = (),
    secretary: bool = False,
) -> Grade:  # fmt: skip
    """The strongest right that any of the person's roles gives for this thing.

    `secretary` tells that the person is secretary of the very meeting in question.
    """
    roles = set(person.roles_in(region, bodies))
    if secretary:
        roles.add(Role.SECRETARY)
    grades = [MATRIX[action][role] for role in roles]
    return max(grades, key=_STRENGTH.index, default=Grade.NO)


def who_may(action: Action) -> tuple[Role, ...]:
    """The roles that fully may, in the order in which a refusal should name them."""
    return tuple(role for role in _NEAREST if MATRIX[action][role] is Grade.YES)


def valid(today: date, since: date | None, until: date | None) -> bool:
    """Whether something with these borders, both inclusive, holds today."""
    return (since is None or since <= today) and (until is None or today <= until)
