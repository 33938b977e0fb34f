"""The web adapter's own checks, before anything is done: host, origin, token, shape of a post."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from adapters.web.settings import WebSettings

MOST_FIELDS = 200
FORM_TYPE = "application/x-www-form-urlencoded"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    status: int
    reason: str  # the name of a page text


def csrf_token(settings: WebSettings, visit: str, session: str) -> str:
    """Bound to the browser and to the session, so that signing in or out makes old pages void."""
    message = f"csrf\0{visit}\0{session}".encode()
    return hmac.new(settings.secret, message, hashlib.sha256).hexdigest()


def check_host(settings: WebSettings, host: str) -> Rejected | None:
    return None if host.lower() == settings.host else Rejected(421, "fail-host")


def check_origin(settings: WebSettings, headers: Mapping[str, str]) -> Rejected | None:
    """Let a missing or opaque origin pass to the token check, unless the browser says cross-site.

    Browsers send `Origin: null` with our own forms, because the pages ask for no referrer.
    """
    origin = headers.get("Origin", "null").lower()
    if origin not in {"null", settings.origin}:
        return Rejected(403, "fail-origin")
    if headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return Rejected(403, "fail-origin")
    return None


def read_form(content_type: str, body: bytes) -> dict[str, str] | Rejected:
    """The last value of each field, without the characters that no database takes."""
    if content_type != FORM_TYPE:
        return Rejected(415, "fail-shape")
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return Rejected(400, "fail-shape")
    return {name: value.replace("\0", "").replace("\r\n", "\n") for name, value in pairs}


def check_token(
    settings: WebSettings, form: Mapping[str, str], visit: str, session: str
) -> Rejected | None:
    wanted = csrf_token(settings, visit, session)
    given = form.get("csrf", "")
    if visit and hmac.compare_digest(given.encode(), wanted.encode()):
        return None
    return Rejected(403, "fail-csrf")
