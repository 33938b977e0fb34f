"""Lets in only what Microsoft signed for this bot and for a tenant we serve. No I/O."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from adapters.teams.settings import TeamsSettings
from adapters.teams.strict import parse

MAX_BODY = 1024 * 1024  # bytes
MAX_URL = 2048  # characters of a service address
MAX_TOKEN = 16 * 1024  # characters
LEEWAY = 300.0  # seconds
REMEMBERED = 1024  # tokens
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FORBIDDEN_HEADER = ("jku", "x5u", "jwk", "crit")
_JWS = jwt.PyJWS(algorithms=["RS256"])


@dataclass(frozen=True, slots=True)
class SigningKey:
    key: RSAPublicKey
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verified:
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class Rejected:
    status: int
    why: str
    unknown_key: bool = False  # worth one look for new keys


class _No(Exception):
    def __init__(self, status: int, why: str, unknown_key: bool = False) -> None:
        super().__init__(why)
        self.rejected = Rejected(status, why, unknown_key)


@dataclass(slots=True)
class Seen:
    """Tokens whose signature was checked already, by their hash; Microsoft sends each many times."""

    entries: OrderedDict[bytes, tuple[str, dict[str, object]]] = field(default_factory=OrderedDict)

    def get(self, digest: bytes, keys: Mapping[str, SigningKey]) -> dict[str, object] | None:
        found = self.entries.get(digest)
        if found is None:
            return None
        if found[0] not in keys or "msteams" not in keys[found[0]].endorsements:
            del self.entries[digest]  # the key was withdrawn
            return None
        return found[1]

    def put(self, digest: bytes, kid: str, claims: dict[str, object]) -> None:
        self.entries[digest] = (kid, claims)
        if len(self.entries) > REMEMBERED:
            self.entries.popitem(last=False)


def check(
    method: str,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    now: float,
    keys: Mapping[str, SigningKey],
    settings: TeamsSettings,
    seen: Seen | None = None,
) -> Verified | Rejected:
    """`now` is in seconds since 1970, UTC. Never raises, whatever comes in."""
    try:
        bearer = _envelope(method, headers, body, settings)
        claims = None if settings.anonymous else _claims(bearer, now, keys, settings, seen)
        try:
            payload = parse(body)
        except ValueError:
            raise _No(400, "not strict JSON") from None
        _activity(payload, claims, settings)
    except _No as error:
        return error.rejected
    return Verified(payload)


def _envelope(
    method: str, headers: Sequence[tuple[str, str]], body: bytes, settings: TeamsSettings
) -> str:
    if method != "POST":
        raise _No(405, "method")
    if len(body) > MAX_BODY:
        raise _No(413, "size")
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append(value)
    if "content-encoding" in found:
        raise _No(415, "content encoding")
    _content_type(found.get("content-type", []))
    given = found.get("authorization", [])
    if settings.anonymous:
        return ""
    if len(given) != 1:
        raise _No(401, "authorization header")
    scheme, _, token = given[0].partition(" ")
    if scheme != "Bearer" or not token or len(token) > MAX_TOKEN or not token.isascii():
        raise _No(401, "authorization header")
    return token


def _content_type(given: list[str]) -> None:
    if len(given) != 1:
        raise _No(415, "content type")
    kind, *parameters = (part.strip().lower() for part in given[0].split(";"))
    if kind != "application/json":
        raise _No(415, "content type")
    for each in parameters:
        name, _, value = each.partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            raise _No(415, "charset")


def _claims(
    token: str,
    now: float,
    keys: Mapping[str, SigningKey],
    settings: TeamsSettings,
    seen: Seen | None,
) -> dict[str, object]:
    digest = hashlib.sha256(token.encode()).digest()
    claims = seen.get(digest, keys) if seen is not None else None
    if claims is None:
        kid, claims = _signed(token, keys)
        _times(claims, now)
        _names(claims, settings)
        if seen is not None:
            seen.put(digest, kid, claims)
    else:
        _times(claims, now)
    return claims


def _signed(token: str, keys: Mapping[str, SigningKey]) -> tuple[str, dict[str, object]]:
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):
        raise _No(401, "token form")
    header = _part(parts[0])
    if header.get("alg") != "RS256":
        raise _No(401, "algorithm")
    if any(name in header for name in _FORBIDDEN_HEADER) or header.get("b64", True) is not True:
        raise _No(401, "token header")
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise _No(401, "key id")
    key = keys.get(kid)
    if key is None:
        raise _No(401, "unknown key", unknown_key=True)
    if "msteams" not in key.endorsements:
        raise _No(401, "endorsement")
    try:
        _JWS.decode(token, key.key, algorithms=["RS256"])
    except (jwt.PyJWTError, ValueError, TypeError):
        raise _No(401, "signature") from None
    return kid, _part(parts[1])


def _part(text: str) -> dict[str, object]:
    try:
        return parse(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise _No(401, "token part") from None


def _times(claims: Mapping[str, object], now: float) -> None:
    expires = _moment(claims, "exp")
    if expires is None or now >= expires + LEEWAY:
        raise _No(401, "expired")
    for name in ("nbf", "iat"):
        moment = _moment(claims, name)
        if moment is not None and now < moment - LEEWAY:
            raise _No(401, "not yet valid")


def _moment(claims: Mapping[str, object], name: str) -> float | None:
    value = claims.get(name)
    if value is None and name not in claims:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
        raise _No(401, "time claim")
    return float(value)


def _names(claims: Mapping[str, object], settings: TeamsSettings) -> None:
    if claims.get("iss") != settings.issuer:
        raise _No(401, "issuer")
    if not settings.app_id or claims.get("aud") != settings.app_id:
        raise _No(401, "audience")


def _activity(
    payload: dict[str, object], claims: Mapping[str, object] | None, settings: TeamsSettings
) -> None:
    url = payload.get("serviceUrl")
    if not isinstance(url, str) or not allowed(url, settings):
        raise _No(403, "service address")
    if claims is not None:
        claimed = claims.get("serviceurl", claims.get("serviceUrl"))
        if not isinstance(claimed, str) or claimed.rstrip("/") != url.rstrip("/"):
            raise _No(403, "service address claim")
    if payload.get("channelId") != "msteams":
        raise _No(403, "channel")
    for name in ("from", "conversation", "recipient"):
        part = payload.get(name)
        if not isinstance(part, dict) or not _id(part.get("id")):
            raise _No(400, name)
    if not _id(payload.get("type")) or not _id(payload.get("id")):
        raise _No(400, "type or id")
    tenant = tenant_of(payload)
    if not settings.anonymous and tenant not in settings.tenants:
        raise _No(403, "tenant")


def _id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 1024


def tenant_of(payload: Mapping[str, object]) -> str:
    """The tenant of channelData; where the conversation names one too, both must agree."""
    data = payload.get("channelData")
    part = data.get("tenant") if isinstance(data, dict) else None
    first = part.get("id") if isinstance(part, dict) else None
    conversation = payload.get("conversation")
    second = conversation.get("tenantId") if isinstance(conversation, dict) else None
    if first is not None and second is not None and first != second:
        return ""
    tenant = first if first is not None else second
    return tenant if isinstance(tenant, str) else ""


def local(remote: str | None, headers: Sequence[tuple[str, str]]) -> bool:
    """Whether a request was made on this machine, and not by a web page or through a proxy."""
    found = {name.lower(): value for name, value in headers}
    if any(name in found for name in ("origin", "forwarded", "x-forwarded-for", "via")):
        return False
    try:
        host = urlsplit(f"//{found.get('host', '')}").hostname
    except ValueError:
        return False
    return remote in LOOPBACK and host in LOOPBACK


def allowed(url: str, settings: TeamsSettings) -> bool:
    """Whether our token may be sent to this address."""
    return len(url) <= MAX_URL and _allowed(url, settings)


@lru_cache(maxsize=64)
def _allowed(url: str, settings: TeamsSettings) -> bool:
    if any(character <= " " or character in "\\\x7f" for character in url) or not url.isascii():
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        return False
    if settings.anonymous:
        return host in LOOPBACK and parts.scheme in {"http", "https"}
    return parts.scheme == "https" and port in {None, 443} and host in settings.service_hosts
