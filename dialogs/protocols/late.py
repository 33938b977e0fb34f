"""Minutes that do not come are asked for after 7 days, after 14 the chair hears too; never on a holiday."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Teller
from bot.reply import Reply, Text
from bot.rules.protocol import CHASES, State
from bot.timer import Post, Timer, rule
from dialogs.meetings.card import bodies
from dialogs.protocols import card
from dialogs.protocols.telling import verdict_buttons
from storage.meetings.watch import LATE
from storage.protocols import late as lateness

TEXTS = {
    "sv": """
        late-secretary = Protokollet från { $day } ({ $body }) har inte kommit in ännu. Du är sekreterare: skicka filen till mig här i chatten.
        late-unfinished = Protokollet från { $day } ({ $body }) är inte klart ännu. Du är sekreterare: skicka en ny version till mig här i chatten, eller skriv ”skicka protokollet för justering”.
        late-chair = Protokollet från { $day } ({ $body }) är inte klart efter { $days } dagar. Sekreterare är { $who }, som har fått en påminnelse.
        late-nobody = Protokollet från { $day } ({ $body }) har inte kommit in, och ingen är utsedd till sekreterare. Bestäm vilken kommun som skriver det.
        late-hand-in = Lämna protokollet
        late-approval = Protokollet från { $day } ({ $body }) väntar på din justering. Sista dagen var { $until }.
    """,
    "en": """
        late-secretary = The minutes of { $day } ({ $body }) have not come in yet. You are the secretary: send me the file here in the chat.
        late-unfinished = The minutes of { $day } ({ $body }) are not finished yet. You are the secretary: send me a new version here in the chat, or write “send the minutes for approval”.
        late-chair = The minutes of { $day } ({ $body }) are not finished after { $days } days. The secretary is { $who }, who has been reminded.
        late-nobody = The minutes of { $day } ({ $body }) have not come in, and nobody is appointed secretary. Decide which municipality writes them.
        late-hand-in = Hand in the minutes
        late-approval = The minutes of { $day } ({ $body }) wait for your approval. The last day was { $until }.
    """,
}


@rule(LATE, texts=TEXTS)
def protocol_late(post: Post, due: Timer) -> None:
    found = post.look(lateness.late, int(due.subject.split(":")[1]), int(due.key), post.today)
    if found is None:
        return
    of = found.meeting
    name = "late-secretary" if found.state is State.MISSING else "late-unfinished"

    def to_secretary(to: Teller) -> Sequence[Reply]:
        text = to.text(name, day=card.day(of, to.lang), body=bodies(of))
        return [Text(text, (to.button("late-hand-in", "upload-protocol", meeting=of.id),))]

    def to_chair(to: Teller) -> Sequence[Reply]:
        day = card.day(of, to.lang)
        if of.secretary_id is None:
            return [Text(to.text("late-nobody", day=day, body=bodies(of)))]
        return [Text(to.text("late-chair", day=day, body=bodies(of), days=found.days,
                             who=of.secretary))]  # fmt: skip

    if of.secretary_id is not None:
        post.tell([of.secretary_id], to_secretary, key="secretary")
    if found.days >= CHASES[-1] or of.secretary_id is None:
        others = [each for each in found.chairs if each != of.secretary_id]
        post.tell(others, to_chair, key="chair")


@rule(lateness.WAITING, texts=TEXTS)
def approval_waits(post: Post, due: Timer) -> None:
    one = post.look(lateness.waiting, int(due.subject.split(":")[1]), post.today)
    if one is None or one.approver_id is None or one.approve_by is None:
        return
    last = one.approve_by

    def to_approver(to: Teller) -> Sequence[Reply]:
        text = to.text("late-approval", day=card.day(one.meeting, to.lang),
                       body=bodies(one.meeting), until=card.short(last, to.lang))  # fmt: skip
        return [Text(text, verdict_buttons(one, to))]

    post.tell([one.approver_id], to_approver)
