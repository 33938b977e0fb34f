"""Brings home a file that a person sent; our token goes to Slack's own file host and nowhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from adapters.couriers import CourierError
from adapters.slack.api import Api
from bot.errors import NotFetched
from bot.turn import FileRef
from storage.documents import MOST as LIMIT

_ELSEWHERE = {"external", "tombstone", "hidden_by_limit"}  # modes of what Slack does not hold


async def fetch(api: Api, host: str, token: str, ref: FileRef) -> bytes:
    """Raise NotFetched. `host` is https://files.slack.com; what an event says of a file is not
    believed: it may come from another app.
    """
    try:
        told = (await api.ask("files.info", {"file": ref.id or ""}, token)).get("file")
        url = _address(told if isinstance(told, dict) else {}, host)
        return await api.get(url, token, LIMIT)
    except CourierError as error:
        too_big = getattr(error, "reason", "") == "too_big"
        raise NotFetched("too-big" if too_big else "unreachable") from error


def _address(file: dict[str, Any], host: str) -> str:
    size = file.get("size")
    if isinstance(size, int) and size > LIMIT:
        raise NotFetched("too-big")
    url = file.get("url_private_download") or file.get("url_private")
    if file.get("is_external") or file.get("mode") in _ELSEWHERE or not _is_at(url, host):
        raise NotFetched
    return str(url)


def _is_at(url: object, host: str) -> bool:
    if not isinstance(url, str) or not url.isascii() or set(url) & set("\\ \t\r\n@"):
        return False
    right = urlsplit(host)
    try:
        given = urlsplit(url)
        place = (given.scheme, given.hostname, given.port)
    except ValueError:
        return False
    return place == (right.scheme, right.hostname, right.port)
