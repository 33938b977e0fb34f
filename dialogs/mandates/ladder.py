"""The pings about reports that are due: whoever keeps the mandate, then the presidium, then the director."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Teller
from bot.reply import Button, Reply, Text
from bot.rules import deadline
from bot.rules.ladder import Rung, Step
from bot.timer import Post, Timer, rule
from dialogs.mandates import show
from storage import mandates
from storage.mandates import Open

TEXTS = {
    "sv": """
        ping-coming = { $kind } för { $title } ({ $goals }) ska lämnas { $when }, senast { $last }.
        ping-coming-day = { $kind } för { $title } ({ $goals }) ska lämnas { $when }.
        ping-today = I dag är sista dagen: { $kind } för { $title } ({ $goals }) ska lämnas { $when }.
        ping-late = { $kind } för { $title } ({ $goals }) är sen: den skulle ha lämnats { $when }, senast { $last }.
        ping-then-presidium = Är den inte inlämnad { $day } får presidiet veta det: { $people }.
        ping-then-director = Är den inte inlämnad { $day } får { $people } veta det.
        ping-now-presidium = Presidiet får en kopia av det här: { $people }.
        ping-now-director = { $people } får veta det nu.
        ping-copy = { $kind } för { $title } är sen: den skulle ha lämnats { $when }, senast { $last }. Ansvarig: { $owner } ({ $people }).
        ping-digest = Om ungefär tre månader ska det här lämnas:
        ping-digest-line = { $kind } för { $title } ({ $goals }): { $when }, senast { $last }.
        ping-again = Du bad mig påminna: { $line }
        ping-hand-in = Lämna rapport
        ping-snooze = Påminn mig om 1 vecka
        ping-help = Behöver hjälp
        ping-done = Redan lämnad
    """,
    "en": """
        ping-coming = { $kind } of { $title } ({ $goals }) is due { $when }, at the latest { $last }.
        ping-coming-day = { $kind } of { $title } ({ $goals }) is due { $when }.
        ping-today = Today is the last day: { $kind } of { $title } ({ $goals }) is due { $when }.
        ping-late = { $kind } of { $title } ({ $goals }) is late: it was due { $when }, at the latest { $last }.
        ping-then-presidium = If it has not been handed in on { $day }, the presidium will be told: { $people }.
        ping-then-director = If it has not been handed in on { $day }, { $people } will be told.
        ping-now-presidium = The presidium gets a copy of this: { $people }.
        ping-now-director = { $people } will be told now.
        ping-copy = { $kind } of { $title } is late: it was due { $when }, at the latest { $last }. Responsible: { $owner } ({ $people }).
        ping-digest = In about three months this is due:
        ping-digest-line = { $kind } of { $title } ({ $goals }): { $when }, at the latest { $last }.
        ping-again = You asked me to remind you: { $line }
        ping-hand-in = Hand in
        ping-snooze = Remind me in 1 week
        ping-help = I need help
        ping-done = Already handed in
    """,
}


@rule(mandates.LADDER, texts=TEXTS)
def report_due(post: Post, due: Timer) -> None:
    """One rung at most, decided now: what has been handed in or moved says nothing."""
    found = post.look(mandates.any_report, _number(due))
    used = post.look(mandates.due, found.report, post.today) if found else None
    if found is None:
        return
    if used is None:
        post.do("follow-report", mandates.follow, found.report.id, post.today)
        return
    rung, then = used
    keepers = post.look(mandates.keepers, found.mandate, found.report.owner, post.today)
    if rung is Rung.DIGEST:
        _digest(post, found, keepers)
        return
    _tell(post, found, rung, then, keepers)
    _use(post, found, rung)


@rule(mandates.SNOOZE, texts={})
def remind_again(post: Post, due: Timer) -> None:
    """A reminder that somebody asked for, unless the report has been handed in meanwhile."""
    found = post.look(mandates.any_report, _number(due))
    if found is None or not found.report.open:
        return

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("ping-again", line=line(to, found, post))
        return [Text(text, buttons(to, found))]

    post.tell([int(due.values["person"])], letter)


def _tell(post: Post, found: Open, rung: Rung, then: Step | None, keepers: Sequence[int]) -> None:
    mandate, of, today = found.mandate, found.report, post.today
    presidium = post.look(mandates.presidium, mandate, of.owner, today)
    directors = post.look(mandates.directors, mandate, today)
    above = {Rung.PRESIDIUM: presidium, Rung.DIRECTOR: [*presidium, *directors]}
    copies = [each for each in above.get(rung, ()) if each not in keepers]
    next_up = {Rung.PRESIDIUM: presidium, Rung.DIRECTOR: directors}

    def ping(to: Teller) -> Sequence[Reply]:
        parts = [line(to, found, post)]
        if rung in next_up and (names := post.look(mandates.names, next_up[rung])):
            parts.append(to.text(f"ping-now-{rung}", people=names))
        if then and (names := post.look(mandates.names, next_up[then.rung])):
            parts.append(
                to.text(f"ping-then-{then.rung}", day=show.day(to, then.day), people=names)
            )
        return [Text(" ".join(parts), buttons(to, found))]

    def copy(to: Teller) -> Sequence[Reply]:
        people = post.look(mandates.names, keepers)
        text = to.text("ping-copy", owner=of.owner.name, people=people, **_words(to, found))
        return [Text(text)]

    post.tell(keepers, ping, key="owner")
    post.tell(copies, copy, key="copy")


def _digest(post: Post, found: Open, keepers: Sequence[int]) -> None:
    """One message, however many reports come into sight on the same day."""
    together = post.look(mandates.together, found, keepers, post.today)

    def letter(to: Teller) -> Sequence[Reply]:
        lines = [to.text("ping-digest-line", **_words(to, each)) for each in together]
        return [Text("\n".join((to.text("ping-digest"), *lines)))]

    post.tell(keepers, letter, key="digest")
    for each in together:
        _use(post, each, Rung.DIGEST)


def _use(post: Post, found: Open, rung: Rung) -> None:
    post.do(
        "report-rung", mandates.told, found.report, rung, post.today,
        subject=f"report:{found.report.id}", detail={"rung": rung.value},
    )  # fmt: skip


def line(to: Teller, found: Open, post: Post) -> str:
    """What is due and when, as it is today."""
    last = found.report.last_day
    words = _words(to, found)
    if last is not None and last < post.today:
        return to.text("ping-late", **words)
    if last == post.today:
        return to.text("ping-today", **words)
    return to.text("ping-coming" if words["last"] else "ping-coming-day", **words)


def buttons(to: Teller, found: Open) -> tuple[Button, ...]:
    number = found.report.id
    return (
        to.button("ping-hand-in", "hand-in", report=number),
        to.button("ping-snooze", "snooze-report", report=number),
        to.button("ping-help", "need-help", report=number),
        to.button("ping-done", "hand-in", report=number, elsewhere=True),
    )


def _words(to: Teller, found: Open) -> dict[str, str]:
    of = found.report
    kind = show.the_kind(to, of)
    when = deadline.phrase(of.deadline, to.lang)
    last = show.last_day(to, of) if of.last_day else ""
    return {
        "kind": kind[:1].upper() + kind[1:], "title": found.mandate.title, "when": when,
        "goals": show.goals(to, found.mandate), "last": "" if last and last in when else last,
    }  # fmt: skip


def _number(due: Timer) -> int:
    return int(due.subject.partition(":")[2])
