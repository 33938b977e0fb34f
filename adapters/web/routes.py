"""The handlers of the web pages: choosing or signing in, the chat, the calendar feed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from aiohttp import web

from adapters.web import feed, receive, render, upload
from adapters.web.people import (
    Calendar,
    DemoPeople,
    DemoSessions,
    EndSession,
    LinkState,
    Redeem,
    SessionPerson,
    WebPerson,
    by_region,
)
from adapters.web.rate import Rate
from adapters.web.settings import WebSettings
from adapters.web.visit import Refusal, Visit, failed, html, read_post, visit_of
from bot.engine import Outcome
from bot.files import FileHandle
from bot.form import FormView
from bot.ports import Clock
from bot.reply import Text
from bot.turn import Attached, FileRef, Identity, Pressed, Turn, What

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ELSEWHERE = "/{path:(?!slack/|api/).*}"  # what no page is; the other platforms answer for theirs
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class WebDesk(Protocol):
    """The part of adapters.desk.Desk that the pages use."""

    clock: Clock

    async def answer(self, turn: Turn) -> Outcome: ...

    async def form(self, turn: Turn) -> FormView | None: ...

    def is_form(self, token: str, tenant: str) -> bool: ...

    async def home(self, who: Identity) -> Outcome: ...

    async def keep_file(self, who: Identity, name: str, data: bytes) -> FileHandle: ...


@dataclass(frozen=True, slots=True)
class Pages:
    desk: WebDesk
    settings: WebSettings
    demo_people: DemoPeople | None
    redeem: Redeem
    link_state: LinkState
    session_person: SessionPerson
    calendar: Calendar
    end_session: EndSession | None = None
    demo: DemoSessions = field(default_factory=DemoSessions)
    rate: Rate = field(default_factory=Rate)
    feeds: feed.Feeds = field(default_factory=feed.Feeds)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.guarded(self.start), allow_head=True),
            web.post("/as", self.guarded(self.choose)),
            web.get("/in/{secret}", self.guarded(self.confirm), allow_head=True),
            web.post("/in/{secret}", self.guarded(self.sign_in)),
            web.post("/out", self.guarded(self.sign_out)),
            web.post("/say", self.guarded(self.say)),
            web.post("/press", self.guarded(self.press)),
            web.post("/submit", self.guarded(self.submit)),
            web.post(upload.PATH, self.guarded(self.attach)),
            web.get("/calendar/{secret}.ics", self.guarded(self.feed), allow_head=True),
            web.route("*", "/calendar/{secret}.ics", self.guarded(self.feed_methods)),
            web.get("/privacy", self.guarded(self.privacy), allow_head=True),
            web.get("/terms", self.guarded(self.terms), allow_head=True),
            web.get("/static/{name}", self.guarded(self.asset), allow_head=True),
            web.get(ELSEWHERE, self.guarded(self.gone), allow_head=True),
        ]

    def guarded(self, handler: Callable[[Visit], Awaitable[web.Response]]) -> Handler:
        """Check host, origin and token first; whatever is refused gets a page that says so."""

        async def handle(request: web.Request) -> web.StreamResponse:
            visit = visit_of(request, self.settings, demo=self.demo_people is not None)
            try:
                visit.check_host()
                if request.method == "POST" and request.path == upload.PATH:
                    visit.person = await self.person(visit)  # before anything long is read
                elif request.method == "POST" and not request.path.startswith("/calendar/"):
                    await read_post(visit)
                visit.person = visit.person or await self.person(visit)
                return visit.finish(await handler(visit))
            except Refusal as refusal:
                return visit.finish(failed(visit, refusal))
            except web.HTTPRequestEntityTooLarge:
                return visit.finish(failed(visit, Refusal(413, "say-shorter")))
            except Exception:
                log.exception("a page failed")
                return visit.finish(failed(visit, Refusal(500, "fail-inside")))

        return handle

    async def person(self, visit: Visit) -> WebPerson | None:
        if not visit.session:
            return None
        if self.demo_people is not None:
            return self.demo.person(visit.session)
        row = await self.session_person(visit.session)
        return WebPerson(*row) if row else None

    # --- coming and going ---------------------------------------------------------------------

    async def start(self, visit: Visit) -> web.Response:
        if visit.person is not None:
            return await self.chat(visit)
        if self.demo_people is None:
            return html(render.page("signin.html", visit.view))
        query = visit.request.query.get("q", "")[:100]
        groups = by_region(await self.demo_people(), query)
        return html(render.page("choose.html", visit.view, groups=groups, query=query))

    async def choose(self, visit: Visit) -> web.Response:
        if self.demo_people is None:
            raise Refusal(404, "fail-gone")
        wanted = visit.form.get("person", "")
        for row in await self.demo_people():
            if str(row[0]) == wanted:
                visit.begin(self.demo.begin(WebPerson(*row)))
                return see_other("/")
        raise Refusal(404, "fail-person")

    async def confirm(self, visit: Visit) -> web.Response:
        """Changes nothing: mail programs open links before people do."""
        secret = visit.request.match_info["secret"]
        if (state := await self.link_state(secret)) != "fresh":
            raise link_refusal(state)
        address = f"/in/{quote(secret, safe='')}"
        return html(render.page("confirm.html", visit.view, address=address))

    async def sign_in(self, visit: Visit) -> web.Response:
        secret = visit.request.match_info["secret"]
        token = await self.redeem(secret)
        if token is None:
            raise link_refusal(await self.link_state(secret))
        if visit.session and self.end_session is not None:
            await self.end_session(visit.session)
        visit.begin(token)
        return see_other("/")

    async def sign_out(self, visit: Visit) -> web.Response:
        if visit.session:
            self.demo.end(visit.session)
            if self.end_session is not None:
                await self.end_session(visit.session)
        visit.end()
        return see_other("/")

    # --- the conversation ---------------------------------------------------------------------

    async def chat(
        self, visit: Visit, *, mine: str = "", answer: str = "", status: int = 200
    ) -> web.Response:
        who = visit.someone.identity(visit.lang)
        home = () if answer else (await self.desk.home(who)).replies
        welcome = render.fragment(visit.view, home, None, visit.lang)
        body = render.page("chat.html", visit.view, welcome=welcome, mine=mine, answer=answer)
        return html(body, status)

    async def say(self, visit: Visit) -> web.Response:
        what = receive.said(visit.form)
        if what is None:
            return await self.note(visit, "say-something")
        if len(what.text) > receive.LONGEST:
            return await self.note(visit, "say-shorter")
        return await self.turn(visit, what, mine=what.text)

    async def press(self, visit: Visit) -> web.Response:
        return await self.turn(visit, receive.pressed(visit.form), mine=visit.form.get("label", ""))

    async def submit(self, visit: Visit) -> web.Response:
        return await self.turn(visit, receive.submitted(visit.form))

    async def attach(self, visit: Visit) -> web.Response:
        """A file, kept before its turn, so that a turn that is carried out again still has it."""
        who = visit.someone.identity(visit.lang)
        if not self.rate.allows(visit.session):
            raise Refusal(429, "fail-rate")
        got = await upload.read_upload(visit)
        if not got.name and not got.data:
            return await self.note(visit, "fail-file-none")
        if receive.delivery_id(visit.form, visit.someone) is None:
            raise Refusal(400, "fail-shape")
        kept = await self.desk.keep_file(who, got.name, got.data)
        text = visit.form.get("text", "").strip()[: receive.LONGEST]
        what = Attached((FileRef(kept.name, "", kept=kept.id),), text)
        return await self.turn(visit, what, mine="\n".join(p for p in (text, kept.name) if p))

    async def turn(self, visit: Visit, what: What | None, mine: str = "") -> web.Response:
        person = visit.someone
        delivery = receive.delivery_id(visit.form, person)
        if what is None or delivery is None:
            raise Refusal(400, "fail-shape")
        if not self.rate.allows(visit.session):
            raise Refusal(429, "fail-rate")
        turn = receive.turn(what, delivery, person, visit.lang, self.desk.clock.now())
        outcome = await self.carry_out(turn)
        if outcome.repeated:
            return await self.note(visit, "say-repeated")
        lang = outcome.lang
        answer = render.fragment(visit.view, outcome.replies, outcome.form, lang)
        return await self.give(visit, answer, mine)

    async def carry_out(self, turn: Turn) -> Outcome:
        if isinstance(turn.what, Pressed) and self.desk.is_form(turn.what.token, turn.who.tenant):
            form = await self.desk.form(turn)
            if form is not None:
                lang = "en" if (turn.who.locale or "").startswith("en") else "sv"
                return Outcome(form=form, lang=lang)
        return await self.desk.answer(turn)

    async def note(self, visit: Visit, name: str) -> web.Response:
        """An answer of the page itself."""
        _ = visit.someone
        reply = Text(render.texts().format(visit.lang, name))
        return await self.give(visit, render.fragment(visit.view, (reply,), None, visit.lang))

    async def give(self, visit: Visit, answer: str, mine: str = "") -> web.Response:
        if visit.wants_fragment:
            return html(answer)
        return await self.chat(visit, mine=mine[: receive.LONGEST], answer=answer)

    # --- what one may read without being signed in ---------------------------------------------

    async def privacy(self, visit: Visit) -> web.Response:
        contact = self.settings.contact
        return html(render.page("privacy.html", visit.view, contact=contact))

    async def terms(self, visit: Visit) -> web.Response:
        contact = self.settings.contact
        return html(render.page("terms.html", visit.view, contact=contact))

    # --- files --------------------------------------------------------------------------------

    async def feed(self, visit: Visit) -> web.Response:
        secret = visit.request.match_info["secret"]
        body = await self.calendar(secret)
        if body is None:
            raise Refusal(404, "fail-gone")
        return self.feeds.answer(visit.request, secret, body, self.desk.clock.now())

    async def feed_methods(self, visit: Visit) -> web.Response:
        """Some calendar programs ask first whether this is a calendar that can be written to."""
        return feed.methods(visit.request)

    async def gone(self, visit: Visit) -> web.Response:
        del visit
        raise Refusal(404, "fail-gone")

    async def asset(self, visit: Visit) -> web.Response:
        name = visit.request.match_info["name"]
        try:
            body = render.static(name)
        except FileNotFoundError:
            raise Refusal(404, "fail-gone") from None
        kind = TYPES[name.rpartition(".")[2]]
        response = web.Response(body=body, content_type=kind, charset="utf-8")
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def link_refusal(state: str) -> Refusal:
    if state == "unknown":
        return Refusal(404, "fail-link-unknown")
    return Refusal(410, "fail-link-used" if state == "used" else "fail-link-old")


def see_other(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
