"""The app's two icons, drawn by code: three people (dots) joined to one table (the middle dot)."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

Pixel = tuple[int, int, int, int]
BLUE: Pixel = (27, 77, 137, 255)
WHITE: Pixel = (255, 255, 255, 255)
CLEAR: Pixel = (255, 255, 255, 0)
SIGNATURE = b"\x89PNG\r\n\x1a\n"

# Shares of the icon's side: the middle, then the people around it.
MIDDLE = (0.5, 0.52)
PEOPLE = ((0.5, 0.2), (0.22, 0.74), (0.78, 0.74))
DOT, HUB, LINE = 0.11, 0.13, 0.035


def color() -> bytes:
    return _png(192, lambda x, y: WHITE if _on_symbol(x, y) else BLUE)


def outline() -> bytes:
    """White on nothing, as Teams demands of the small icon."""
    return _png(32, lambda x, y: WHITE if _on_symbol(x, y) else CLEAR)


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) when the bytes are no PNG."""
    if png[:8] != SIGNATURE or png[12:16] != b"IHDR" or len(png) < 24:
        return 0, 0
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def _on_symbol(x: float, y: float) -> bool:
    if math.dist((x, y), MIDDLE) <= HUB:
        return True
    return any(math.dist((x, y), at) <= DOT or _off_line(x, y, at) <= LINE for at in PEOPLE)


def _off_line(x: float, y: float, end: tuple[float, float]) -> float:
    """Distance from the point to the line between the middle and a person."""
    dx, dy = end[0] - MIDDLE[0], end[1] - MIDDLE[1]
    along = ((x - MIDDLE[0]) * dx + (y - MIDDLE[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return math.dist((x, y), (MIDDLE[0] + along * dx, MIDDLE[1] + along * dy))


def _png(side: int, paint: Callable[[float, float], Pixel]) -> bytes:
    rows = bytearray()
    for row in range(side):
        rows.append(0)  # no filter
        for column in range(side):
            rows.extend(paint((column + 0.5) / side, (row + 0.5) / side))
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
