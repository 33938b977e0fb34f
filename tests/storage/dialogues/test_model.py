"""Any sequence of what people do, compared with a model that is too simple to be wrong."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection, create_engine, event

from bot.errors import Refused
from storage import dialogues
from storage.dialogues import Wish
from storage.tables import metadata
from tests.storage.dialogues.place import AT, figures, make, registration_of, states

PEOPLE = 6
people = st.integers(0, PEOPLE - 1)
sessions = st.sets(st.integers(0, 1), min_size=1)


class Model:
    """Who sits, who is offered, who waits with which number: lists and loops, nothing else."""

    def __init__(self, capacities: list[int]) -> None:
        self.capacities = capacities
        self.seats: dict[tuple[int, int], str] = {}  # (person, session): registered | offered
        self.waits: dict[tuple[int, int], int] = {}  # (person, session): number
        self.together: set[int] = set()
        self.last = 0

    def free(self, session: int) -> int:
        return self.capacities[session] - sum(1 for _, s in self.seats if s == session)

    def leave(self, who: int, keep: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        for table in (self.seats, self.waits):
            for key in [key for key in table if key[0] == who and key[1] not in keep]:
                del table[key]  # type: ignore[attr-defined]

    def join(self, who: int, wanted: set[int], *, together: bool) -> None:
        together = together and len(wanted) > 1
        new = wanted - {s for p, s in (*self.seats, *self.waits) if p == who}
        (self.together.add if together else self.together.discard)(who)
        self.leave(who, keep=wanted)
        for key in self.seats:
            if key[0] == who:
                self.seats[key] = "registered"
        if together and new:
            self.leave(who)
            self.last += 1
            self.waits.update({(who, each): self.last for each in wanted})
        else:
            for each in sorted(new):
                self.last += 1
                self.waits[who, each] = self.last
        self.settle(who)

    def entries(self) -> list[tuple[int, int, list[int]]]:
        found: dict[tuple[int, int], tuple[int, int, list[int]]] = {}
        for (who, session), number in sorted(self.waits.items(), key=lambda e: (e[1], e[0][1])):
            key = (who, -1 if who in self.together else session)
            found.setdefault(key, (number, who, []))[2].append(session)
        return sorted(found.values(), key=lambda each: each[0])

    def settle(self, own: int | None = None) -> None:
        for _, who, wanted in self.entries():
            if all(self.free(each) > 0 for each in wanted):
                for each in wanted:
                    del self.waits[who, each]
                    self.seats[who, each] = "registered" if who == own else "offered"


class Seats(RuleBasedStateMachine):
    @initialize(first=st.integers(1, 3), second=st.integers(1, 3))
    def begin(self, first: int, second: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.at = AT
        self.dropped: set[int] = set()
        self.model = Model([first, second])
        self.open()
        metadata.create_all(self.c)
        self.hall = make(self.c, PEOPLE, first, second)
        self.c.commit()

    def open(self) -> None:
        self.engine = create_engine(f"sqlite:///{Path(self.folder.name) / 'seats.sqlite'}")
        event.listen(self.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=0"))
        self.c: Connection = self.engine.connect()

    def teardown(self) -> None:
        if hasattr(self, "c"):
            self.c.close()
            self.engine.dispose()
            self.folder.cleanup()

    @rule()
    def restart(self) -> None:
        self.c.commit()
        self.c.close()
        self.engine.dispose()
        self.open()

    @rule(who=people, wanted=sessions, together=st.booleans())
    def register(self, who: int, wanted: set[int], together: bool) -> None:
        if who in self.dropped:
            return
        wish = Wish(tuple(self.hall.sessions[each] for each in wanted), together=together)
        dialogues.register(self.c, self.hall.people[who], self.hall.number, wish, self.at)
        self.model.join(who, wanted, together=together)

    @rule(who=people)
    def cancel(self, who: int) -> None:
        try:
            dialogues.cancel(self.c, self.hall.people[who], self.hall.number, self.at)
        except Refused:
            assert not any(p == who for p, _ in (*self.model.seats, *self.model.waits))
        self.model.leave(who)
        self.model.settle()

    @precondition(lambda self: "offered" in self.model.seats.values())
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, yes: bool) -> None:
        offered = sorted({p for (p, _), state in self.model.seats.items() if state == "offered"})
        who = data.draw(st.sampled_from(offered))
        number = registration_of(self.c, self.hall, who)
        act = dialogues.accept if yes else dialogues.decline_offer
        act(self.c, self.hall.people[who], number, self.at)
        for key in [k for k, s in self.model.seats.items() if k[0] == who and s == "offered"]:
            if yes:
                self.model.seats[key] = "registered"
            else:
                del self.model.seats[key]
        self.model.settle()

    @precondition(lambda self: "offered" in self.model.seats.values())
    @rule()
    def let_offers_end(self) -> None:
        self.at += timedelta(hours=48)
        offered = sorted(k for k, s in self.model.seats.items() if s == "offered")
        for who in sorted({p for p, _ in offered}):
            mine = [s for p, s in offered if p == who]
            number = registration_of(self.c, self.hall, who)
            dialogues.expire(self.c, number, [self.hall.sessions[s] for s in mine], self.at)
            for each in mine:
                del self.model.seats[who, each]
            self.model.settle()

    @rule(session=st.integers(0, 1), capacity=st.integers(1, 5))
    def resize(self, session: int, capacity: int) -> None:
        taken = self.model.capacities[session] - self.model.free(session)
        try:
            dialogues.set_capacity(
                self.c, self.hall.eva, self.hall.number, self.hall.sessions[session], capacity,
                self.at,
            )  # fmt: skip
        except Refused:
            assert capacity < taken
            return
        assert capacity >= taken
        self.model.capacities[session] = capacity
        self.model.settle()

    @precondition(lambda self: len(self.dropped) < 2)
    @rule(keep=people, drop=people)
    def merge(self, keep: int, drop: int) -> None:
        if keep == drop or keep in self.dropped:
            return
        dialogues.merge(self.c, self.hall.people[keep].id, self.hall.people[drop].id, self.at)
        self.dropped.add(drop)
        for session in (0, 1):
            self._merge(keep, drop, session)
        found = dialogues.own(self.c, self.hall.number, self.hall.people[keep].id)
        # The record that is kept says how its sessions hang together.
        (self.model.together.add if found and found.together else self.model.together.discard)(keep)
        self.model.together.discard(drop)
        self.model.settle()

    def _merge(self, keep: int, drop: int, session: int) -> None:
        """The stronger of two stays: a seat, an offer, the smaller number in the queue."""
        model, both = self.model, [(keep, session), (drop, session)]
        ranks = {"registered": (0, 0), "offered": (1, 0)}
        strong = [
            (ranks[model.seats[key]] if key in model.seats else (2, model.waits[key]), key)
            for key in both if key in model.seats or key in model.waits
        ]  # fmt: skip
        best = min(strong, default=None)
        kept = None if best is None else (model.seats.get(best[1]), model.waits.get(best[1]))
        for key in both:
            model.seats.pop(key, None)
            model.waits.pop(key, None)
        if kept is not None and kept[0]:
            model.seats[keep, session] = kept[0]
        elif kept is not None and kept[1]:
            model.waits[keep, session] = kept[1]

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        if not hasattr(self, "hall"):
            return
        live = ("registered", "offered", "waiting")
        for session in (0, 1):
            got = {w: s for w, s in states(self.c, self.hall, session).items() if s in live}
            wanted = {p: s for (p, n), s in self.model.seats.items() if n == session}
            wanted |= {p: "waiting" for p, n in self.model.waits if n == session}
            assert got == wanted
            taken, waiting = figures(self.c, self.hall, session)
            assert taken <= self.model.capacities[session]
            alone = [
                p for p, n in self.model.waits if n == session and p not in self.model.together
            ]
            assert not alone or taken == self.model.capacities[session]
            assert waiting == sum(1 for _, n in self.model.waits if n == session)


Seats.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestSeats = Seats.TestCase
