"""A chat in the terminal with the real engine, for people and for scripts."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.core import SetClock, make_engine, open_store
from bot.engine import Engine
from bot.errors import BotError
from bot.ports import Letter
from bot.reply import FormPrompt, Reply
from bot.seal import seal_reply
from bot.testing import Chat, Unpressable
from bot.turn import Identity
from storage import demo

KEY = b"the terminal talks to nobody but itself"
HOME = ZoneInfo("Europe/Stockholm")


async def chat(
    person: str, platform: str, now: datetime, database_url: str | None, *, jsonl: bool
) -> int:
    """Without a database: a fresh demo that is thrown away at the end."""
    clock = SetClock(now)
    database, store = await open_store(database_url or "sqlite://", clock)
    try:
        if database_url is None:
            await database.write(demo.fill)
        known = await database.read(demo.identities)
        talk = _Terminal(make_engine(store, (KEY,)), clock, known, platform, jsonl=jsonl)
        talk.become(person)
        return await talk.run()
    finally:
        await database.close()


class _Terminal:
    def __init__(
        self, engine: Engine, clock: SetClock, known: dict[tuple[str, str], Identity],
        platform: str, *, jsonl: bool,
    ) -> None:  # fmt: skip
        self._engine = engine
        self._clock = clock
        self._known = known
        self._platform = platform
        self._jsonl = jsonl
        self._chats: dict[str, Chat] = {}
        self._letters: list[Letter] = []  # sent, and waiting for their person to be here
        self._chat: Chat

    def become(self, person: str) -> None:
        who = self._known.get((person, self._platform)) or self._known.get((person, "web"))
        if who is None:
            raise BotError(
                f"nobody is called {person!r}: give the full name, with the municipality if two share it"
            )
        self._chat = self._chats.setdefault(person, Chat(self._engine, self._clock, who))

    async def run(self) -> int:
        if sys.stdin.isatty():
            sys.stdout.write(
                'Skriv som i en chatt. "[Etikett]" trycker på en knapp. Ctrl+D avslutar.\n'
            )
        for number, line in enumerate(line for line in sys.stdin if line.strip()):
            try:
                replies = await (
                    self._turn(json.loads(line)) if self._jsonl else self._words(line.strip())
                )
            except (Unpressable, BotError, ValueError, OSError) as error:
                self._error(number, str(error))
            else:
                for reply in (*replies, *await self._post()):
                    self._write(number, reply)
        return 0

    async def _words(self, text: str) -> Sequence[Reply]:
        pressed = text.startswith("[") and text.endswith("]")
        return await (self._chat.press(text) if pressed else self._chat.say(text))

    async def _turn(self, turn: Any) -> Sequence[Reply]:
        match turn:
            case {"say": str(text)}:
                return await self._chat.say(text)
            case {"press": str(label)}:
                return await self._chat.press(label)
            case {"submit": dict(answers)}:
                return await self._chat.submit({key: str(value) for key, value in answers.items()})
            case {"attach": str(path)}:
                data = await asyncio.to_thread(Path(path).read_bytes)
                return await self._chat.attach(path, data, str(turn.get("text", "")))
            case {"now": str(text)}:
                found = datetime.fromisoformat(text)
                return await self._passes(found if found.tzinfo else found.replace(tzinfo=HOME))
            case {"as": str(person)}:
                self.become(person)
                return ()
        raise BotError("a turn has one of say, press, submit, attach, now, as")

    async def _passes(self, until: datetime) -> Sequence[Reply]:
        """What is due until then happens; the clock may also be set back."""
        if until > self._clock.at:
            await self._chat.passes(until)
        self._clock.at = until
        return ()

    async def _post(self) -> Sequence[Reply]:
        """What has been sent to whoever is here now and has not been shown yet."""
        await self._chat.delivered()
        for chat in self._chats.values():
            self._letters += chat.letters
            chat.letters.clear()
        here = await self._chat.number()
        tenant = self._chat.who.tenant  # a letter by mail has buttons for nobody's chat
        mine = [
            seal_reply(self._engine.core.seal, tenant, each.reply)
            for each in self._letters
            if each.person == here
        ]
        self._letters = [each for each in self._letters if each.person != here]
        self._chat.replies += mine
        return mine

    def _error(self, number: int, text: str) -> None:
        if self._jsonl:
            sys.stdout.write(
                json.dumps({"turn": number, "kind": "error", "text": text}, ensure_ascii=False)
                + "\n"
            )
        else:
            sys.stdout.write(f"! {text}\n")
        sys.stdout.flush()

    def _write(self, number: int, reply: Reply) -> None:
        if not self._jsonl:
            sys.stdout.write("".join(f"  {line}\n" for line in reply.plain.splitlines()) + "\n")
        else:
            sys.stdout.write(json.dumps(self._line(number, reply), ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _line(self, number: int, reply: Reply) -> dict[str, Any]:
        buttons = [each.label for each in reply.buttons]
        form: list[str] = []
        if isinstance(reply, FormPrompt):
            buttons.append(reply.open.label)
            form = [each.name for each in reply.form.fields]
        return {
            "turn": number, "kind": type(reply).__name__.lower(), "text": reply.plain,
            "buttons": buttons, "form": form,
            "seen_by": self._chat.who.name if reply.seen_by == "person" else "conversation",
        }  # fmt: skip
