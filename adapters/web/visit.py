"""One request of one browser: its cookies, language, checks, and the headers of every answer."""

from __future__ import annotations

import logging
import re
import secrets
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import web

from adapters.web import gate, render
from adapters.web.people import WebPerson
from adapters.web.settings import WebSettings

log = logging.getLogger(__name__)

SESSION_SECONDS = 12 * 3600
YEAR = 365 * 24 * 3600
_COOKIE = re.compile(r"[A-Za-z0-9_\-.=]{1,200}")


class Refusal(Exception):
    """The request is not carried out; `reason` names the page text that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(slots=True)
class Visit:
    request: web.Request
    settings: WebSettings
    lang: str
    browser: str  # a random value of this browser, the base of its CSRF tokens
    session: str
    demo: bool
    person: WebPerson | None = None
    form: dict[str, str] = field(default_factory=dict)
    new_session: str | None = None  # "" ends the session

    @property
    def wants_fragment(self) -> bool:
        return self.request.headers.get("X-Fragment") == "1"

    @property
    def view(self) -> render.View:
        csrf = gate.csrf_token(self.settings, self.browser, self.session)
        return render.View(self.lang, csrf, self.person, self.demo, self._path)

    @property
    def _path(self) -> str:
        path: str = self.request.rel_url.raw_path
        readable = path in {"/privacy", "/terms"} or path.startswith(("/in/", "/guest/"))
        return path if self.request.method in {"GET", "HEAD"} and readable else "/"

    @property
    def someone(self) -> WebPerson:
        if self.person is None:
            raise Refusal(401, "fail-session")
        return self.person

    def begin(self, token: str) -> None:
        self.new_session = token

    def end(self) -> None:
        self.new_session = ""

    def check_host(self) -> None:
        _refuse(gate.check_host(self.settings, self.request.host))

    def finish(self, response: web.Response) -> web.Response:
        """Put on what every answer carries."""
        for name, value in gate.HEADERS.items():
            response.headers.setdefault(name, value)
        if self.request.path.startswith(("/static/", "/calendar/")):
            return response
        self._set(response, "visit", self.browser, YEAR)
        self._set(response, "lang", self.lang, YEAR)
        if self.new_session:
            self._set(response, "session", self.new_session, SESSION_SECONDS)
        elif self.new_session == "":
            self._set(response, "session", "", 0)
        return response

    def _set(self, response: web.Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            _cookie_name(self.settings, name), value, max_age=seconds, path="/", httponly=True,
            samesite="Lax", secure=self.settings.secure,
        )  # fmt: skip


def visit_of(request: web.Request, settings: WebSettings, *, demo: bool) -> Visit:
    def cookie(name: str) -> str:
        value = request.cookies.get(_cookie_name(settings, name), "")
        return value if _COOKIE.fullmatch(value) else ""

    browser = cookie("visit") or secrets.token_urlsafe(24)
    return Visit(request, settings, _language(request, cookie("lang")), browser,
                 cookie("session"), demo)  # fmt: skip


async def read_post(visit: Visit) -> None:
    """Raise Refusal for a post from another site, without our token, or in no readable shape."""
    request = visit.request
    _refuse(gate.check_origin(visit.settings, request.headers))
    form = gate.read_form(request.content_type, await request.read())
    if isinstance(form, gate.Rejected):
        raise Refusal(form.status, form.reason)
    _refuse(gate.check_token(visit.settings, form, visit.browser, visit.session))
    visit.form = form


def html(body: str, status: int = 200) -> web.Response:
    return web.Response(text=body, status=status, content_type="text/html", charset="utf-8")


def failed(visit: Visit, refusal: Refusal) -> web.Response:
    number = uuid4().hex
    log.warning("refused", extra={"status": refusal.status, "reason": refusal.reason,
                                  "request": number})  # fmt: skip
    if visit.wants_fragment:
        said = render.texts().format(visit.lang, refusal.reason)
        response = web.Response(text=said, status=refusal.status)
    else:
        body = render.page("fail.html", visit.view, reason=refusal.reason, number=number)
        response = html(body, refusal.status)
    response.headers["X-Request-Id"] = number
    return response


def _refuse(rejected: gate.Rejected | None) -> None:
    if rejected is not None:
        raise Refusal(rejected.status, rejected.reason)


def _cookie_name(settings: WebSettings, name: str) -> str:
    return f"__Host-{name}" if settings.secure else name


def _language(request: web.Request, kept: str) -> str:
    chosen = request.query.get("lang", "") or kept
    if chosen in {"sv", "en"}:
        return chosen
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if part.strip()[:2] in {"sv", "en"}:
            return part.strip()[:2]
    return "sv"
