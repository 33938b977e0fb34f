"""A desk that knows a few sentences, and an app around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web

from adapters.web import WebSettings, setup
from bot.engine import Outcome
from bot.files import FileHandle, clean_name
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, File, FormPrompt, Text
from bot.turn import Identity, Pressed, Said, Submitted, Turn

PEOPLE = [
    (1, "Anna Ek", "Umeå", "Västerbotten", "Ordförande"),
    (2, "Bo Lind", "Skellefteå", "Västerbotten", "Ledamot"),
    (3, "Cia Holm", "Malmö", "Skåne", "Rektor"),
]
FORM = FormView(
    "book", "Boka möte", "Boka", "Avbryt",
    (
        FieldView("title", "text", "Rubrik", hint="Kort och tydligt."),
        FieldView("kind", "choice", "Form", options=(Choice("room", "På plats"), Choice("net", "Digitalt"))),
        FieldView("day", "date", "Dag", initial="2026-12-03"),
        FieldView("time", "time", "Tid", initial="09:00"),
        FieldView("food", "yes_no", "Ordna lunch?", required=False),
        FieldView("seats", "number", "Platser", required=False),
        FieldView("note", "text", "Anteckning", multiline=True, required=False),
    ),
    token="form-token", intro="Boten bjuder in när du har bokat.",
)  # fmt: skip


def card(lang: str) -> Card:
    sv = lang == "sv"
    return Card(
        "Nätverksmöte i december" if sv else "Network meeting in December",
        "Vi går igenom kartläggningen." if sv else "We go through the mapping.",
        facts=(
            Fact("Dag" if sv else "Day", "torsdag 3 december 09.00–12.00"),
            Fact("Plats" if sv else "Place", "Stadshuset, Umeå", "https://karta.example/umea"),
        ),
        buttons=(
            Button("Jag kommer" if sv else "I am coming", token="coming", style="primary"),
            Button("Jag kan inte" if sv else "I cannot come", token="not"),
            Button("Ställ in" if sv else "Cancel it", token="off", style="danger", confirm="Säkert?" if sv else "Sure?"),
            Button("Dagordning" if sv else "Agenda", url="https://example.org/agenda"),
        ),
    )  # fmt: skip


class StillClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class FakeDesk:
    def __init__(self) -> None:
        self.clock = StillClock()
        self.turns: list[Turn] = []
        self.known: set[str] = set()
        self.files: list[tuple[str, bytes]] = []

    async def answer(self, turn: Turn) -> Outcome:
        if turn.id in self.known:
            return Outcome(repeated=True)
        self.known.add(turn.id)
        self.turns.append(turn)
        lang = "en" if (turn.who.locale or "").startswith("en") else "sv"
        match turn.what:
            case Submitted(_, answers) if not answers.get("title"):
                return Outcome(
                    lang=lang, form=FORM.with_errors(answers, {"title": "Skriv en rubrik."})
                )
            case Submitted():
                return Outcome((Text("Bokat."),), lang)
            case Pressed("coming"):
                thanks = "Tack, du är anmäld." if lang == "sv" else "Thanks, you are signed up."
                return Outcome((replace(card(lang), buttons=(), replaces=True), Text(thanks)), lang)
            case Said(text) if "boka" in text.lower() or "book" in text.lower():
                return Outcome(
                    (
                        FormPrompt(
                            FORM, "Vad heter mötet?", Button("Öppna formuläret", token="form:book")
                        ),
                    ),
                    lang,
                )
            case Said(text) if "fil" in text.lower():
                return Outcome((File("lista.csv", b"a;b", "text/csv", "Här är listan."),), lang)
        return Outcome(
            (
                Text("Här är nästa möte." if lang == "sv" else "Here is the next meeting."),
                card(lang),
            ),
            lang,
        )

    async def form(self, turn: Turn) -> FormView | None:
        return FORM

    def is_form(self, token: str, tenant: str) -> bool:
        return token.startswith("form:")

    async def keep_file(self, who: Identity, name: str, data: bytes) -> FileHandle:
        self.files.append((name, data))
        return FileHandle(len(self.files), clean_name(name), "pdf", len(data), "0" * 64)

    async def home(self, who: Identity) -> Outcome:
        name = who.name.split()[0]
        return Outcome((Text(f"Hej {name}! Fråga mig om möten och personer i nätverket."),))


class Doors:
    """Sign-in links, sessions and calendar feeds, in memory."""

    def __init__(self) -> None:
        self.links = {"good-link"}
        self.feeds = {"feed": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
        self.sessions: set[str] = set()
        self.ended: list[str] = []

    async def redeem(self, secret: str) -> str | None:
        if secret not in self.links:
            return None
        self.links.discard(secret)
        self.sessions.add("session-1")
        return "session-1"

    async def state(self, secret: str) -> str:
        if secret == "old-link":
            return "old"
        return "fresh" if secret in self.links else "used" if secret == "good-link" else "unknown"

    async def person(self, token: str) -> tuple[int, str, str, str, str] | None:
        return PEOPLE[0] if token in self.sessions else None

    async def end(self, token: str) -> None:
        self.sessions.discard(token)
        self.ended.append(token)

    async def calendar(self, secret: str) -> bytes | None:
        return self.feeds.get(secret)


async def people() -> list[tuple[int, str, str, str, str]]:
    return PEOPLE


def make_app(public_url: str, desk: FakeDesk, doors: Doors, *, demo: bool) -> web.Application:
    app = web.Application(client_max_size=1024 * 1024)
    setup(
        app, desk, settings=WebSettings(public_url, b"k" * 32, "Kontoret <kontakt@region.example>"), demo_people=people if demo else None,
        redeem=doors.redeem, link_state=doors.state, session_person=doors.person, calendar=doors.calendar, end_session=doors.end,
    )  # fmt: skip
    return app
