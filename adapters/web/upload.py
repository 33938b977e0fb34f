"""A file that a browser sends: read in pieces, after the checks, and never more than may be."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError, InvalidHeader

from adapters.web import gate
from adapters.web.visit import Refusal, Visit
from storage.documents import MOST as LIMIT

PATH = "/attach"
KIND = "multipart/form-data"
_FIELD = 40_000  # bytes of what stands before the file
_FIELDS = 10
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Uploaded:
    name: str  # as the browser gave it; storage.files makes it harmless
    data: bytes


async def read_upload(visit: Visit) -> Uploaded:
    """The fields, then the file. Raise Refusal before the file is read where it may not come.

    The page puts the token before the file, so a foreign post costs nothing but its first bytes.
    """
    request = visit.request
    rejected = gate.check_origin(visit.settings, request.headers)
    if rejected is not None:
        raise Refusal(rejected.status, rejected.reason)
    if request.content_type != KIND:
        raise Refusal(415, "fail-shape")
    if (request.content_length or 0) > LIMIT + _FIELDS * _FIELD:
        raise Refusal(413, "fail-file-big")
    try:
        return await _read(visit, request)
    except (ValueError, AssertionError, LookupError, HttpProcessingError, InvalidHeader) as error:
        raise Refusal(400, "fail-shape") from error


async def _read(visit: Visit, request: web.Request) -> Uploaded:
    reader = await request.multipart()
    for _ in range(_FIELDS):
        part = await reader.next()
        if not isinstance(part, BodyPartReader):
            break
        if part.filename is not None:
            _check(visit)
            return Uploaded(part.filename, await _file(part))
        visit.form[part.name or ""] = await _field(part)
    _check(visit)
    raise Refusal(400, "fail-file-none")


def _check(visit: Visit) -> None:
    rejected = gate.check_token(visit.settings, visit.form, visit.browser, visit.session)
    if rejected is not None:
        raise Refusal(rejected.status, rejected.reason)


async def _field(part: BodyPartReader) -> str:
    kept = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        kept += chunk
        if len(kept) > _FIELD:
            raise Refusal(413, "say-shorter")
    return kept.decode("utf-8", "replace").replace("\0", "")


async def _file(part: BodyPartReader) -> bytes:
    kept = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        kept += chunk
        if len(kept) > LIMIT:
            raise Refusal(413, "fail-file-big")
    return bytes(kept)
