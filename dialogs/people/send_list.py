"""The member list and the meeting dates go to the mailbox once a year and when they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import dates, docx
from bot.dialog import Talk, Teller, dialog
from bot.reply import File, Reply, Text
from bot.timer import Make, Post, Timer, rule
from storage import lists
from storage.lists import KINDS, List

TEXTS = {
    "sv": """
        send-list-sure =
            .question = Så här ser den ut som skickas till { $mailbox }. { $change } Ska jag skicka den?
            .yes = Skicka
            .no = Inte nu
        send-list-first = Den har inte skickats förut.
        send-list-same = Inget är ändrat sedan { $day }.
        send-list-changed = Ändrat sedan { $day }: { $added } nya rader, { $removed } borttagna.
        send-list-line-added = + { $line }
        send-list-line-removed = – { $line }
        send-list-file-members = Medlemslista för { $body }
        send-list-file-meetings = Mötesdagar för { $body }
        send-list-done = Jag skickar den till { $mailbox } och säger till när e-postservern har tagit emot den.
        send-list-later = Då väntar jag. Jag frågar igen på måndag om den fortfarande behöver skickas.
        send-list-ask-members = Medlemslistan för { $body } behöver skickas till brevlådan. { $change }
        send-list-ask-meetings = Mötesdagarna för { $body } behöver skickas till brevlådan. { $change }
        send-list-preview = Förhandsgranska
    """,
    "en": """
        send-list-sure =
            .question = This is what will go to { $mailbox }. { $change } Shall I send it?
            .yes = Send
            .no = Not now
        send-list-first = It has not been sent before.
        send-list-same = Nothing has changed since { $day }.
        send-list-changed = Changed since { $day }: { $added } new lines, { $removed } removed.
        send-list-line-added = + { $line }
        send-list-line-removed = – { $line }
        send-list-file-members = Member list of { $body }
        send-list-file-meetings = Meeting dates of { $body }
        send-list-done = I am sending it to { $mailbox } and will tell you when the mail server has taken it.
        send-list-later = Then I will wait. I will ask again on Monday if it still needs to be sent.
        send-list-ask-members = The member list of { $body } needs to go to the mailbox. { $change }
        send-list-ask-meetings = The meeting dates of { $body } need to go to the mailbox. { $change }
        send-list-preview = Preview
    """,
}
LINES = 8  # of what has changed, in a message


@dialog("send-list", changes=True, personal=True)
async def send_list(talk: Talk) -> None:
    number, kind = int(talk.heard.value["body"]), _kind(talk.heard.value["kind"])
    found = await talk.look(lists.shown, talk.person, number, kind, talk.today)
    read = await talk.note("read", found.sha256)
    text = talk.text(f"send-list-file-{kind}", body=found.body_name)
    name = f"{kind}-{talk.today:%Y-%m-%d}.docx"
    await talk.say(File(name, lists.document(found), docx.MIME, text))
    sure = await talk.confirm("sure", mailbox=found.mailbox, change=_change(found, talk))
    if not sure:
        return await talk.say("send-list-later")
    mailbox = await talk.do(
        "send-list", lists.send, talk.person, number, kind, read, talk.turn.at,
        subject=f"body:{number}", detail={"kind": kind},
    )  # fmt: skip
    return await talk.say("send-list-done", mailbox=mailbox)


def _kind(value: object) -> Any:
    return "meetings" if value == "meetings" else "members"


def _change(found: List, to: Talk | Teller) -> str:
    if found.sent_on is None:
        return to.text("send-list-first")
    day = dates.show(found.sent_on, to.lang, week=False)
    if not found.added and not found.removed:
        return to.text("send-list-same", day=day)
    lines = [
        to.text("send-list-changed", day=day, added=len(found.added), removed=len(found.removed))
    ]
    lines += [to.text("send-list-line-added", line=each) for each in found.added[:LINES]]
    lines += [to.text("send-list-line-removed", line=each) for each in found.removed[:LINES]]
    return "\n".join(lines)


@rule(lists.CHECK, texts=TEXTS)
def list_check(post: Post, due: Timer) -> None:
    """Every Monday: whoever leads the body is asked about what has changed or is a year old."""
    number = int(due.subject.split(":")[1])
    found = [post.look(lists.of_body, number, kind, post.today) for kind in KINDS]
    people = post.look(lists.deciders, number, post.today)
    for each in found:
        if each is not None and each.due(post.today):
            post.tell(people, _asking(each), key=each.kind)
    post.plan(lists.CHECK, due.subject, lists.next_look(post.today))


def _asking(found: List) -> Make:
    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(
            f"send-list-ask-{found.kind}", body=found.body_name, change=_change(found, to)
        )
        button = to.button("send-list-preview", "send-list", body=found.body, kind=found.kind)
        return [Text(text, (button,))]

    return letter
