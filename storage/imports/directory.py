"""Bodies, people and roles: what a row of them would change."""

from __future__ import annotations

from datetime import date

from storage.imports import cells, values
from storage.imports.model import Row, Table
from storage.imports.world import Group, Human, Seat, Town, World

_REGIONAL = {"coordinator", "admin"}


def bodies(table: Table, world: World, today: date) -> list[Row]:
    del today
    rows = [
        cells.start("bodies", line, table.sheet, said)
        for line, said in zip(table.lines, table.rows, strict=True)
    ]
    seen: dict[str, Row] = {}
    for row in rows:
        _body(row, world, seen)
    for row in rows:  # once all are known: the one above may stand further down
        _parent(row, world)
    return rows


def _body(row: Row, world: World, seen: dict[str, Row]) -> None:
    row.name = cells.text(row, "name")
    if not row.name:
        return None if cells.has(row, "name") else row.say("no-name", error=True)
    if _twice(row, seen, row.name.casefold()):
        return None
    found = world.group(row.name)
    kind = cells.choice(row, "kind", values.BODY_KINDS)
    row.fresh = found is None
    if found is None:
        if kind is None:
            row.say("no-kind", error=True)
        if near := world.near_group(row.name):
            row.say("near", column="name", near=near)
        found = Group(row.name)
    row.target = found
    cells.put(row, "name", row.name if row.fresh else found.name, found.name)
    if kind is not None:
        cells.put(row, "kind", kind, found.kind)
    short = cells.text(row, "short")
    cells.put(row, "short", short, found.short)
    if row.fresh and not short:
        row.values["short"] = row.name[:60]
    aliases = tuple(
        dict.fromkeys(each.casefold() for each in values.several(cells.text(row, "aliases")))
    )
    cells.put(row, "aliases", aliases, found.aliases, ", ".join)
    for column in ("per_year", "per_half_year"):
        cells.put(row, column, cells.number(row, column), getattr(found, column))
    cells.put(row, "mailbox", cells.address(row, "mailbox"), found.mailbox)
    _towns(row, world, found)
    if row.fresh and row.state != "error":
        found.kind, found.short, found.aliases = kind or "", row.values["short"], aliases
        found.per_year = row.values.get("per_year")
        found.per_half_year = row.values.get("per_half_year")
        world.add_group(found)
    return None


def _towns(row: Row, world: World, found: Group) -> None:
    """Municipalities come into the region with the body that they belong to."""
    towns: list[Town] = []
    fresh: list[str] = []
    for name in values.several(cells.text(row, "towns")):
        town = world.town(name)
        if town is None and (near := world.near_town(name, kept=True)):
            row.say("town-near", error=True, column="towns", said=name, near=near)
            return
        if town is None:
            town = world.towns[name.casefold()] = Town(name)
            fresh.append(name)
        towns.append(town)
    if fresh and world.id is not None:
        row.say("town-new", column="towns", names=", ".join(fresh))
    if {each.name for each in towns} != {each.name for each in found.towns}:
        cells.put(
            row, "towns", towns, found.towns or "", lambda old: ", ".join(t.name for t in old)
        )


def _parent(row: Row, world: World) -> None:
    said = cells.text(row, "parent")
    if not said or row.target is None:
        return
    above = world.group(said)
    if above is None:
        row.say("body-unknown", column="parent", said=said, near=world.near_group(said))
        return
    step: Group | None = above
    while step is not None and step is not row.target:
        step = step.parent
    if step is row.target:
        row.say("parent-circle", column="parent", said=said)
        return
    cells.put(row, "parent", above, row.target.parent, lambda old: old.name)
    row.target.parent = above


def people(table: Table, world: World, today: date) -> list[Row]:
    rows = []
    seen: dict[str, Row] = {}
    for line, said in zip(table.lines, table.rows, strict=True):
        row = cells.start("people", line, table.sheet, said)
        _person(row, world, seen, today)
        rows.append(row)
    return rows


def _person(row: Row, world: World, seen: dict[str, Row], today: date) -> None:
    row.name = cells.text(row, "name")
    if not row.name:
        return None if cells.has(row, "name") else row.say("no-name", error=True)
    town = _town(row, world)
    email = cells.address(row, "email")
    key = email.casefold() or f"{row.name.casefold()}|{town.name if town else ''}"
    if _twice(row, seen, key):
        return None
    found = world.human(row.name, town, email)
    if len(found) > 1:
        return row.say("several", error=True, column="name", name=row.name)
    row.fresh = not found
    row.target = target = found[0] if found else Human(row.name, None, town, "", email or None)
    if not row.fresh and target.name != row.name:
        row.say("name-changes", column="name", old=target.name)
    if not row.fresh and town and target.town and town is not target.town:
        row.say("town-changes", column="town", old=target.town.name)
    cells.put(row, "name", row.name, target.name)
    cells.put(row, "town", town, target.town, lambda old: old.name)
    cells.put(row, "title", cells.text(row, "title"), target.title)
    cells.put(row, "email", email, target.email)
    left = cells.day(row, "left_on", today)
    cells.put(row, "left_on", left, target.left_on)
    if left and not row.fresh and (duties := world.duties(target, left)):
        row.say("leaves", column="left_on", name=row.name, duties=", ".join(duties))
    if row.fresh and not email:
        row.say("no-email", column="email")
    if row.fresh and row.state != "error":
        world.add_human(target)
    return None


def _town(row: Row, world: World) -> Town | None:
    said = cells.text(row, "town")
    if not said:
        return None
    found = world.town(said)
    if found is None:
        near = world.near_town(said)
        row.say("town-unknown", error=True, column="town", said=said, near=near)
    return found


def roles(table: Table, world: World, today: date) -> list[Row]:
    rows = []
    seen: dict[str, Row] = {}
    for line, said in zip(table.lines, table.rows, strict=True):
        row = cells.start("roles", line, table.sheet, said)
        _role(row, world, seen, today)
        rows.append(row)
    return rows


def _role(row: Row, world: World, seen: dict[str, Row], today: date) -> None:
    who = _whose(row, world)
    kind = cells.choice(row, "role", values.ROLES)
    said = cells.text(row, "body")
    group = world.group(said) if said else None
    if said and group is None:
        row.say("body-unknown", error=True, column="body", said=said, near=world.near_group(said))
    if kind and not said and kind not in {*_REGIONAL, "guest"}:
        row.say("role-needs-body", error=True, column="role")
    if kind in _REGIONAL and said:
        row.say("role-regional", error=True, column="body")
    since, until = cells.day(row, "since", today), cells.day(row, "until", today)
    if since and until and until < since:
        row.say("until-before", error=True, column="until")
    if who is None or kind is None or row.state == "error":
        return
    if _twice(row, seen, f"{id(who)}|{kind}|{id(group)}|{since}"):
        return
    held = [each for each in world.seats
            if each.human is who and each.role == kind and each.group is group
            and (each.until is None or each.until >= (since or today))
            and (until is None or each.since is None or each.since <= until)]  # fmt: skip
    row.fresh = not held
    row.target = target = held[0] if held else Seat(who, kind, group)
    if row.fresh:
        for cell in row.cells:
            cell.state = "new" if cell.state == "same" else cell.state
        world.seats.append(target)
        row.values = {"since": since, "until": until}
        target.since, target.until = since, until
        return
    cells.put(row, "since", since, target.since)
    cells.put(row, "until", until, target.until)


def _whose(row: Row, world: World) -> Human | None:
    name, email = cells.text(row, "name"), cells.address(row, "email")
    row.name = name or email
    town = _town(row, world)
    found = world.human(name, town, email)
    if len(found) == 1:
        row.name = found[0].name
        return found[0]
    if found:
        row.say("several", error=True, column="name", name=row.name)
    else:
        row.say("person-unknown", error=True, column="name" if name else "email", name=row.name)
    return None


def _twice(row: Row, seen: dict[str, Row], key: str) -> bool:
    """The same thing on two lines: the first one counts."""
    first = seen.setdefault(key, row)
    if first is row:
        return False
    alike = [c.text for c in first.cells] == [c.text for c in row.cells]
    row.say("twice", error=not alike, first=first.line)
    return True
