"""Seals what a button or form carries, so that nobody can change it on the way back.

A seal is bound to the tenant it was made for. It proves where a value comes from and nothing more:
whether the person may do it is asked of the database again when it comes back.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import SealError
from bot.reply import Button, FormPrompt, Reply

_MAC_BYTES = 16  # 128 bits
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Sealed:
    action: str
    value: Mapping[str, object]
    run: str | None = None


class Seal:
    """The first key seals; all keys open, so that a key can be changed while old cards live on."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) < _MAC_BYTES for key in keys):
            raise SealError("a seal needs keys of at least 16 bytes")
        self._macs = tuple(hmac.new(key, digestmod="sha256") for key in keys)

    def close(self, tenant: str, sealed: Sealed) -> str:
        """URL-safe ASCII; a short value stays far below Slack's 2,000 characters."""
        body = _json([sealed.action, sealed.run, sealed.value]).encode()
        return base64.urlsafe_b64encode(_mac(self._macs[0], tenant, body) + body).decode()

    def open(self, tenant: str, token: str) -> Sealed:
        """Raise SealError for anything that this bot did not make for this very tenant."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError as error:
            raise SealError("not a seal") from error
        mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        known = [hmac.compare_digest(mac, _mac(each, tenant, body)) for each in self._macs]
        if not any(known) or base64.urlsafe_b64encode(raw).decode() != token:
            raise SealError("the seal is broken")
        action, run, value = json.loads(body)
        return Sealed(action, value, run)


def seal_reply(seal: Seal, tenant: str, reply: Reply) -> Reply:
    """The reply with every button sealed for the tenant where it will be pressed."""

    def close(button: Button) -> Button:
        if button.url:
            return button
        sealed = Sealed(button.action, dict(button.value), button.run)
        return replace(button, token=seal.close(tenant, sealed))

    buttons = tuple(close(each) for each in reply.buttons)
    if isinstance(reply, FormPrompt):
        opener = close(reply.open)
        view = replace(reply.form, token=opener.token)
        return replace(reply, buttons=buttons, open=opener, form=view)
    return replace(reply, buttons=buttons)


def _mac(keyed: hmac.HMAC, tenant: str, body: bytes) -> bytes:
    found = keyed.copy()
    found.update(tenant.encode() + b"\0" + body)
    return found.digest()[:_MAC_BYTES]
