"""A signed world for the gate: keys made here, a token, an activity, all of which can be bent."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.files import Files
from adapters.teams.gate import Rejected, SigningKey, Verified, check
from adapters.teams.settings import TeamsSettings
from bot.ports import Clock
from storage.store import SqlStore

NOW = 1_800_000_000.0
SERVICE = "https://smba.trafficmanager.net/emea/"
SETTINGS = TeamsSettings("app-1", "t-1", "secret", tenants=frozenset({"t-1"}))


@cache
def private(name: str) -> rsa.RSAPrivateKey:
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def keys() -> dict[str, SigningKey]:
    good = frozenset({"msteams"})
    return {
        "k1": SigningKey(private("k1").public_key(), good),
        "k2": SigningKey(private("k2").public_key(), frozenset({"webchat"})),
    }


def claims(**changes: Any) -> dict[str, Any]:
    made = {
        "iss": "https://api.botframework.com", "aud": "app-1", "exp": int(NOW) + 3600,
        "nbf": int(NOW) - 60, "serviceurl": SERVICE,
    }  # fmt: skip
    made.update(changes)
    return {name: value for name, value in made.items() if value is not ...}


def token(
    what: dict[str, Any] | None = None, *, key: str = "k1", alg: str = "RS256", **header: Any
) -> str:
    head = {"kid": "k1", **header}
    secret: Any = private(key)
    if alg.startswith("HS"):
        secret = "x" * 64
    return jwt.encode(what or claims(), secret, algorithm=alg, headers=head)


def raw_token(header: bytes, payload: bytes) -> str:
    """Signed rightly, whatever stands in it."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    signed = b64(header) + "." + b64(payload)
    mark = private("k1").sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return signed + "." + b64(mark)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def activity(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "message", "id": "a-1", "channelId": "msteams", "serviceUrl": SERVICE,
        "text": "hej", "from": {"id": "29:anna", "aadObjectId": "oid-1", "name": "Anna"},
        "recipient": {"id": "28:app-1", "name": "Boten"},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t-1"},
        "channelData": {"tenant": {"id": "t-1"}},
    }  # fmt: skip
    made.update(changes)
    return {name: value for name, value in made.items() if value is not ...}


def knock(
    bearer: str | None = None,
    body: bytes | None = None,
    *,
    method: str = "POST",
    headers: list[tuple[str, str]] | None = None,
    settings: TeamsSettings = SETTINGS,
) -> Verified | Rejected:
    if headers is None:
        headers = [("Content-Type", "application/json")]
        headers.append(("Authorization", f"Bearer {token() if bearer is None else bearer}"))
    content = json.dumps(activity()).encode() if body is None else body
    return check(method, headers, content, NOW, keys(), settings)


def files_of(store: SqlStore, clock: Clock, url: str = "http://localhost:3978") -> Files:
    return Files(store.database, [b"k" * 32], url, clock)
