"""How a dialogue day and somebody's registration are shown, the same wherever they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import dates
from bot.dialog import Talk, Teller
from bot.reply import Button, Card, Fact, File
from bot.rules.calendar import Entry, calendar
from storage import dialogues
from storage.dialogues import Dialogue, Registration, Session

HOME = ZoneInfo("Europe/Stockholm")
LIVE = ("registered", "offered", "waiting", "late", "present")

TEXTS = {
    "sv": """
        dialogue-when = Dag
        dialogue-place = Plats
        dialogue-last-day = Sista dag att anmäla sig
        dialogue-own = Du
        dialogue-seats = { $free ->
            [0] fullt, { $waiting ->
                [0] ingen i kö
               *[other] { $waiting } i kö
            }
           *[other] { $taken } av { $capacity } platser tagna
        }
        dialogue-seats-free = { $taken } anmälda, ingen gräns
        dialogue-part-fm = förmiddag
        dialogue-part-em = eftermiddag
        dialogue-part-day = hela dagen
        dialogue-part-digital = digitalt
        dialogue-part-fm-the = förmiddagen
        dialogue-part-em-the = eftermiddagen
        dialogue-part-day-the = dagen
        dialogue-part-digital-the = det digitala passet
        dialogue-whole = hela dagen
        dialogue-digital = digitalt
        dialogue-hybrid = { $place } och digitalt
        dialogue-no-place = plats meddelas senare
        dialogue-state-draft = UTKAST
        dialogue-state-cancelled = INSTÄLLD
        dialogue-state-closed = ANMÄLAN STÄNGD
        dialogue-state-held = HAR VARIT
        dialogue-own-none = inte anmäld
        dialogue-own-registered = anmäld { $parts }
        dialogue-own-waiting = plats { $number } i kön till { $part }
        dialogue-own-offered = erbjuden en plats på { $part }; svara senast { $until }
        dialogue-own-late = har frågat samordnaren om { $part }
        dialogue-own-present = incheckad på { $part }
        dialogue-sign-up = Anmäl
        dialogue-change = Ändra
        dialogue-leave = Avanmäl
        dialogue-file = Lägg i kalendern
        dialogue-here = Jag är här
        dialogue-participants = Anmälda
        dialogue-manage = Sköt dialogen
        dialogue-calendar-text = Öppna filen för att lägga det i din kalender.
        dialogue-calendar-changed = Öppna filen, så ändras det i din kalender.
        dialogue-calendar-gone = Öppna filen, så tas det bort ur din kalender.
        dialogue-calendar-name = dialogdag
    """,
    "en": """
        dialogue-when = Day
        dialogue-place = Place
        dialogue-last-day = Last day to register
        dialogue-own = You
        dialogue-seats = { $free ->
            [0] full, { $waiting ->
                [0] nobody waiting
               *[other] { $waiting } waiting
            }
           *[other] { $taken } of { $capacity } seats taken
        }
        dialogue-seats-free = { $taken } registered, no limit
        dialogue-part-fm = morning
        dialogue-part-em = afternoon
        dialogue-part-day = the whole day
        dialogue-part-digital = online
        dialogue-part-fm-the = the morning
        dialogue-part-em-the = the afternoon
        dialogue-part-day-the = the day
        dialogue-part-digital-the = the online session
        dialogue-whole = the whole day
        dialogue-digital = online
        dialogue-hybrid = { $place } and online
        dialogue-no-place = place to be announced
        dialogue-state-draft = DRAFT
        dialogue-state-cancelled = CANCELLED
        dialogue-state-closed = REGISTRATION CLOSED
        dialogue-state-held = IS OVER
        dialogue-own-none = not registered
        dialogue-own-registered = registered, { $parts }
        dialogue-own-waiting = number { $number } on the waiting list for { $part }
        dialogue-own-offered = offered a seat, { $part }; answer by { $until }
        dialogue-own-late = have asked the coordinator about { $part }
        dialogue-own-present = checked in, { $part }
        dialogue-sign-up = Sign up
        dialogue-change = Change
        dialogue-leave = Cancel my registration
        dialogue-file = Put in my calendar
        dialogue-here = I am here
        dialogue-participants = Participants
        dialogue-manage = Manage the dialogue
        dialogue-calendar-text = Open the file to put it in your calendar.
        dialogue-calendar-changed = Open the file to change it in your calendar.
        dialogue-calendar-gone = Open the file to remove it from your calendar.
        dialogue-calendar-name = dialogue-day
    """,
}


def clock(moment: datetime, lang: str) -> str:
    return f"{moment:%H.%M}" if lang == "sv" else f"{moment:%H:%M}"


def hours(starts: datetime, ends: datetime, lang: str) -> str:
    return f"{clock(starts, lang)}–{clock(ends, lang)}"


def day(found: Dialogue | date, lang: str) -> str:
    """ "onsdag 10 februari 2027"."""
    return dates.show(
        found.starts.date() if isinstance(found, Dialogue) else found, lang, week=False
    )


def days(found: Dialogue, lang: str) -> str:
    """All its days, with week: "onsdag 10 februari 2027, v. 6"."""
    each = dict.fromkeys(session.starts.date() for session in found.sessions)
    return (" och " if lang == "sv" else " and ").join(dates.show(one, lang) for one in each)


def moment(at: datetime, lang: str) -> str:
    """ "onsdag 2 december 2026 kl. 10.15", in Swedish time."""
    wall = at.astimezone(HOME)
    shown = dates.show(wall.date(), lang, week=False)
    return f"{shown} kl. {clock(wall, lang)}" if lang == "sv" else f"{shown}, {clock(wall, lang)}"


def part(session: Session, talk: Talk | Teller) -> str:
    """ "förmiddag": what one session is called."""
    return session.title or talk.text(f"dialogue-part-{session.part}")


def the_part(session: Session, talk: Talk | Teller) -> str:
    """ "förmiddagen"."""
    return session.title or talk.text(f"dialogue-part-{session.part}-the")


def parts(found: Dialogue, numbers: Iterable[int], talk: Talk | Teller) -> str:
    """ "hela dagen (08.30–15.00)" or "förmiddag 08.30–11.45"."""
    chosen = set(numbers)
    wanted = [each for each in found.sessions if each.id in chosen]
    physical = [each for each in found.sessions if each.part != "digital"]
    whole = len({each.starts.date() for each in physical}) == 1
    if len(wanted) > 1 and wanted == physical and whole:
        ends = max(each.ends for each in wanted)
        return f"{talk.text('dialogue-whole')} ({hours(wanted[0].starts, ends, talk.lang)})"
    several = len({each.starts.date() for each in found.sessions}) > 1
    return ", ".join(
        f"{part(each, talk)} {hours(each.starts, each.ends, talk.lang)}"
        + (f" {day(each.starts.date(), talk.lang)}" if several else "")
        for each in wanted
    )


def place(found: Dialogue, talk: Talk | Teller) -> str:
    if found.format == "digital":
        return talk.text("dialogue-digital")
    where = found.place or talk.text("dialogue-no-place")
    return talk.text("dialogue-hybrid", place=where) if found.format == "hybrid" else where


def title(found: Dialogue, talk: Talk | Teller) -> str:
    name = f"{found.title}, {found.region_name}"
    if found.state == "open":
        return name
    return f"{talk.text(f'dialogue-state-{found.state}')} · {name}"


def facts(found: Dialogue, talk: Talk | Teller) -> list[Fact]:
    """What anybody who may see the dialogue may see of it: counts, never names."""
    listed = public(found, talk)
    for each in found.sessions:
        span = hours(each.starts, each.ends, talk.lang)
        aim = f" · {each.audience}" if each.audience else ""
        name = part(each, talk)
        listed.append(Fact(f"{name[:1].upper()}{name[1:]}", f"{span}, {seats(each, talk)}{aim}"))
    listed.append(Fact(talk.text("dialogue-last-day"), day(found.last_day, talk.lang)))
    return listed


def public(found: Dialogue, talk: Talk | Teller) -> list[Fact]:
    """What does not grow old: no counts, and nothing of any person."""
    return [
        Fact(talk.text("dialogue-when"), days(found, talk.lang)),
        Fact(talk.text("dialogue-place"), place(found, talk)),
    ]


def seats(session: Session, talk: Talk | Teller) -> str:
    if session.capacity is None:
        return talk.text("dialogue-seats-free", taken=session.taken)
    return talk.text(
        "dialogue-seats", free=session.free or 0, waiting=session.waiting, taken=session.taken,
        capacity=session.capacity,
    )  # fmt: skip


def own(found: Dialogue, mine: Registration | None, talk: Talk | Teller) -> str:
    """What one person has of it. Waiting never sounds like coming."""
    lines = []
    if mine is not None and (sure := mine.sessions("registered")):
        lines.append(talk.text("dialogue-own-registered", parts=parts(found, sure, talk)))
    for each in mine.held if mine else ():
        if each.state not in LIVE or each.state == "registered":
            continue
        until = moment(each.offer_until, talk.lang) if each.offer_until else ""
        lines.append(
            talk.text(f"dialogue-own-{each.state}", number=each.number, until=until,
                      part=the_part(found.session(each.session), talk))
        )  # fmt: skip
    return "; ".join(lines) or talk.text("dialogue-own-none")


async def card(talk: Talk, found: Dialogue, *, text: str = "", replaces: bool = False) -> Card:
    """The card of one dialogue. One's own registration is left out where others read along."""
    listed = facts(found, talk)
    mine = None
    if not talk.in_channel:
        mine = await talk.look(dialogues.own, found.id, talk.person.id)
        listed.append(Fact(talk.text("dialogue-own"), own(found, mine, talk)))
    buttons = buttons_of(talk, found, mine)
    return Card(title(found, talk), text, tuple(listed), buttons=tuple(buttons), replaces=replaces)


def buttons_of(talk: Talk, found: Dialogue, mine: Registration | None) -> list[Button]:
    buttons = []
    over = found.ends <= talk.wall or found.state in {"cancelled", "held"}
    if mine is not None and mine.standing and not over:
        buttons += [
            talk.button("dialogue-change", "change-registration", dialogue=found.id),
            talk.button("dialogue-leave", "cancel-registration", dialogue=found.id),
        ]
        if found.starts.date() <= talk.today and mine.sessions("registered"):
            buttons.insert(0, talk.button("dialogue-here", "check-in", dialogue=found.id))
        if mine.sessions("registered"):
            buttons.append(talk.button("dialogue-file", "dialogue-calendar", dialogue=found.id))
    elif found.state in {"open", "closed"} and not over:
        buttons.append(
            talk.button("dialogue-sign-up", "register-dialogue", style="primary",
                        dialogue=found.id)
        )  # fmt: skip
    if dialogues.manages(talk.person, found.region) and not talk.in_channel:
        buttons += [
            talk.button("dialogue-participants", "list-registrations", dialogue=found.id),
            talk.button("dialogue-manage", "manage-dialogue", dialogue=found.id),
        ]
    return buttons


def calendar_file(
    found: Dialogue, mine: Registration, talk: Talk | Teller, *, text: str,
    gone: Sequence[int] = (),
) -> File | None:  # fmt: skip
    """The sessions that are sure, and those in `gone` as cancelled; None if there is neither.

    A session keeps its UID for one person through every change; a higher SEQUENCE wins.
    """
    sure = mine.sessions("registered", "present")
    lost = {*gone, *(sure if found.state == "cancelled" else ())}
    entries = [
        Entry(
            uid=f"{found.uid}-{each.id}-{mine.person}",
            title=f"{title(found, talk)} ({part(each, talk)})",
            days=((each.starts, each.ends),), location=place(found, talk),
            description="\n".join(f"{fact.label}: {fact.value}" for fact in public(found, talk)),
            link=found.link if found.format != "place" else "",
            sequence=found.sequence + mine.sequence, cancelled=each.id in lost,
            changed_at=found.changed_at, hybrid=found.format == "hybrid",
        )
        for each in found.sessions if each.id in sure or each.id in lost
    ]  # fmt: skip
    if not entries:
        return None
    name = f"{talk.text('dialogue-calendar-name')}-{found.starts:%Y-%m-%d}.ics"
    return File(name, calendar(found.title, entries), "text/calendar", text)
