"""Requests that a pattern says: what it takes, and what it must leave to the model."""

from __future__ import annotations

import pytest

from bot.understand.fixed import fixed


@pytest.mark.parametrize(
    "text",
    ["logga in", "Logga in!", "webblänk", "sign in on the web", "hej, kan jag få en webblänk tack",
     "kan jag logga in på webben?", "hur loggar jag in på webbchatten", "log in please", "login",
     "skicka en ny inloggningslänk", "Can I get a link to the web chat?", "jag vill logga in här"],
)  # fmt: skip
def test_wanting_to_sign_in_on_the_web(text: str) -> None:
    assert fixed(text) == "web_signin"


@pytest.mark.parametrize(
    "text",
    ["logga in mig på lärplattformen", "hur loggar en elev in i lärplattformen?", "logga ut",
     "skapa en logga åt oss", "kalenderlänk", "länken till mötet", "sign me up for the dialogue",
     "where do students log in", "jag kan inte logga in", "webbmöte på torsdag?", ""],
)  # fmt: skip
def test_what_is_something_else(text: str) -> None:
    assert fixed(text) is None


def test_a_hostile_text_costs_no_time() -> None:
    assert fixed("kan jag " * 12) is None
    assert fixed("hej " * 100_000) is None
