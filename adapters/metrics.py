"""Figures for whoever runs the bot, in Prometheus' text format. Nothing in them is about a person."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.engine import Outcome
from bot.turn import Turn
from storage import inbox, outbox, records
from storage.session import Database

TYPE = "text/plain; version=0.0.4"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)  # edges of the histogram
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
CLOSED = "Metrics are for this machine alone. Set NATVERKSBOT_METRICS_TOKEN to read them from elsewhere.\n"


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self._turns = Counter(
            "natverksbot_turns",
            "Turns carried out",
            ["platform", "outcome"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "natverksbot_turn_seconds", "Time from a turn's beginning until it is answered",
            ["platform"], buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self._errors = Counter(
            "natverksbot_errors", "Turns that met a bug or a database that is away", ["kind"],
            registry=self.registry,
        )  # fmt: skip
        self.kept = Kept()
        self.registry.register(self.kept)

    def saw(self, turn: Turn, outcome: Outcome | None, seconds: float) -> None:
        """One turn is over: `bot.engine.Watch`."""
        platform = turn.who.platform
        self._turns.labels(platform, _outcome(outcome)).inc()
        self._seconds.labels(platform).observe(seconds)
        if outcome is None or outcome.failed:
            self._errors.labels("outage" if outcome is None else "bug").inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)


class Kept(Collector):
    """What stands in the database, as of the last look."""

    def __init__(self) -> None:
        self.misses: dict[str, int] = {}
        self.letters: dict[str, int] = {}
        self.open_turns = 0

    def collect(self) -> Iterable[Metric]:
        misses = CounterMetricFamily(
            "natverksbot_misses", "Messages that were not understood", labels=["language"]
        )
        for language, count in self.misses.items():
            misses.add_metric([language], count)
        yield misses
        letters = GaugeMetricFamily(
            "natverksbot_outbox_letters", "Letters that have not been sent", labels=["state"]
        )
        for state in ("waiting", "unsure", "dead"):
            letters.add_metric([state], self.letters.get(state, 0))
        yield letters
        yield GaugeMetricFamily(
            "natverksbot_inbox_open_turns", "Turns received and not done", value=self.open_turns
        )


def add_route(app: web.Application, database: Database, metrics: Metrics, token: str) -> None:
    """`/metrics`, for who has the token; without one for this machine alone."""

    async def show(request: web.Request) -> web.Response:
        if not _may(request, token):
            return web.Response(status=403, text=CLOSED)
        kept = metrics.kept
        kept.misses, kept.letters, kept.open_turns = await database.read(
            lambda c: (records.misses(c), outbox.unsent(c), inbox.count_open(c))
        )
        response = web.Response(body=metrics.text(), headers={"Cache-Control": "no-store"})
        response.headers["Content-Type"] = f"{TYPE}; charset=utf-8"
        return response

    app.router.add_get("/metrics", show)


def _may(request: web.Request, token: str) -> bool:
    """A proxy on this machine asks for others too: what it forwards is not from this machine."""
    if token:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def _outcome(outcome: Outcome | None) -> str:
    if outcome is None:
        return "kept"
    if outcome.failed:
        return "failed"
    return "changed" if outcome.stored else "answered"
