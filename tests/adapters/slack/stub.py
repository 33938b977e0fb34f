"""A fake Slack that speaks the Web API, and refuses what the lint refuses; and a fake desk."""

import asyncio
import json

from aiohttp import web

from bot.engine import Outcome
from bot.form import FieldView, FormView
from bot.reply import Card
from tests.adapters.slack.lint import lint

FORM = FormView(
    "f", "Titel", "Skicka", "Avbryt", (FieldView("what", "text", "Vad?"),), token="form"
)


class FakeDesk:
    def __init__(self):
        self.known, self.worked, self.outcome, self.page = (
            {},
            [],
            Outcome(),
            Outcome((Card("Hej"),)),
        )
        self.asked_home, self.drawn = [], asyncio.Event()

    async def accept(self, turn):
        return self.known.setdefault(turn.id, turn) is turn

    def work(self, turn, after=None):
        assert turn.id in self.known
        self.worked.append(turn)
        if after:
            after(self.outcome)

    async def submit(self, turn):
        self.worked.append(turn)
        return self.outcome

    def is_form(self, token, tenant):
        return token == "form"

    async def form(self, turn):
        return FORM

    async def home(self, who):
        self.asked_home.append(who)
        self.drawn.set()
        return self.page


class FakeSlack:
    """`answers[method]` says otherwise than ok: a list of answers, the first one next."""

    def __init__(self):
        self.calls, self.answers, self.found, self.uploads, self.users = [], {}, [], {}, {}
        self.file, self.file_tokens = {}, []

    def said(self, method):
        return [body for name, body in self.calls if name == method]

    def methods(self):
        return [name for name, _ in self.calls]

    async def handle(self, request):
        method = request.match_info["method"]
        if request.content_type == "application/json":
            body = await request.json()
        else:
            body = dict(await request.post())
            body |= {name: json.loads(body[name]) for name in ("files", "blocks") if name in body}
        self.calls.append((method, body))
        self.tokens = request.headers.get("Authorization", "")
        if self.answers.get(method):
            return self.answers[method].pop(0)()
        wrong = self._wrong(method, body)
        if wrong:
            self.found += wrong
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        return web.json_response({"ok": True, "ts": "9.9"} | self._more(request, method, body))

    async def upload(self, request):
        self.uploads[request.match_info["file"]] = await request.read()
        assert "Authorization" not in request.headers
        return self.answers["upload"].pop(0)() if self.answers.get("upload") else web.Response()

    async def download(self, request):
        self.file_tokens.append(request.headers.get("Authorization"))
        return (
            self.answers["file"].pop(0)() if self.answers.get("file") else web.Response(body=b"abc")
        )

    async def respond(self, request):
        body = await request.json()
        self.calls.append(("response_url", body))
        self.found += lint(body)
        assert "Authorization" not in request.headers
        if self.answers.get("response_url"):
            return self.answers["response_url"].pop(0)()
        return web.Response(text="ok")

    def app(self):
        app = web.Application()
        app.router.add_post("/api/{method}", self.handle)
        app.router.add_post("/upload/{file}", self.upload)
        app.router.add_get("/files/{file}", self.download)
        app.router.add_post("/respond", self.respond)
        return app

    def _wrong(self, method, body):
        if method.startswith(("chat.", "views.")):
            return lint(body.get("view", body))
        if method == "files.completeUploadExternal":
            return lint({"text": "a file", "blocks": body["blocks"]})
        return []

    def _more(self, request, method, body):
        if method == "conversations.open":
            return {"channel": {"id": "D9"}}
        if method == "auth.test":
            return {"user_id": "UB"}
        if method == "users.info":
            return {
                "user": self.users.get(body["user"], {"locale": "sv-SE", "tz": "Europe/Stockholm"})
            }
        if method == "files.info":
            return {"file": self.file}
        if method == "files.getUploadURLExternal":
            return {"file_id": "F1", "upload_url": str(request.url.origin() / "upload" / "F1")}
        return {}


def refused(error):
    return lambda: web.json_response({"ok": False, "error": error})


def status(number, **headers):
    return lambda: web.Response(status=number, headers=headers)
