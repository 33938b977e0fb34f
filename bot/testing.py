"""The shipped test client: talks to the real engine as one person would, in the terminal and in tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.engine import Engine, Outcome
from bot.ports import Letter, Result
from bot.reply import Button, FormPrompt, Reply
from bot.turn import (
    Attached,
    ConversationReference,
    FileRef,
    Identity,
    Joined,
    Kind,
    Pressed,
    Said,
    Submitted,
    Turn,
    What,
)  # fmt: skip

HOME = ZoneInfo("Europe/Stockholm")
_LETTER = re.compile(r"< \(([^)]+)\) (.*)")  # a person's full name is two words or more


AT_ONCE = 100  # letters


class SetsTime(Protocol):
    at: datetime


class Unpressable(Exception):
    """No reply so far has such a button: the message lists those there are."""


@dataclass(slots=True)
class Chat:
    """One person's conversation. Buttons are pressed by label or action, newest first."""

    engine: Engine
    clock: SetsTime
    who: Identity
    kind: Kind = "personal"
    replies: list[Reply] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)  # what left for anybody, in order
    last: Outcome = field(default_factory=Outcome)
    _numbers: count[int] = field(default_factory=count)

    async def say(self, text: str) -> Sequence[Reply]:
        return await self._turn(Said(text))

    async def press(self, label: str) -> Sequence[Reply]:
        return await self._turn(Pressed(self.button(label).token))

    async def submit(self, answers: Mapping[str, str]) -> Sequence[Reply]:
        """Send the newest form that was offered."""
        form = next(
            (r.form for r in reversed(self.replies) if isinstance(r, FormPrompt)), self.last.form
        )
        if form is None:
            raise Unpressable("no form has been offered")
        return await self._turn(Submitted((self.last.form or form).token, dict(answers)))

    async def attach(self, name: str, data: bytes, text: str = "") -> Sequence[Reply]:
        kept = await self.engine.store.keep_file(self.who, name, data)
        return await self._turn(Attached((FileRef(kept.name, "", kept=kept.id),), text))

    async def join(self) -> Sequence[Reply]:
        return await self._turn(Joined())

    async def passes(self, until: datetime) -> Sequence[Reply]:
        """Let time pass, due moment by due moment; gives what was sent to this person meanwhile."""
        store = self.engine.store
        number = await self.number()
        sent: list[Reply] = []
        while True:
            await self.engine.fire()
            sent += [each.reply for each in await self.delivered() if each.person == number]
            due = await store.next_due()
            if due is None or due > until:
                break
            self.clock.at = max(self.clock.at, due)
        self.clock.at = until
        self.replies.extend(sent)
        return sent

    async def delivered(self) -> Sequence[Letter]:
        """Take what is due out of the outbox, as if every platform had said yes."""
        sent: list[Letter] = []
        found: Sequence[Letter] = ()
        while found := await self.engine.exchange(
            [Result(each, "sent", f"m{each.id}") for each in found], AT_ONCE
        ):
            sent += found
        self.letters += sent
        return sent

    async def number(self) -> int | None:
        """The person behind the identity."""
        person = await self.engine.store.read(lambda session: session.person(self.who))
        return person.id if person else None

    def button(self, label: str) -> Button:
        wanted = label.strip("[] ").casefold()
        seen = []
        for reply in reversed(self.replies):
            offered: tuple[Button, ...] = (
                *reply.buttons,
                *((reply.open,) if isinstance(reply, FormPrompt) else ()),
            )
            for each in offered:
                if wanted in {each.label.casefold(), each.action.casefold()} and not each.url:
                    return each
                seen.append(each.label)
        raise Unpressable(f"no button {label!r}; there are: {', '.join(seen) or 'none'}")

    async def _turn(self, what: What) -> Sequence[Reply]:
        who = self.who
        place = ConversationReference(
            who.platform, who.tenant, f"{self.kind}:{who.user}", self.kind
        )
        number = f"chat-{id(self)}-{next(self._numbers)}"
        turn = Turn(number, what, who, place, self.clock.at)
        await self.engine.store.receive(turn)
        self.last = await self.engine.handle(turn)
        self.replies.extend(self.last.replies)
        return self.last.replies


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange of a transcript: what a person does, and what the replies must look like."""

    does: str
    expects: tuple[str, ...]
    letters: tuple[tuple[str, str], ...] = ()  # to other people: full name, text


@dataclass(frozen=True, slots=True)
class Script:
    person: str
    platform: str
    steps: tuple[Step, ...]


def scripts(talks: str) -> list[Script]:
    """Read a dialog's TALKS.

    "# person · platform", "> said or [pressed]", "@ 2026-12-02 10:15" lets time pass until then,
    "< reply with …", "< (Farid Testmark) letter to another person with …".
    """
    found: list[Script] = []
    steps: list[Step] = []
    person, platform = "", "web"

    def close() -> None:
        if steps:
            found.append(Script(person, platform, tuple(steps)))
            steps.clear()

    for line in talks.strip().splitlines():
        if line.startswith("# "):
            close()
            person, _, platform = (part.strip() for part in line[2:].partition(" · "))
        elif line.startswith("> "):
            steps.append(Step(line[2:].strip(), ()))
        elif line.startswith("@ "):
            steps.append(Step(line.strip(), ()))
        elif letter := _LETTER.match(line):
            last = steps.pop()
            steps.append(replace(last, letters=(*last.letters, (letter[1], letter[2].strip()))))
        elif line.startswith("< "):
            last = steps.pop()
            steps.append(replace(last, expects=(*last.expects, line[2:].strip())))
    close()
    return found


def moment(does: str) -> datetime | None:
    """When "@ 2026-12-02 10:15" is, in Sweden; None for a step of another kind."""
    if not does.startswith("@ "):
        return None
    return datetime.fromisoformat(does[2:].strip()).replace(tzinfo=HOME)


def fits(expected: str, got: str) -> bool:
    """Whether a reply's plain text is what was expected, where … stands for anything."""
    parts = [re.escape(_flat(part)) for part in expected.split("…")]
    return re.fullmatch(r"\s*.*?\s*".join(parts), _flat(got), re.DOTALL) is not None


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
