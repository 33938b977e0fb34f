"""The linear model: hashed features of three groups, int8 weights, plain Python."""

from __future__ import annotations

import hashlib
import json
import math
import operator
from array import array
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zlib import crc32

from bot.errors import BotError
from bot.understand.features import features

BUCKETS = 1 << 15
SCALES = (1.6, 1.2, 1.0)  # how much concepts, words and letters weigh against each other


class WeightsError(BotError):
    """The weights do not fit their checksum: install the program again, or build them anew."""


@dataclass(frozen=True, slots=True)
class Weights:
    intents: tuple[str, ...]
    bias: tuple[float, ...]
    unit: float  # what one step of an int8 weight is worth
    rows: memoryview  # int8, one row of len(intents) per bucket


def buckets(text: str) -> list[tuple[list[int], float]]:
    """Per group, the buckets of its features and the value that each of them has."""
    found = []
    for group, scale in zip(features(text), SCALES, strict=True):
        hashed = [crc32(each.encode()) % BUCKETS for each in group]
        found.append((hashed, scale / math.sqrt(len(hashed)) if hashed else 0.0))
    return found


@cache
def weights() -> Weights:
    """Read once. Raise WeightsError if the file was changed."""
    folder = resources.files("bot.understand")
    raw = (folder / "weights.bin").read_bytes()
    if hashlib.sha256(raw).hexdigest() != (folder / "weights.bin.sha256").read_text().strip():
        raise WeightsError("bot/understand/weights.bin does not fit its checksum")
    size = int.from_bytes(raw[:4], "big")
    head = json.loads(raw[4 : 4 + size])
    rows = memoryview(raw)[4 + size :].cast("b")
    return Weights(tuple(head["intents"]), tuple(head["bias"]), head["unit"], rows)


def probabilities(text: str) -> list[tuple[str, float]]:
    """Every intent with its probability, the likeliest first."""
    model = weights()
    width = len(model.intents)
    scores = list(model.bias)
    for hashed, value in buckets(text):
        total: list[int] = [0] * width
        for bucket in hashed:
            total = list(
                map(operator.add, total, model.rows[bucket * width : (bucket + 1) * width])
            )
        factor = value * model.unit
        scores = [score + factor * each for score, each in zip(scores, total, strict=True)]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    ranked = zip(model.intents, (power / whole for power in powers), strict=True)
    return sorted(ranked, key=lambda found: -found[1])


def pack(intents: list[str], bias: list[float], unit: float, rows: array[int]) -> bytes:
    """The file that `weights` reads."""
    head = json.dumps({"intents": intents, "bias": bias, "unit": unit}).encode()
    return len(head).to_bytes(4, "big") + head + rows.tobytes()
