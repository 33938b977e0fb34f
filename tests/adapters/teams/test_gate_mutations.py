"""Every check of the gate is needed: without any one of them something hostile gets further."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from adapters.teams import gate
from tests.adapters.teams import test_gate as corpus
from tests.adapters.teams.bench import NOW, SETTINGS, activity, claims, keys, raw_token, token

SOURCE = Path(gate.__file__).read_text(encoding="utf-8").splitlines()
DOUBLED = ('"token form"', '"algorithm"')  # PyJWT, told RS256 only, refuses the same once more
RAISES = [
    number
    for number, line in enumerate(SOURCE)
    if line.strip().startswith("raise _No(") and not any(name in line for name in DOUBLED)
]
Request = tuple[str, list[tuple[str, str]], bytes]


def hostile() -> Iterator[Request]:
    good = token()
    body = json.dumps(activity()).encode()

    def signed(bearer: str) -> list[tuple[str, str]]:
        return [corpus.JSON, ("Authorization", f"Bearer {bearer}")]

    for changes in corpus.CLAIMS:
        bent = raw_token(corpus.GOOD_HEAD, json.dumps(claims(**changes)).encode())
        yield "POST", signed(bent), body
    for bearer in corpus.TOKENS:
        yield "POST", signed(bearer), body
    for url in corpus.URLS:
        bent = raw_token(corpus.GOOD_HEAD, json.dumps(claims(serviceurl=url)).encode())
        yield "POST", signed(bent), json.dumps(activity(serviceUrl=url)).encode()
    for changes in corpus.ACTIVITIES:
        yield "POST", signed(good), json.dumps(activity(**changes)).encode()
    for raw in corpus.BODIES:
        yield "POST", signed(good), raw
    yield "POST", signed(good), body + b" " * gate.MAX_BODY
    for headers in corpus.HEADERS:
        yield "POST", headers, body
    yield "GET", signed(good), body


@pytest.fixture(scope="module")
def requests() -> list[Request]:
    return list(hostile())


def without(number: int) -> Callable[..., Any]:
    lines = list(SOURCE)
    lines[number] = lines[number].replace(lines[number].strip(), "pass")
    name = "adapters.teams.mutant"
    module = ModuleType(name)
    sys.modules[name] = module
    try:
        exec(compile("\n".join(lines), name, "exec"), module.__dict__)
    finally:
        del sys.modules[name]
    check: Callable[..., Any] = module.check
    return check


@pytest.mark.parametrize("number", RAISES, ids=lambda number: SOURCE[number].strip())
def test_dropping_one_check_lets_something_through(number: int, requests: list[Request]) -> None:
    check, known = without(number), keys()
    for method, headers, body in requests:
        try:
            found = check(method, headers, body, NOW, known, SETTINGS)
        except Exception:  # noqa: BLE001 - the gate may never raise: the check was needed
            return
        if type(found).__name__ == "Verified":
            return
    pytest.fail("nothing noticed that this check is gone")
