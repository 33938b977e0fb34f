"""The field's matrix through the real operations: role × action × own, other body, other region × platform.

What may happen, happens; what may not is refused, changes no row, and names whom to ask.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

import storage
from bot.errors import Refused
from bot.rules import deadline
from bot.rules.roles import MATRIX, Action, Grade, Person, Role
from storage import (
    bodies,
    dialogues,
    feedback,
    files,
    imports,
    mandates,
    meetings,
    protocols,
    rounds,
)
from storage.dialogues import Wish
from storage.mandates import OwnerPlan
from storage.mandates import Plan as MandatePlan
from storage.meetings import Plan
from storage.people import find_person, named, person_by_id
from storage.tables import (
    body,
    dialogue,
    dialogue_session,
    identity,
    mandate,
    mandate_owner,
    meeting,
    meeting_body,
    municipality,
    person,
    protocol,
    protocol_version,
    region,
    report,
    role,
)
from tests.storage.world import AT, TODAY, body_id, engine

NETWORK, DIRECTORS, OTHER = (
    "Nätverket Vuxenutbildning Skaraborg", "Skol- och utbildningschefer Skaraborg",
    "Presidium Skaraborg",
)  # fmt: skip
OWNERSHIPS = ("own", "other body", "other region")
PLATFORMS = ("teams", "slack")
JUNE = deadline.month(2027, 6).to_json()
REGIONAL = (Role.COORDINATOR, Role.ADMIN)
LATER = (datetime(2027, 5, 4, 9), datetime(2027, 5, 4, 12))


@dataclass(frozen=True, slots=True)
class Place:
    """What the attempts are made on: all of Skaraborg's network."""

    connection: Connection
    who: Person
    colleague: int
    stranger: int  # of the same region, another municipality
    round: int

    def one(self, statement: Any) -> Any:
        return self.connection.execute(statement).scalars().first()

    @property
    def network(self) -> int:
        return body_id(self.connection, NETWORK)

    @property
    def home(self) -> int:
        return int(self.one(select(body.c.region_id).where(body.c.id == self.network)))

    @property
    def directors(self) -> int:
        return directors(self.connection)

    def meeting(self, day: date = date(2026, 12, 10)) -> int:
        rows = select(meeting.c.id).join(meeting_body).where(meeting_body.c.body_id == self.network)
        start = datetime.combine(day, datetime.min.time())
        return int(self.one(rows.where(meeting.c.starts.between(start, start.replace(hour=23)))))

    @property
    def dialogue(self) -> int:
        home = select(body.c.region_id).where(body.c.id == self.network).scalar_subquery()
        rows = select(dialogue.c.id).where(dialogue.c.region_id == home, dialogue.c.state == "open")
        return int(self.one(rows))

    @property
    def session(self) -> int:
        rows = select(dialogue_session.c.id).where(dialogue_session.c.dialogue_id == self.dialogue)
        return int(self.one(rows.order_by(dialogue_session.c.position)))

    @property
    def report(self) -> int:
        rows = (
            select(report.c.id)
            .join(mandate_owner, mandate_owner.c.id == report.c.owner_id)
            .join(mandate, mandate.c.id == mandate_owner.c.mandate_id)
            .where(mandate.c.short == "språkstöd", report.c.kind == "interim")
        )
        return int(self.one(rows))

    def protocol(self, *states: str) -> int:
        rows = select(protocol.c.id).join(
            meeting_body, meeting_body.c.meeting_id == protocol.c.meeting_id
        )
        return int(
            self.one(
                rows.where(meeting_body.c.body_id == self.network, protocol.c.state.in_(states))
            )
        )

    def approve(self) -> Any:
        number = self.protocol("for_approval")
        sha = self.one(
            select(protocol_version.c.sha256)
            .where(protocol_version.c.protocol_id == number)
            .order_by(protocol_version.c.number.desc())
        )
        return protocols.approve(self.connection, self.who, number, sha, AT)

    def upload(self) -> Any:
        data = b"Protokoll\n\nNgt beslutades."
        made = files.put(self.connection, self.who.id, data, files.examine(data, "p.txt"), AT)
        at = self.meeting(date(2026, 11, 12))
        return protocols.receive(self.connection, self.who, at, made, AT, False)


def directors(connection: Connection) -> int:
    home = select(body.c.region_id).where(body.c.name == NETWORK).scalar_subquery()
    rows = select(body.c.id).where(body.c.kind == "directors", body.c.region_id == home)
    return int(connection.execute(rows).scalar_one())


def wish(place: Place) -> Wish:
    return Wish((place.session,))


def mandate_plan(place: Place) -> MandatePlan:
    owner = OwnerPlan(body=place.network)
    return MandatePlan(
        "Ny", "ny", place.directors, (owner,), (("final", deadline.month(2027, 10)),)
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    name: str
    action: Action
    run: Callable[[Place], Any]  # raises Refused, or gives None where nothing is seen
    enough: Collection[Grade] = (Grade.YES,)
    of_directors: bool = False  # whose body the thing belongs to; else the network's
    at_home: bool = False  # is done in one's own region, wherever that is
    of_region: bool = False  # belongs to no body: everybody of the region is at home


ATTEMPTS = (
    Attempt("see a meeting", Action.ASK_MEETINGS,
            lambda p: meetings.meeting_by_id(p.connection, p.who, p.meeting())),
    Attempt("answer a meeting", Action.ASK_MEETINGS,
            lambda p: meetings.answer(p.connection, p.who, p.meeting(), "yes", AT) or True),
    Attempt("create a meeting", Action.MANAGE_MEETING,
            lambda p: meetings.create_meeting(
                p.connection, p.who, Plan((p.network,), (LATER,), "digital"), AT)),
    Attempt("move a meeting", Action.MANAGE_MEETING,
            lambda p: meetings.move_meeting(p.connection, p.who, p.meeting(), (LATER,), AT)),
    Attempt("cancel a meeting", Action.MANAGE_MEETING,
            lambda p: meetings.cancel_meeting(p.connection, p.who, p.meeting(), AT)),
    Attempt("register oneself", Action.REGISTER_SELF,
            lambda p: dialogues.register(p.connection, p.who, p.dialogue, wish(p), AT),
            of_region=True),
    Attempt("register a colleague", Action.REGISTER_COLLEAGUE,
            lambda p: dialogues.register(p.connection, p.who, p.dialogue, wish(p), AT, p.colleague),
            enough=(Grade.OWN, Grade.YES), of_region=True),
    Attempt("register somebody of another municipality", Action.REGISTER_COLLEAGUE,
            lambda p: dialogues.register(p.connection, p.who, p.dialogue, wish(p), AT, p.stranger),
            of_region=True),
    Attempt("cancel a dialogue", Action.MANAGE_DIALOGUE,
            lambda p: dialogues.set_state(p.connection, p.who, p.dialogue, "cancelled", AT) or True),
    Attempt("move a dialogue", Action.MANAGE_DIALOGUE,
            lambda p: dialogues.move(p.connection, p.who, p.dialogue, date(2027, 2, 17), AT)),
    Attempt("change a dialogue’s places", Action.MANAGE_DIALOGUE,
            lambda p: dialogues.set_capacity(p.connection, p.who, p.dialogue, p.session, 90, AT) or True),
    Attempt("see who is registered", Action.MANAGE_DIALOGUE,
            lambda p: dialogues.participants(p.connection, p.who, p.dialogue, TODAY)),
    Attempt("see who eats what", Action.SEE_DIET,
            lambda p: dialogues.needs(p.connection, p.who, p.dialogue, TODAY) is not None),
    Attempt("see what the kitchen needs", Action.SEE_DIET,
            lambda p: dialogues.kitchen(p.connection, p.who, p.dialogue, TODAY) is not None),
    Attempt("hand in minutes", Action.UPLOAD_PROTOCOL, Place.upload),
    Attempt("see minutes that wait for approval", Action.SEE_DRAFT_PROTOCOL,
            lambda p: protocols.protocol_by_id(p.connection, p.who, p.protocol("for_approval"))),
    Attempt("see approved minutes", Action.SEE_PROTOCOL,
            lambda p: protocols.protocol_by_id(
                p.connection, p.who, p.protocol("approved", "dispatched", "not_sent"))),
    Attempt("approve minutes", Action.APPROVE_PROTOCOL, Place.approve),
    Attempt("give a mandate", Action.GIVE_MANDATE,
            lambda p: mandates.give(p.connection, p.who, mandate_plan(p), None, AT),
            of_directors=True),
    Attempt("move a mandate’s deadline", Action.GIVE_MANDATE,
            lambda p: mandates.move(
                p.connection, p.who, p.report, deadline.month(2027, 9), AT) or True,
            of_directors=True),
    Attempt("hand in a report", Action.REPORT_MANDATE,
            lambda p: mandates.hand_in(p.connection, p.who, p.report, "", None, AT) or True),
    Attempt("give feedback", Action.GIVE_FEEDBACK,
            lambda p: feedback.give(
                p.connection, p.who, p.network, p.directors, "Tack", "chair", "", AT)),
    Attempt("make a question round", Action.MAKE_QUESTION_ROUND,
            lambda p: rounds.make(p.connection, p.who, "Ny", ["A?"], JUNE, AT),
            of_region=True, at_home=True),
    Attempt("follow a question round", Action.MAKE_QUESTION_ROUND,
            lambda p: rounds.status_of(p.connection, p.who, p.round, TODAY), of_region=True),
    Attempt("close a question round", Action.MAKE_QUESTION_ROUND,
            lambda p: rounds.close(p.connection, p.who, p.round, AT) or True, of_region=True),
    Attempt("answer a question round", Action.MAKE_QUESTION_ROUND,
            lambda p: rounds.answer(p.connection, p.who, p.round, 1, "Ja", AT) or True,
            enough=(Grade.OWN, Grade.YES), of_region=True),
    Attempt("fill a region from a file", Action.MANAGE_DIRECTORY,
            lambda p: imports.may_start(p.connection, p.who, p.home, TODAY) or True),
    Attempt("see addresses", Action.SEE_CONTACTS,
            lambda p: any(each.email for each in
                          bodies.members(p.connection, p.who, p.network, TODAY)) or None),
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Engine:
    return engine()


def someone(
    connection: Connection, who: Role, attempt: Attempt, ownership: str, platform: str
) -> Place:
    """A person with this one role there, as the platform knows them."""
    network = body_id(connection, NETWORK)
    own = directors(connection) if attempt.of_directors else network
    if ownership == "other region":
        key = "mellanlandet"
        home = connection.execute(select(region.c.id).where(region.c.key == key)).scalar_one()
        where = (
            connection.execute(select(body.c.id).where(body.c.region_id == home)).scalars().first()
        )
    else:
        home = connection.execute(select(body.c.region_id).where(body.c.id == network)).scalar_one()
        where = own if ownership == "own" else body_id(connection, OTHER)
    rows = select(municipality.c.id).where(municipality.c.region_id == home)
    town, elsewhere = connection.execute(rows.order_by(municipality.c.id)).scalars().all()[:2]
    made = insert(person).returning(person.c.id, sort_by_parameter_order=True)
    number, colleague, stranger = connection.execute(made, [
        {"region_id": home, "municipality_id": each, "name": f"Påhittad {name}"}
        for name, each in (("A", town), ("B", town), ("C", elsewhere))
    ]).scalars()  # fmt: skip
    connection.execute(insert(identity).values(
        person_id=number, platform=platform, tenant="T", user="U", confirmed_at=AT))  # fmt: skip
    kind = Role.MEMBER if who is Role.SECRETARY else who
    connection.execute(insert(role).values(
        person_id=number, region_id=home, role=kind.value,
        body_id=None if who in REGIONAL else where))  # fmt: skip
    if who is Role.SECRETARY and ownership == "own":
        connection.execute(update(meeting).values(secretary_id=number))
    found = find_person(connection, (platform, "T", "U"), TODAY)
    assert found is not None
    return Place(connection, found, colleague, stranger, a_round(connection, attempt))


def a_round(connection: Connection, attempt: Attempt) -> int:
    """A question round of the network's region, where one is needed."""
    if attempt.action is not Action.MAKE_QUESTION_ROUND:
        return 0
    vide = person_by_id(connection, named(connection, "Vide Hittepåberg")[0], TODAY)
    assert vide is not None
    return rounds.make(connection, vide, "Runda", ["A?"], JUNE, AT)


def expected(attempt: Attempt, who: Role, ownership: str) -> bool:
    """What the matrix says. A secretary is a member too; regional roles hold in every body."""
    if ownership == "other region":
        return False
    home = ownership == "own" or who in REGIONAL or attempt.of_region
    roles = [who, Role.MEMBER] if who is Role.SECRETARY else [who]
    return home and any(MATRIX[attempt.action][each] in attempt.enough for each in roles)


CELLS = tuple(
    cell for cell in itertools.product(ATTEMPTS, Role, OWNERSHIPS, PLATFORMS)
    if not (cell[0].at_home and cell[2] == "other region")
)  # fmt: skip


@pytest.mark.parametrize(
    ("attempt", "who", "ownership", "platform"), CELLS,
    ids=[f"{a.name}-{r.value}-{o}-{p}".replace(" ", "_") for a, r, o, p in CELLS],
)  # fmt: skip
def test_every_cell(
    world: Engine, attempt: Attempt, who: Role, ownership: str, platform: str
) -> None:
    with world.connect() as connection, connection.begin() as transaction:
        place = someone(connection, who, attempt, ownership, platform)
        raw = connection.connection.dbapi_connection
        assert raw is not None
        before, refused = raw.total_changes, None
        try:
            happened = attempt.run(place) is not None
        except Refused as refusal:
            happened, refused = False, refusal
        changed = raw.total_changes - before
        transaction.rollback()

    assert happened == expected(attempt, who, ownership), refused
    if not happened and attempt.action is not Action.UPLOAD_PROTOCOL:
        assert changed == 0
    if refused is not None:
        offers_to_ask(refused, ownership)


def offers_to_ask(refused: Refused, ownership: str) -> None:
    """One's own people are named, and can be asked; a stranger learns of nobody."""
    if ownership == "other region":
        assert not refused.ask
        assert "people" not in refused.values
    elif refused.text_id == "may-not":
        assert refused.ask
        assert refused.values["role"] in {each.value for each in Role}
        assert all(name in str(refused.values["people"]) for _, name in refused.ask)


def test_every_action_of_the_matrix_is_attempted() -> None:
    later = {Action.ANNOUNCE_MEETING}
    assert {each.action for each in ATTEMPTS} == set(Action) - later


# --- every operation that writes asks who acts --------------------------------------------------

FOLDER = Path(storage.__file__).parent
SUBJECTS = (
    "meetings",
    "mandates",
    "dialogues",
    "protocols",
    "decisions",
    "feedback",
    "privacy",
    "rounds",
)
SINGLE = ("reminders", "feeds", "wishes")
SYSTEM = """
    decisions/index.put_decision decisions/index.put_text decisions/index.remove
    decisions/keep.propose_all decisions/keep.withdraw dialogues/follow.forget_needs
    dialogues/others.merge dialogues/seating.write feedback/change.remind_again
    mandates/follow.due mandates/follow.follow mandates/follow.together mandates/follow.told
    meetings/change.bump privacy/erase.again privacy/retention.begin privacy/retention.decided
    privacy/retention.number privacy/retention.repeat privacy/retention.run
    privacy/retention.run_and_log protocols/send.answered protocols/send.queue reminders.said
    dialogues/guests.ask dialogues/guests.confirm dialogues/guests.forget_guest
    dialogues/guests.new_secret dialogues/manage.close dialogues/manage.mark_held
    mandates/change.put
"""
WRITES = {"insert", "update", "delete", "upsert"}
CHECKS = {
    "authorise", "refuse", "refuse_admin", "grade", "graded", "managed", "seen", "standing", "held",
    "of_id", "require_maker", "who.id", "visible", "may_see", "owned",
}  # fmt: skip


def functions() -> Iterator[tuple[str, ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    paths = [path for each in SUBJECTS for path in sorted((FOLDER / each).glob("*.py"))]
    for path in [*paths, *(FOLDER / f"{each}.py" for each in SINGLE)]:
        tree = ast.parse(path.read_text("utf-8"))
        mine = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        for name, each in mine.items():
            if not name.startswith("_"):
                yield f"{path.relative_to(FOLDER).with_suffix('')}.{name}", each, mine


def names(function: ast.FunctionDef, mine: dict[str, ast.FunctionDef], seen: set[str]) -> set[str]:
    """What a function calls or mentions, with what the functions of its module do for it."""
    seen.add(function.name)
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            found |= {node.attr, ast.unparse(node)}
        if isinstance(node, ast.Name):
            found.add(node.id)
    for each in found & set(mine) - seen:
        found |= names(mine[each], mine, seen)
    return found


def speaks_for_somebody(function: ast.FunctionDef) -> bool:
    return any(
        each.annotation is not None and ast.unparse(each.annotation) == "Person"
        for each in function.args.args
    )


WRITING = [
    (name, function, mine) for name, function, mine in functions()
    if names(function, mine, set()) & WRITES
]  # fmt: skip


def test_operations_of_people_check_a_right() -> None:
    careless = [
        name for name, function, mine in WRITING
        if speaks_for_somebody(function) and not names(function, mine, set()) & CHECKS
    ]  # fmt: skip
    assert careless == []


def test_operations_without_a_person_are_the_systems_own() -> None:
    """Timers, other operations and holders of a secret link; a dialog never does (the next test)."""
    found = {name for name, function, _ in WRITING if not speaks_for_somebody(function)}
    assert found == set(SYSTEM.split())


def test_no_dialog_does_what_is_the_systems_own() -> None:
    """A rule may, through its Post; what people ask for goes through operations that check."""
    system = {
        name.replace("/", ".").split(".")[0] + "." + name.split(".")[-1] for name in SYSTEM.split()
    }
    done = [
        (path.name, ast.unparse(call.args[1]))
        for path in sorted((FOLDER.parent / "dialogs").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "talk.do" and len(call.args) > 1
    ]
    assert len(done) > 20
    assert [each for each in done if each[1] in system] == []
