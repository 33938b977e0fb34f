"""One turn in, replies out: the whole core as one function, whoever calls it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from weakref import WeakValueDictionary

from bot.core import Core
from bot.dialog import Dialog
from bot.errors import DialogError, NotFetched, StaleState
from bot.files import FileHandle
from bot.form import FormView
from bot.handling import Handling
from bot.ports import Letter, NeedsWrite, Result, Session, Store
from bot.reply import Reply, Text
from bot.rules.roles import Person
from bot.seal import Seal, seal_reply
from bot.texts import Texts
from bot.timer import Post, Rule, Timer, folded
from bot.turn import Attached, ConversationReference, FileRef, Identity, Joined, Pressed, Turn
from bot.understand import Names

log = logging.getLogger(__name__)

FILES = 5  # of one message that are fetched
TRIES = 5  # when another process changed the same conversation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a turn.

    `stored` tells that the replies wait in the outbox, written in the transaction of the change
    they follow; otherwise whoever called the engine sends them.
    """

    replies: tuple[Reply, ...] = ()
    lang: str = "sv"
    form: FormView | None = None  # draw this form, perhaps with what was wrong in it
    stored: bool = False
    repeated: bool = False
    failed: bool = False  # a bug: the person was told that it went wrong


Deliver = Callable[[Outcome], Awaitable[None]]
Fetch = Callable[[Turn, FileRef], Awaitable[bytes]]
Watch = Callable[[Turn, Outcome | None, float], None]  # None: it stays in the inbox; seconds


class Engine:
    def __init__(
        self, *, store: Store, dialogs: Sequence[Dialog], texts: Texts, seal: Seal,
        names: Callable[[Session, Person], Names], public_url: str = "",
        fetch: Fetch | None = None, rules: Sequence[Rule] = (), watch: Watch | None = None,
    ) -> None:  # fmt: skip
        """`fetch` brings a file's bytes from its platform, or raises NotFetched.

        `watch` hears of each turn when it is over, for the figures of whoever runs the bot.
        """
        self.store = store
        self._fetch = fetch or _no_fetch
        self.watch = watch
        self.core = Core(
            dialogs=_by_name(dialogs), by_intent=_by_intent(dialogs), phrases=_phrases(dialogs),
            texts=texts, seal=seal, names=names, public_url=public_url, rules=_by_kind(rules),
        )  # fmt: skip
        self._locks: WeakValueDictionary[tuple[str, ...], asyncio.Lock] = WeakValueDictionary()

    async def handle(self, turn: Turn, deliver: Deliver | None = None) -> Outcome:
        """Carry out one turn that is in the inbox.

        Turns of one person run one after another. `deliver` sends what a mere question brought
        while the person's next turn waits. Without it the answer goes back to the caller, also
        when something changed, and nothing is put into the outbox. Raises what the database
        raises: then the turn stays in the inbox, to be carried out later.
        """
        began, outcome = monotonic(), None
        try:
            outcome = await self._handle(turn, deliver)
        finally:
            if self.watch is not None:
                self.watch(turn, outcome, monotonic() - began)
        return outcome

    async def _handle(self, turn: Turn, deliver: Deliver | None) -> Outcome:
        async with self._lock(turn):
            files = await self._files(turn)
            outcome, after = await self._carry_out(turn, files, here=deliver is None)
            if deliver is not None:
                await deliver(outcome)
            if after is not None:
                await self.store.write(after, urgent=False)
            return outcome

    async def form(self, turn: Turn) -> FormView | None:
        """The form that a press opens; None if its run has ended meanwhile. Changes nothing."""
        if not isinstance(turn.what, Pressed):
            return None
        return await self.store.read(lambda session: self._handling(turn, session).form())

    async def home(self, who: Identity, at: datetime) -> Outcome:
        """What a start page shows one person. Changes nothing."""
        where = ConversationReference(who.platform, who.tenant, "home")
        turn = Turn("home", Joined(), who, where, at)

        def look(session: Session) -> Outcome:
            handling = self._handling(turn, session)
            handling.home()
            return _outcome(handling, stored=False)

        return await self.store.read(look)

    async def fire(self) -> int:
        """Run every rule whose moment has come; what it says waits in the outbox."""
        return await self.store.fire(self._fire)

    async def exchange(self, results: Sequence[Result], limit: int) -> Sequence[Letter]:
        """Write back what came of letters and claim up to `limit` that may go now."""
        return await self.store.exchange(results, limit, self._fold, self._reseal)

    def _fold(self, replies: Sequence[Reply], lang: str) -> Reply:
        return folded(replies, self.core.texts.format(lang, "folded", count=len(replies)))

    def _reseal(self, tenant: str, reply: Reply) -> Reply:
        return seal_reply(self.core.seal, tenant, reply)

    def _fire(self, session: Session, timer: Timer) -> None:
        found = self.core.rules.get(timer.kind)
        if found is None:
            raise DialogError(f"no rule for timers of kind {timer.kind}")
        core = self.core
        post = Post(timer=timer, session=session, texts=core.texts, seal=core.seal)
        found.function(post, timer)

    def _handling(self, turn: Turn, session: Session, files: Sequence[FileHandle] = ()) -> Handling:
        return Handling(self.core, turn, session, files)

    async def _files(self, turn: Turn) -> Sequence[FileHandle]:
        """What was attached, brought home before the transaction; nothing from strangers."""
        if not isinstance(turn.what, Attached) or turn.who.external:
            return ()
        if await self.store.read(lambda session: session.person(turn.who)) is None:
            return ()
        return [await self._file(turn, ref) for ref in turn.what.files[:FILES]]

    async def _file(self, turn: Turn, ref: FileRef) -> FileHandle:
        if ref.kept is not None:
            return await self.store.kept_file(turn.who, ref.kept)
        try:
            data = await self._fetch(turn, ref)
        except NotFetched as error:
            return FileHandle(0, ref.name, "", ref.size or 0, "", error.reason)
        return await self.store.keep_file(turn.who, ref.name, data)

    def _lock(self, turn: Turn) -> asyncio.Lock:
        key = turn.who.key
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock

    async def _carry_out(
        self, turn: Turn, files: Sequence[FileHandle], *, here: bool
    ) -> tuple[Outcome, Callable[[Session], None] | None]:
        for _ in range(TRIES):
            try:
                return await self._try(turn, files, here=here)
            except StaleState:
                continue
        raise StaleState(f"the conversation of turn {turn.id} kept changing")

    async def _try(
        self, turn: Turn, files: Sequence[FileHandle], *, here: bool
    ) -> tuple[Outcome, Callable[[Session], None] | None]:
        def look(session: Session) -> tuple[Outcome, Callable[[Session], None]]:
            handling = self._handling(turn, session, files)
            handling.run()
            if handling.changed:
                raise NeedsWrite
            return _outcome(handling, stored=False), handling.after

        def change(session: Session) -> Outcome:
            handling = self._handling(turn, session, files)
            handling.run()
            handling.save()
            stored = not here and handling.form_view is None
            if stored:
                session.put(turn.where, handling.replies, turn.id, handling.lang)
            handling.after(session)
            return _outcome(handling, stored=stored)

        try:
            if not isinstance(turn.what, Pressed):
                try:
                    return await self.store.read(look)
                except NeedsWrite:
                    pass
            return await self.store.write(change), None
        except (StaleState, OSError, ConnectionError):
            raise
        except Exception as error:
            if getattr(error, "outage", False):
                raise
            return self._sorry(turn, error)

    def _sorry(
        self, turn: Turn, error: Exception
    ) -> tuple[Outcome, Callable[[Session], None] | None]:
        """A bug: one sentence with a reference for the person, the details for the log."""
        reference = secrets.token_hex(4)
        log.error(
            "turn failed", exc_info=error,
            extra={"reference": reference, "platform": turn.who.platform, "kind": type(turn.what).__name__},
        )  # fmt: skip
        lang = "en" if (turn.who.locale or "sv").startswith("en") else "sv"
        text = self.core.texts.format(lang, "error", reference=reference)
        return Outcome((Text(text),), lang, failed=True), lambda session: session.finish(turn)


async def _no_fetch(_: Turn, __: FileRef) -> bytes:
    raise NotFetched


def _outcome(handling: Handling, *, stored: bool) -> Outcome:
    return Outcome(tuple(handling.replies), handling.lang, handling.form_view, stored)


def _by_name(dialogs: Sequence[Dialog]) -> dict[str, Dialog]:
    names = [each.name for each in dialogs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DialogError(f"two dialogs are called {', '.join(sorted(twice))}")
    return {each.name: each for each in dialogs}


def _by_intent(dialogs: Sequence[Dialog]) -> dict[str, Dialog]:
    found: dict[str, Dialog] = {}
    for each in dialogs:
        for intent in each.intents:
            if intent in found:
                raise DialogError(f"{each.name} and {found[intent].name} both answer {intent}")
            found[intent] = each
    return found


def _by_kind(rules: Sequence[Rule]) -> dict[str, Rule]:
    kinds = [each.kind for each in rules]
    twice = {kind for kind in kinds if kinds.count(kind) > 1}
    if twice:
        raise DialogError(f"two rules for timers of kind {', '.join(sorted(twice))}")
    return {each.kind: each for each in rules}


def _phrases(dialogs: Sequence[Dialog]) -> dict[str, str]:
    from bot.reading import plain  # noqa: PLC0415

    return {
        plain(example): each.intents[0]
        for each in dialogs if each.intents and len(each.intents) == 1
        for examples in each.examples.values() for example in examples
    }  # fmt: skip
