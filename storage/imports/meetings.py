"""Meetings: what a row would change, and what the field's rules say of the days."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from bot.rules import cadence
from bot.rules.workdays import free_day, is_working_day
from storage.body_names import best
from storage.imports import cells, values
from storage.imports.model import Note, Row, Table
from storage.imports.world import Gathering, Group, Town, World

_HOURS = (time(9), time(12))
_TWO_DAYS = re.compile(
    r"två dagar|2 dagar|tvådagars|2-dagars|lunch till lunch|lunch-lunch|two[- ]day|2 days|"
    r"\b\d{1,2}\s*[–-]\s*\d{1,2}\s+(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[ck]t|nov|dec)",
    re.IGNORECASE,
)
PLAN = 3  # meetings of one body and year: from here on a file is read as the year's plan


def meetings(table: Table, world: World, today: date, group: Group | None) -> list[Row]:
    """`group` is whose meetings they are where the rows do not say it."""
    rows = []
    seen: dict[tuple[int, date], Row] = {}
    for line, said in zip(table.lines, table.rows, strict=True):
        row = cells.start("meetings", line, table.sheet, said)
        _meeting(row, world, today, group, seen)
        rows.append(row)
    return rows


def _meeting(
    row: Row, world: World, today: date, group: Group | None, seen: dict[tuple[int, date], Row]
) -> None:
    row.name = cells.text(row, "day")
    groups = _groups(row, world, group)
    span = _days(row, today)
    if span is None or not groups:
        return None
    row.name = span.first.isoformat()
    uid = _uid(world, cells.text(row, "uid"))
    found = _known(world, groups, span.first, uid)
    hours = _hours(row, span, found)
    key = (id(groups[0]), span.first)
    if key in seen:
        row.say("twice", error=True, first=seen[key].line)
    seen.setdefault(key, row)
    row.fresh = found is None
    row.target = target = found or Gathering(groups, ())
    if cells.text(row, "cancelled") == "ja" or (found and found.cancelled):
        row.fresh, row.values = False, {}
        return row.say("cancelled")
    if cells.text(row, "repeats") == "ja":
        row.say("repeats")
    host = _host(row, world)
    _write(row, target, hours, host, uid)
    _rules(row, span, host, target)
    if row.fresh and row.state != "error":
        target.days, target.host, target.uid = hours, host, row.values["uid"]
        world.gatherings.append(target)
    return None


def _groups(row: Row, world: World, group: Group | None) -> tuple[Group, ...]:
    said = values.several(cells.text(row, "body"))
    if not said:
        found = group or _told(row, world)
        if found is None:
            row.say("no-body", error=True)
        return (found,) if found else ()
    groups = []
    for name in said:
        found = world.group(name)
        if found is None:
            near = world.near_group(name)
            row.say("body-unknown", error=True, column="body", said=name, near=near)
            return ()
        groups.append(found)
    return tuple(dict.fromkeys(groups))


def _told(row: Row, world: World) -> Group | None:
    """The body that a calendar's heading or category names."""
    every = list(dict.fromkeys(world.groups.values()))
    names = [(each.name, each.short, *each.aliases) for each in every]
    for column in ("category", "theme"):
        at = best(cells.text(row, column), names, [False] * len(every))
        if at is not None:
            return every[at]
    return None


def _days(row: Row, today: date) -> values.Days | None:
    said = cells.text(row, "day")
    found = values.days(said, today) if said else None
    if found is None:
        row.say("date" if said else "no-date", error=True, column="day", said=said)
        return None
    cells.doubt(row, "day", found)
    last = cells.day(row, "last", today)
    if last is not None and not found.first <= last <= found.first + timedelta(days=14):
        row.say("last-before", error=True, column="last")
        return None
    return values.Days(found.first, last or found.last, found.doubt, found.clock)


def _known(world: World, groups: Sequence[Group], day: date, uid: str) -> Gathering | None:
    """By the calendar's own number, else by body and first day."""
    for each in world.gatherings:
        if uid and each.uid == uid:
            return each
    for each in world.gatherings:
        if set(each.groups) & set(groups) and each.days and each.days[0][0].date() == day:
            return each
    return None


def _hours(
    row: Row, span: values.Days, found: Gathering | None
) -> tuple[tuple[datetime, datetime], ...]:
    """Each day's beginning and end; what the row does not say stays or is 9 to 12."""
    begins, ends = _HOURS
    if found is not None and found.days:
        begins, ends = found.days[0][0].time(), found.days[-1][1].time()
    said = {}
    for column in ("starts", "ends"):
        if not (text := cells.text(row, column)):
            continue
        read = values.clocks(text)
        if read is None:
            row.say("time", error=True, column=column, said=text)
            continue
        said[column] = read
    if "starts" in said:
        begins, until = said["starts"]
        length = timedelta(hours=3)
        ends = until or (datetime.combine(span.first, begins) + length).time()
    elif span.clock is not None:
        begins = span.clock
    if "ends" in said:
        ends = said["ends"][0]
    elif found is None and "starts" not in said:
        row.say("no-time")
    if ends <= begins:
        row.say("two-days" if span.first == span.last else "time-order", error=span.first != span.last,
                column="ends")  # fmt: skip
        if span.first == span.last:
            ends = time(23, 59)
    count = (span.last - span.first).days + 1
    days = [span.first + timedelta(days=n) for n in range(count)]
    if count == 1 and any(_TWO_DAYS.search(cell.text) for cell in row.cells):
        row.say("two-days", column="day")
    return tuple((datetime.combine(d, begins), datetime.combine(d, ends)) for d in days)


def _host(row: Row, world: World) -> Town | None:
    said = cells.text(row, "host")
    found = world.town(said) if said else None
    if said and found is None:
        near = world.near_town(said)
        row.say("town-unknown", error=True, column="host", said=said, near=near)
    return found


def _write(
    row: Row, target: Gathering, hours: tuple[tuple[datetime, datetime], ...], host: Town | None,
    uid: str,
) -> None:  # fmt: skip
    for column in ("place", "link", "theme"):
        cells.put(row, column, cells.text(row, column), getattr(target, column))
    cells.put(row, "host", host, target.host, lambda old: old.name)
    kind = cells.choice(row, "format", values.FORMATS)
    if kind is not None:
        cells.put(row, "format", kind, target.format)
    if hours != target.days:
        row.values["days"] = hours
        for column in ("day", "last", "starts", "ends"):
            cell = next((each for each in row.cells if each.column == column), None)
            if cell is not None and cell.state == "same" and _differs(column, hours, target):
                cell.state = "new" if row.fresh else "changed"
    if row.fresh:
        linked = bool(cells.text(row, "link")) and not cells.text(row, "place")
        row.values.setdefault("format", kind or ("digital" if linked else "place"))
        row.values["groups"] = target.groups
        row.values["uid"] = uid
        for cell in row.cells:
            cell.state = "new" if cell.state == "same" else cell.state


def _differs(column: str, hours: tuple[tuple[datetime, datetime], ...], target: Gathering) -> bool:
    if not target.days:
        return True
    place, part = (0 if column in {"day", "starts"} else -1), int(column in {"last", "ends"})
    new, old = hours[place][part], target.days[place][part]
    same = new.date() == old.date() if column in {"day", "last"} else new.time() == old.time()
    return not same


def _rules(row: Row, span: values.Days, host: Town | None, target: Gathering) -> None:
    for offset in range((span.last - span.first).days + 1):
        day = span.first + timedelta(days=offset)
        if not is_working_day(day):
            row.say("free-day", column="day", day=day.isoformat(), name=free_day(day))
    kind = row.values.get("format", target.format)
    if host is None and target.host is None and kind != "digital":
        row.say("no-host")


def shortfalls(rows: Iterable[Row], world: World) -> list[Note]:
    """Years that would have fewer meetings than the rule asks for, or a plan that has by itself."""
    told: dict[tuple[int, int], list[Row]] = {}
    groups: dict[int, Group] = {}
    for row in rows:
        if isinstance(row.target, Gathering) and row.state != "error" and row.name[:4].isdigit():
            for group in row.target.groups:
                groups[id(group)] = group
                told.setdefault((id(group), int(row.name[:4])), []).append(row)
    notes = []
    for (key, year), own in sorted(told.items(), key=lambda each: each[0][1]):
        group = groups[key]
        planned = [each.days[0][0].date() for each in world.gatherings
                   if group in each.groups and not each.cancelled and each.days]  # fmt: skip
        listed = [date.fromisoformat(row.name) for row in own]
        others = len([day for day in planned if day.year == year and day not in listed])
        for days in ([*planned], listed if len(own) >= PLAN else [*planned]):
            short = cadence.shortfalls(days, year, group.per_year, group.per_half_year)
            if short:
                notes += [
                    Note("short-half" if each.half else "short",
                         {"least": each.least, "missing": each.missing, "year": year,
                          "half": each.half or 0, "body": group.name, "others": others})
                    for each in short
                ]  # fmt: skip
                break
    return notes


def _uid(world: World, said: str) -> str:
    """A calendar's own number, made short and the region's own."""
    if not said:
        return ""
    return "import-" + hashlib.sha256(f"{world.name}|{said}".encode()).hexdigest()[:40]
