"""What comes by itself in the morning: meetings a week and a day ahead, and on Mondays the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import Teller
from bot.reply import Button, Reply, Text
from bot.rules.workdays import is_working_day
from bot.timer import Post, Timer, rule
from dialogs.meetings import card
from storage import meetings, mornings, timers
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        morning-week = Din vecka, v. { $week }:
        morning-meeting = Påminnelse om möte:
        morning-ahead = Längre fram:
        morning-line = • { $body }: { $line }
    """,
    "en": """
        morning-week = Your week, week { $week }:
        morning-meeting = A reminder of a meeting:
        morning-ahead = Further ahead:
        morning-line = • { $body }: { $line }
    """,
}
_DAY = timedelta(days=1)


@rule(mornings.KIND, texts=TEXTS)
def morning(post: Post, due: Timer) -> None:
    """One message a person and morning, and none on days off; what downtime missed comes with it."""
    region, after = int(due.subject.partition(":")[2]), date.fromisoformat(due.values["after"])
    working = is_working_day(post.today)
    post.do("plan-morning", mornings.plan, region, post.today, post.today if working else after)
    if not working:
        return
    soon = post.look(mornings.planned, region, after, post.wall)
    monday = post.today - timedelta(days=post.today.weekday())
    week = post.look(mornings.this_week, region, post.wall) if after < monday else {}
    for person in sorted({*soon, *week}):
        _tell(post, person, week.get(person, []), soon.get(person, []))


def _tell(post: Post, person: int, week: Sequence[Meeting], soon: Sequence[Meeting]) -> None:
    later = [each for each in soon if each not in week]
    everything = [*week, *later]

    def letter(to: Teller) -> Sequence[Reply]:
        lines: list[str] = []
        if week:
            number = str(post.today.isocalendar().week)
            lines += [to.text("morning-week", week=number), *(_line(to, each) for each in week)]
        if later:
            head = "morning-ahead" if week else "morning-meeting"
            lines += [to.text(head), *(_line(to, each) for each in later)]
        return [Text("\n".join(lines), _buttons(post, to, person, everything))]

    last = max(each.starts for each in everything)
    post.tell([person], letter, calm=True, until=timers.moment(last))


def _line(to: Teller, found: Meeting) -> str:
    return to.text("morning-line", body=card.bodies(found), line=card.line(found, to))


def _buttons(post: Post, to: Teller, person: int, found: Sequence[Meeting]) -> tuple[Button, ...]:
    """Yes and no, if there is one meeting and it has not been answered."""
    if len(found) != 1 or post.look(meetings.own_answer, found[0].id, person):
        return ()
    number = found[0].id
    return (
        to.button("meeting-come", "answer-meeting", meeting=number, answer="yes"),
        to.button("meeting-cannot", "answer-meeting", meeting=number, answer="no"),
    )
