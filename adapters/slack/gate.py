"""What a request must be before any of it is believed: checked on raw bytes, without the SDK."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from adapters.slack.settings import SlackSettings

WINDOW = 300  # seconds that a signature is good for, both ways
DEPTH = 40
SIZE = 1 << 20  # bytes
JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
_STAMP = re.compile(r"[0-9]{10}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Rejected(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Raw:
    """A request as it came. Header names are in lower case; one that came twice has a newline."""

    method: str
    headers: Mapping[str, str]
    body: bytes
    now: float  # seconds since 1970, by the clock


Check = Callable[[Raw, SlackSettings], None]
PayloadCheck = Callable[[dict[str, Any], SlackSettings], None]


def method(raw: Raw, _: SlackSettings) -> None:
    if raw.method != "POST":
        raise Rejected(405, "method")


def size(raw: Raw, _: SlackSettings) -> None:
    if len(raw.body) > SIZE:
        raise Rejected(413, "size")


def encoding(raw: Raw, _: SlackSettings) -> None:
    if "content-encoding" in raw.headers:
        raise Rejected(415, "content encoding")


def content_type(raw: Raw, _: SlackSettings) -> None:
    if _type(raw) not in {JSON_TYPE, FORM_TYPE}:
        raise Rejected(415, "content type")


def timestamp(raw: Raw, _: SlackSettings) -> None:
    if not _STAMP.fullmatch(raw.headers.get("x-slack-request-timestamp", "")):
        raise Rejected(401, "timestamp")


def fresh(raw: Raw, _: SlackSettings) -> None:
    stamp = raw.headers.get("x-slack-request-timestamp", "")
    try:
        age = abs(raw.now - int(stamp))
    except ValueError:
        return  # the check before this one is the one that refuses it
    if age > WINDOW:
        raise Rejected(401, "age")


def signature(raw: Raw, settings: SlackSettings) -> None:
    given = raw.headers.get("x-slack-signature", "")
    if not _SIGNATURE.fullmatch(given):
        raise Rejected(401, "signature form")
    stamp = raw.headers.get("x-slack-request-timestamp", "")
    base = b"v0:" + stamp.encode("utf-8", "surrogateescape") + b":" + raw.body
    right = "v0=" + hmac.new(settings.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, right):
        raise Rejected(401, "signature")


def ours(payload: dict[str, Any], settings: SlackSettings) -> None:
    if payload.get("type") in _OF_NOBODY:
        return
    if payload.get("api_app_id") != settings.app_id:
        raise Rejected(403, "app")


def tenant(payload: dict[str, Any], settings: SlackSettings) -> None:
    if payload.get("type") not in _OF_NOBODY and tenant_of(payload) not in settings.teams:
        raise Rejected(403, "team")


def tenant_of(payload: Mapping[str, Any]) -> str:
    """The workspace that it concerns; "" for none.

    In a channel that another organisation shares with ours the outer team is theirs: there the
    authorization names the workspace in which the app is installed.
    """
    if payload.get("is_ext_shared_channel") is True:
        given = payload.get("authorizations")
        for each in given if isinstance(given, list) else ():
            if isinstance(each, dict) and isinstance(each.get("team_id"), str):
                return str(each["team_id"])
    team, inner = payload.get("team_id"), payload.get("team")
    if team is None and isinstance(inner, dict):
        team = inner.get("id")
    return team if isinstance(team, str) else ""


def shapes(payload: dict[str, Any], _: SlackSettings) -> None:
    """Bolt reads these without looking, and would answer 500 to anything else."""
    event = payload.get("event")
    if payload.get("type") == "event_callback" and not (
        isinstance(event, dict)
        and isinstance(event.get("type"), str)
        and isinstance(payload.get("event_id"), str)
    ):
        raise Rejected(400, "event")
    for part in (payload, event):
        for name, value in part.items() if isinstance(part, dict) else ():
            right = _SHAPES.get(name)
            if right and value is not None and not isinstance(value, right):
                raise Rejected(400, "shape of a field")


_OF_NOBODY = {"url_verification", "ssl_check"}  # they concern the address, not a workspace
_SHAPES: dict[str, type | tuple[type, ...]] = {
    "actions": list, "authorizations": list, "files": list, "channel": (str, dict),
    "user": (str, dict), "team": (str, dict), "view": dict, "container": dict, "message": dict,
    "trigger_id": str, "response_url": str, "text": str, "event_id": str, "tokens": dict,
    "callback_id": str, "command": str, "enterprise": (str, dict),
}  # fmt: skip
CHECKS: tuple[Check, ...] = (method, size, encoding, content_type, timestamp, fresh, signature)
PAYLOAD_CHECKS: tuple[PayloadCheck, ...] = (ours, tenant, shapes)


def verify(
    raw: Raw,
    settings: SlackSettings,
    checks: tuple[Check, ...] = CHECKS,
    payload_checks: tuple[PayloadCheck, ...] = PAYLOAD_CHECKS,
) -> dict[str, Any]:
    """The payload of a request that is Slack's and for us. Raise Rejected for any other."""
    if not settings.signing_secret:
        raise Rejected(401, "no secret")
    for check in checks:
        check(raw, settings)
    return believed(parse(raw), settings, payload_checks)


def believed(
    payload: dict[str, Any],
    settings: SlackSettings,
    checks: tuple[PayloadCheck, ...] = PAYLOAD_CHECKS,
) -> dict[str, Any]:
    """A payload that certainly comes from Slack, if it is for us. Raise Rejected for any other."""
    for check in checks:
        check(payload, settings)
    return payload


def parse(raw: Raw) -> dict[str, Any]:
    try:
        text = raw.body.decode("utf-8")
    except UnicodeDecodeError:
        raise Rejected(400, "utf-8") from None
    if _type(raw) == JSON_TYPE:
        return parse_json(text)
    try:
        fields = parse_qs(text, keep_blank_values=True, strict_parsing=True, max_num_fields=50,
                          errors="strict")  # fmt: skip
    except (ValueError, UnicodeDecodeError):
        raise Rejected(400, "form") from None
    if any(len(values) != 1 for values in fields.values()):
        raise Rejected(400, "field twice")
    flat: dict[str, Any] = {name: values[0] for name, values in fields.items()}
    if "payload" in flat:
        if len(flat) != 1:
            raise Rejected(400, "fields beside payload")
        return parse_json(flat["payload"])
    if flat.get("ssl_check") == "1":
        return {"type": "ssl_check"}
    if not isinstance(flat.get("command"), str):
        raise Rejected(400, "neither payload nor command")
    return flat


def parse_json(text: str) -> dict[str, Any]:
    if text.count("[") + text.count("{") > DEPTH and _depth(text) > DEPTH:
        raise Rejected(400, "depth")
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_never,
                           parse_float=_finite)  # fmt: skip
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone one ends here
    except (ValueError, RecursionError):
        raise Rejected(400, "json") from None
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise Rejected(400, "shape")
    return value


def _depth(text: str) -> int:
    depth = most = 0
    quoted = escaped = False
    for sign in text:
        if quoted:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = False
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            depth += 1
            most = max(most, depth)
        elif sign in "]}":
            depth -= 1
    return most


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _never(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _type(raw: Raw) -> str:
    return raw.headers.get("content-type", "").partition(";")[0].strip().lower()
