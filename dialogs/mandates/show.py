"""How mandates and their reports are shown, the same wherever they are the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import dates
from bot.dialog import Talk, Teller
from bot.reply import Card, Fact
from bot.rules import deadline
from storage.mandates import History, Mandate, Open, Report

TEXTS = {
    "sv": """
        mandate-kind-interim = delrapport
        mandate-kind-final = slutrapport
        mandate-kind-next = nästa steg
        mandate-the-interim = delrapporten
        mandate-the-final = slutrapporten
        mandate-the-next = nästa steg
        mandate-report = { $kind ->
            [interim] Delrapport
            [final] Slutrapport
           *[next] Nästa steg
        }
        mandate-when = { $when }, { $state }
        mandate-when-last = { $when }, senast { $last }, { $state }
        mandate-when-unwatched = { $when }, ingen månad att bevaka ännu
        mandate-state-coming = inte inlämnad
        mandate-state-late = försenad
        mandate-state-returned = tillbaka med en fråga
        mandate-state-handed_in = inlämnad, väntar på kvittens
        mandate-state-acknowledged = kvitterad
        mandate-goals = mål { $goals }
        mandate-no-goals = inga mål angivna
        mandate-given = Från
        mandate-owner = Ansvarig
        mandate-goal = Mål
        mandate-items = I ordning
        mandate-and = och
        mandate-report-of = { $kind } – { $owner }
        mandate-open = { $short } ({ $kind }, { $when })
        mandate-open-owner = { $short }, { $owner } ({ $kind }, { $when })
        mandate-status-handed_in = { $day }: { $person } lämnade in { $kind }
        mandate-status-returned = { $day }: { $person } skickade tillbaka { $kind }: ”{ $words }”
        mandate-status-acknowledged = { $day }: { $person } kvitterade { $kind }
        mandate-status-change-asked = { $asker } har bett om { $new } i stället för { $old } för { $kind }
        mandate-status-change-granted = { $kind }: flyttat från { $old } till { $new } av { $decider }
        mandate-status-change-declined = { $kind }: önskan om { $new } i stället för { $old } fick nej
    """,
    "en": """
        mandate-kind-interim = interim report
        mandate-kind-final = final report
        mandate-kind-next = next step
        mandate-the-interim = the interim report
        mandate-the-final = the final report
        mandate-the-next = the next step
        mandate-report = { $kind ->
            [interim] Interim report
            [final] Final report
           *[next] Next step
        }
        mandate-when = { $when }, { $state }
        mandate-when-last = { $when }, at the latest { $last }, { $state }
        mandate-when-unwatched = { $when }, no month to watch yet
        mandate-state-coming = not handed in
        mandate-state-late = late
        mandate-state-returned = back with a question
        mandate-state-handed_in = handed in, awaits its acknowledgement
        mandate-state-acknowledged = acknowledged
        mandate-goals = goals { $goals }
        mandate-no-goals = no goals named
        mandate-given = From
        mandate-owner = Responsible
        mandate-goal = Goals
        mandate-items = In order
        mandate-and = and
        mandate-report-of = { $kind } – { $owner }
        mandate-open = { $short } ({ $kind }, { $when })
        mandate-open-owner = { $short }, { $owner } ({ $kind }, { $when })
        mandate-status-handed_in = { $day }: { $person } handed in { $kind }
        mandate-status-returned = { $day }: { $person } sent { $kind } back: “{ $words }”
        mandate-status-acknowledged = { $day }: { $person } acknowledged { $kind }
        mandate-status-change-asked = { $asker } has asked for { $new } instead of { $old } for { $kind }
        mandate-status-change-granted = { $kind }: moved from { $old } to { $new } by { $decider }
        mandate-status-change-declined = { $kind }: the wish for { $new } instead of { $old } got a no
    """,
}

Speaker = Talk | Teller


def when(to: Speaker, of: Report) -> str:
    """ "maj 2027", as it was said."""
    return deadline.shown(of.deadline, to.lang)


def last_day(to: Speaker, of: Report) -> str:
    """ "måndag 31 maj", with the year where the words beside it do not tell it."""
    assert of.last_day is not None
    said = str(of.last_day.year) in when(to, of)
    return day(to, of.last_day, year=not said)


def day(to: Speaker, which: date, *, year: bool = False) -> str:
    return dates.show(which, to.lang, week=False, year=None if year else False)


def kind(to: Speaker, of: Report) -> str:
    return to.text(f"mandate-kind-{of.kind}")


def the_kind(to: Speaker, of: Report) -> str:
    return to.text(f"mandate-the-{of.kind}")


def report_line(to: Speaker, of: Report, today: date) -> str:
    """ "maj 2027, senast måndag 31 maj, inte inlämnad"."""
    if of.last_day is None:
        return to.text("mandate-when-unwatched", when=when(to, of))
    state = to.text(f"mandate-state-{'late' if of.late(today) else of.state}")
    if when(to, of) == day(to, of.last_day, year=True):
        return to.text("mandate-when", when=when(to, of), state=state)
    return to.text("mandate-when-last", when=when(to, of), last=last_day(to, of), state=state)


def goals(to: Speaker, found: Mandate) -> str:
    numbers = [str(each.number) for each in found.goals]
    if not numbers:
        return to.text("mandate-no-goals")
    return to.text("mandate-goals", goals=listed(to, numbers))


def listed(to: Speaker, words: Sequence[str]) -> str:
    """ "1, 2 och 3"."""
    *first, end = words
    return f"{', '.join(first)} {to.text('mandate-and')} {end}" if first else end


def facts(to: Speaker, found: Mandate, today: date) -> tuple[Fact, ...]:
    """Everything about a mandate; each owner's reports by themselves."""
    several = len(found.owners) > 1
    rows = [
        Fact(to.text("mandate-given"), found.giver),
        Fact(to.text("mandate-owner"), found.owner),
        Fact(to.text("mandate-goal"), goals(to, found)),
    ]
    if found.items:
        rows.append(Fact(to.text("mandate-items"), "; ".join(found.items)))
    for of in found.reports:
        label = to.text("mandate-report", kind=of.kind)
        if several:
            label = to.text("mandate-report-of", kind=label, owner=of.owner.name)
        rows.append(Fact(label, report_line(to, of, today)))
    return tuple(rows)


def line(to: Speaker, found: Mandate, today: date) -> str:
    """One mandate among others: its owner, goals and reports."""
    several = len(found.owners) > 1
    reports = [
        f"{of.owner.name if several else to.text('mandate-report', kind=of.kind)}: "
        f"{report_line(to, of, today)}"
        for of in found.reports
    ]
    return "; ".join((found.owner, goals(to, found), *reports))


def overview(to: Speaker, title: str, found: Sequence[Mandate], today: date) -> Card:
    return Card(title, "", tuple(Fact(each.title, line(to, each, today)) for each in found))


def name(to: Speaker, found: Open) -> str:
    """ "språkstöd (delrapport, maj 2027)"."""
    of = found.report
    words = {"short": found.mandate.short, "kind": kind(to, of), "when": when(to, of)}
    if len(found.mandate.owners) > 1:
        return to.text("mandate-open-owner", owner=of.owner.name, **words)
    return to.text("mandate-open", **words)


def history_lines(talk: Talk, of: Report, history: History) -> list[str]:
    """What was handed in, sent back, acknowledged, and how the deadline moved."""
    kind = the_kind(talk, of)
    done = [
        talk.text(f"mandate-status-{s.step}", day=day(talk, s.day), person=s.person,
                  kind=kind, words=s.words)
        for s in history.steps
    ]  # fmt: skip
    changed = [
        talk.text(f"mandate-status-change-{c.state}", old=deadline.shown(c.old, talk.lang),
                  new=deadline.shown(c.new, talk.lang), asker=c.asker, decider=c.decider,
                  kind=kind)
        for c in history.changes
    ]  # fmt: skip
    return done + changed
