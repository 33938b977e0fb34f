"""The linear model: named features of three groups, int8 weights, plain Python.

A row of weights is one long integer with a byte for each intent. Rows are added up whole: every
second byte first, each with its neighbour's room to grow into, then the others.
"""

from __future__ import annotations

import hashlib
import json
import math
import secrets
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from operator import add

from bot.errors import BotError
from bot.understand.features import letters, parts

SCALES = (1.2, 1.3, 1.8)  # how much concepts, words and letters weigh against each other
_ZERO = 128  # a stored weight of 128 is none at all
_SQUARES = tuple(rarity**2 for rarity in range(256))
_LANE = 2  # bytes, when rows are added up
_REMEMBERED = 1_000  # words, of some 3 KiB each
_FEW = 5  # intents that count for one message
_RANKED = 4_000  # messages whose intents are remembered, of some 600 bytes each
_SECRET = secrets.token_bytes(32)
_ROWS_PER_SUM = 250  # more rows of 255 would spill into the next lane


Ranked = tuple[tuple[str, float], ...]


class WeightsError(BotError):
    """The weights do not fit their checksum: install the program again, or build them anew."""


@dataclass(frozen=True, slots=True)
class Weights:
    intents: tuple[str, ...]
    bias: tuple[float, ...]
    unit: float  # what one step of an int8 weight is worth
    rarity_unit: float  # what one step of a rarity is worth
    sharpness: float  # turns margins into probabilities
    places: dict[str, int]  # feature -> row
    rarities: bytes  # by row
    rows: bytes  # by row, a byte for each intent
    remembered: dict[str, dict[int, int]] = field(default_factory=dict)  # of words' letters
    ranked: dict[bytes, Ranked] = field(default_factory=dict)  # of messages, by their digest


@cache
def weights() -> Weights:
    """Read once. Raise WeightsError if the file was changed."""
    folder = resources.files("bot.understand")
    raw = (folder / "weights.bin").read_bytes()
    if hashlib.sha256(raw).hexdigest() != (folder / "weights.bin.sha256").read_text().strip():
        raise WeightsError("bot/understand/weights.bin does not fit its checksum")
    return unpack(raw)


def likeliest(text: str) -> Ranked:
    """The few best of `probabilities`.

    They are remembered without the words, by a digest that only this process can make.
    """
    model = weights()
    spelt = text.encode("utf-8", "surrogatepass")
    key = hashlib.blake2b(spelt, key=_SECRET, digest_size=16).digest()
    found = model.ranked.get(key)
    if found is None:
        if len(model.ranked) >= _RANKED:
            model.ranked.clear()
        found = model.ranked[key] = tuple(probabilities(text, model)[:_FEW])
    return found


def probabilities(text: str, model: Weights | None = None) -> list[tuple[str, float]]:
    """Every intent with its probability, the likeliest first."""
    model = model or weights()
    scores = list(model.bias)
    concepts, words, spellings = parts(text)
    groups = _rows(model, concepts), _rows(model, words), _letters(model, spellings)
    for found, scale in zip(groups, SCALES, strict=True):
        if found:
            length = math.sqrt(sum([_SQUARES[model.rarities[at]] for at in found]))
            factor = scale * model.unit / (length * model.rarity_unit)
            none = _ZERO * len(found)
            scores = [
                score + factor * (total - none)
                for score, total in zip(scores, _sums(model, found.values()), strict=True)
            ]
    top = max(scores)
    powers = [math.exp(model.sharpness * (score - top)) for score in scores]
    whole = sum(powers)
    ranked = zip(model.intents, (power / whole for power in powers), strict=True)
    return sorted(ranked, key=lambda found: -found[1])


def _rows(model: Weights, names: Iterable[str]) -> dict[int, int]:
    """The places of the features that the model knows, with their weights as one number."""
    width = len(model.intents)
    rows, number = model.rows, int.from_bytes
    return {
        at: number(rows[at * width : (at + 1) * width], "little")
        for at in map(model.places.get, names)
        if at is not None
    }


def _letters(model: Weights, spellings: Iterable[str]) -> dict[int, int]:
    """The rows of the words' letters; those of common words are remembered."""
    found: dict[int, int] = {}
    for word in spellings:
        own = model.remembered.get(word)
        if own is None:
            if len(model.remembered) >= _REMEMBERED:
                model.remembered.clear()
            own = model.remembered[word] = _rows(model, letters(word))
        found |= own
    return found


def _sums(model: Weights, found: Iterable[int]) -> list[int]:
    """The rows added up, intent by intent."""
    lanes = -(-len(model.intents) // _LANE)
    every_second = int.from_bytes(b"\xff\x00" * lanes, "little")
    totals = [0] * (lanes * _LANE)
    rows = list(found)
    for first in range(0, len(rows), _ROWS_PER_SUM):
        some = rows[first : first + _ROWS_PER_SUM]
        for side in range(_LANE):
            whole = sum([row >> 8 * side & every_second for row in some])
            found_here = struct.unpack(f"<{lanes}H", whole.to_bytes(lanes * _LANE, "little"))
            totals[side::_LANE] = map(add, totals[side::_LANE], found_here)
    return totals[: len(model.intents)]


def pack(head: dict[str, object], names: list[str], rarities: bytes, rows: bytes) -> bytes:
    """The file that `unpack` reads; `rows` holds a byte for each intent, 128 for nothing."""
    lines = "\n".join(names).encode()
    sizes = {"names": len(lines), "count": len(names)}
    start = json.dumps({**head, **sizes}).encode() + b"\n"
    return zlib.compress(start + lines + rarities + rows, 9)


def unpack(raw: bytes) -> Weights:
    data = zlib.decompress(raw)
    start = data.index(b"\n") + 1
    head = json.loads(data[:start])
    names_end = start + head["names"]
    rows_start = names_end + head["count"]
    names = data[start:names_end].decode().split("\n")
    return Weights(
        tuple(head["intents"]), tuple(head["bias"]), head["unit"], head["rarity_unit"],
        head["sharpness"], dict(zip(names, range(len(names)), strict=True)),
        data[names_end:rows_start], data[rows_start:],
    )  # fmt: skip
