"""The shipped test client: talks to the real engine as one person would, in the terminal and in tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Protocol

from bot.engine import Engine, Outcome
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


@dataclass(frozen=True, slots=True)
class Script:
    person: str
    platform: str
    steps: tuple[Step, ...]


def scripts(talks: str) -> list[Script]:
    """Read a dialog's TALKS: "# person · platform", "> said or [pressed]", "< reply with …"."""
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
        elif line.startswith("< "):
            last = steps.pop()
            steps.append(Step(last.does, (*last.expects, line[2:].strip())))
    close()
    return found


def fits(expected: str, got: str) -> bool:
    """Whether a reply's plain text is what was expected, where … stands for anything."""
    parts = [re.escape(_flat(part)) for part in expected.split("…")]
    return re.fullmatch(r"\s*.*?\s*".join(parts), _flat(got), re.DOTALL) is not None


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
