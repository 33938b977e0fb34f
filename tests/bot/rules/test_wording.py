from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.wording import alternatives, content, ending, fits, halves, root, snippet, stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [("upphandlingarna", "upphandling"), ("beslutade", "beslut"), ("kommunernas", "kommun"),
     ("särvux", "särvux"), ("skolchefs", "skolchef"), ("utbildningar", "utbildning"),
     ("språkligt", "språk"), ("hjälplöst", "hjälplös")],
)  # fmt: skip
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("asked", "word"),
    [("utbildning", "vuxenutbildningen"), ("språkstödet", "språkstöd"), ("språkstöd", "språkstödets"),
     ("validera", "validering"), ("pris", "prislista"), ("prislistor", "prislistan"),
     ("lärcenter", "lärcentergruppen"), ("antagning", "antagningsvecka"), ("sfi", "sfi")],
)  # fmt: skip
def test_inflected_and_compound_words_fit(asked: str, word: str) -> None:
    assert fits(asked, word)


@pytest.mark.parametrize(
    ("asked", "word"), [("sfi", "sfinx"), ("vara", "vård"), ("apl", "apelsin")]
)
def test_other_words_do_not(asked: str, word: str) -> None:
    assert not fits(asked, word)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("vad beslutade vi om KomX?", ["komx"]),
     ("what did skolverket say about the budget 2028?", ["budget", "2028"]),
     ("kan du leta i protokollen efter interkommunal ersättning", ["interkommunal", "ersättning"]),
     ("vilka beslut fattades på förra mötet", [])],
)  # fmt: skip
def test_what_a_question_is_about(asked: str, expected: list[str]) -> None:
    assert content(asked) == expected


@pytest.mark.parametrize(
    ("asked", "other"),
    [("särvux", ("särvox",)), ("storsthlm", ("ksl",)), ("komx", ("kombinationsutbildning",)),
     ("ike", ("interkommunal", "ersättning")), ("interkommunal ersättning", ("ike",)),
     ("kombinationsutbildningarna", ("komx",))],
)  # fmt: skip
def test_synonyms_of_the_field(asked: str, other: tuple[str, ...]) -> None:
    (group,) = alternatives(asked.split())

    assert other in group


def test_a_compound_comes_apart() -> None:
    assert ("språkstöds", "elever") in halves("språkstödselever")
    assert ("lärling", "platser") in halves("lärlingsplatser")


def test_a_snippet_shows_the_place_and_says_that_it_is_cut() -> None:
    text = "Ordet här. " * 30 + "Nätverket antar en prislista i dag. " + "Mer text. " * 30

    cut = snippet(text, ["prislistor"])

    assert "prislista" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) < 200


@given(st.text(max_size=60))
def test_any_word_has_a_stem_that_it_begins_with_or_nearly(word: str) -> None:
    lower = word.casefold()

    assert root(lower) == stem(lower)[: len(root(lower))]
    assert ending(lower) == root(lower)[::-1]


def test_long_words_cost_little() -> None:
    before = time.perf_counter()
    content("a" * 100_000)
    alternatives(["å" * 2000] * 50)

    assert time.perf_counter() - before < 1
