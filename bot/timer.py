"""What is looked at again later: rules that run when their moment has come.

A rule decides late, inside the transaction that claims its timer, who is concerned and whether it
still matters. It stands beside the dialogs of its subject and is found by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.dialog import Teller
from bot.ports import Session, Timer
from bot.reply import Card, Reply
from bot.rules.quiet import awake
from bot.seal import Seal, seal_reply
from bot.texts import Texts
from bot.turn import ConversationReference

__all__ = ["SMTP", "Post", "Rule", "Timer", "folded", "rule"]

T = TypeVar("T")

Make = Callable[[Teller], Sequence[Reply]]

HOME = ZoneInfo("Europe/Stockholm")
BUTTONS = 5  # of a folded message; Teams shows six
SMTP = "smtp"  # the tenant of every mail address


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    function: Callable[[Post, Timer], None]
    texts: Mapping[str, str]


def rule(kind: str, *, texts: Mapping[str, str]) -> Callable[[Callable[[Post, Timer], None]], Rule]:
    """Make a function the rule of a kind of timers; the texts are those of its file."""

    def decorate(function: Callable[[Post, Timer], None]) -> Rule:
        return Rule(kind, function, texts)

    return decorate


class Post:
    """One run of one rule. Nothing leaves before its transaction has been committed."""

    def __init__(self, *, timer: Timer, session: Session, texts: Texts, seal: Seal) -> None:
        self.timer = timer
        self.now = session.now
        self._session = session
        self._texts = texts
        self._seal = seal

    @property
    def wall(self) -> datetime:
        """Now, as naive wall time in Sweden, as meetings are kept."""
        return self.now.astimezone(HOME).replace(tzinfo=None)

    @property
    def today(self) -> date:
        return self.wall.date()

    def look(self, query: Callable[..., T], *args: Any) -> T:
        return self._session.query(query, *args)

    def do(
        self, name: str, operation: Callable[..., T], *args: Any,
        subject: str = "", detail: Mapping[str, str] | None = None,
    ) -> T:  # fmt: skip
        """Change something; the line of audit names no person."""
        self._session.watch(subject or self.timer.subject)
        result = self._session.act(operation, *args)
        self._session.audit(name, subject or self.timer.subject, None, detail or {})
        return result

    def tell(
        self, people: Sequence[int], make: Make, *, key: str = "", calm: bool = False,
        until: datetime | None = None,
    ) -> int:  # fmt: skip
        """Write to each person once per timer and key; gives how many can be reached.

        Where they wrote last, else on their other platform, else by mail. What is `calm` waits for
        a working day's daytime, and is said in one with other calm things that are due then; after
        `until` it is not said at all.
        """
        found = self._session.reach(list(dict.fromkeys(people)))
        at = awake(self.now) if calm else None
        for place in found:
            self._put(place.where, place.lang, make, f"{key}:person:{place.person}", place.person,
                      fold=calm, run_at=at, expires_at=until)  # fmt: skip
        return len(found)

    def mail(self, address: str, lang: str, make: Make) -> None:
        """Write to a mail address that is nobody's chat, once per timer."""
        self._put(ConversationReference("mail", SMTP, address), lang, make, f"mail:{address}", None)

    def channel(
        self, where: ConversationReference, lang: str, make: Make, *, key: str = ""
    ) -> None:
        """Write into a channel, once per timer and key."""
        place = f"{where.platform}:{where.tenant}:{where.conversation}"
        self._put(where, lang, make, f"{key}:{place}", None)

    def plan(
        self, kind: str, subject: str, at: datetime, *, key: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Have another rule looked at; see storage.timers.plan."""
        self._session.plan(kind, subject, at, key=key, values=values)

    def cancel(self, subject: str, kind: str | None = None) -> None:
        self._session.cancel(subject, kind)

    def _put(
        self, where: ConversationReference, lang: str, make: Make, key: str, person: int | None,
        **when: Any,
    ) -> None:  # fmt: skip
        replies = make(Teller(lang, self._texts))
        sealed = [seal_reply(self._seal, where.tenant, each) for each in replies]
        timer = self.timer
        run = f"timer:{timer.kind}:{timer.subject}:{timer.key}:{timer.due:%y%m%d%H%M%S}"
        self._session.post(
            where, sealed, f"{run}:{key}", lang, person=person, about=timer.subject, **when
        )


def folded(replies: Sequence[Reply], title: str) -> Reply:
    """Several messages in one: numbered, each with its first button."""
    lines = [f"{number}. {_words(each)}" for number, each in enumerate(replies, 1)]
    buttons = [
        replace(each.buttons[0], label=f"{number}. {each.buttons[0].label}")
        for number, each in enumerate(replies, 1) if each.buttons
    ]  # fmt: skip
    return Card(title, "\n\n".join(lines), buttons=tuple(buttons[:BUTTONS]))


def _words(reply: Reply) -> str:
    return replace(reply, buttons=()).plain.strip()
