"""Calendar feeds as calendar programs ask for them: unchanged or whole, and nothing but reading."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

MOST = 10_000  # feeds whose last change is remembered
ALLOWED = "GET, HEAD, OPTIONS"
HEADERS = {
    "Cache-Control": "private, no-cache",  # keep it, but ask each time whether it is still so
    "X-Robots-Tag": "noindex",
}
NAME = 'inline; filename="meetings.ics"'


@dataclass(slots=True)
class Feeds:
    """When each feed was first seen as it is now: since then it has not changed."""

    _seen: OrderedDict[bytes, tuple[str, datetime]] = field(default_factory=OrderedDict)

    def answer(self, request: web.Request, secret: str, body: bytes, now: datetime) -> web.Response:
        """The calendar, or 304 for a program that has it already."""
        tag = hashlib.sha256(body).hexdigest()[:32]
        since = self._since(
            hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest(), tag, now
        )
        if _has_it(request, tag, since):
            response = web.Response(status=304)
        else:
            response = web.Response(body=body, content_type="text/calendar", charset="utf-8")
            response.headers["Content-Disposition"] = NAME
        response.etag = tag
        response.last_modified = since
        response.headers.update(HEADERS)
        return response

    def _since(self, key: bytes, tag: str, now: datetime) -> datetime:
        known, at = self._seen.pop(key, ("", now))
        since = at if known == tag else now.replace(microsecond=0)
        self._seen[key] = (tag, since)
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)
        return since


def _has_it(request: web.Request, tag: str, since: datetime) -> bool:
    """By its tag; the date counts only for a program that sends none (RFC 9110)."""
    held = request.if_none_match
    if held is not None:
        return any(each.value in {tag, "*"} for each in held)
    asked = request.if_modified_since
    return asked is not None and since <= asked


def methods(request: web.Request) -> web.Response:
    """OPTIONS is answered; PROPFIND and the like are told that this is no CalDAV server."""
    status = 204 if request.method == "OPTIONS" else 405
    return web.Response(status=status, headers={"Allow": ALLOWED})
