"""The shipped weights are the ones that were built, and say the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.understand import model, understand
from bot.understand.model import WeightsError, likeliest, probabilities, weights

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PINNED = {
    "när är nästa nätverksträff?": "next_meeting",
    "next network meeting?": "next_meeting",
    "vem är värd i mars": "meeting_host",
    "anmäl mig till dialogen i Skövde, bara förmiddagen, vegetarisk": "register_dialogue",
    "vilka kommuner har inte anmält nån?": "list_registrations",
    "flytta mötet till fredag": "move_meeting",
    "vad beslutade vi om KomX?": "search_decisions",
    "vad har jag för uppdrag?": "my_mandates",
    "who is the chair?": "who_is_role",
    "radera mig": "gdpr_delete",
    "vad blir det för väder i morgon": "out_of_scope",
}


@pytest.mark.parametrize(("text", "intent"), PINNED.items())
def test_plain_wishes_are_sure(text: str, intent: str) -> None:
    best, probability = probabilities(text)[0]

    assert best == intent
    assert probability > 0.6


def test_probabilities_are_probabilities() -> None:
    found = probabilities("hej, när ses vi?")

    assert sum(share for _, share in found) == pytest.approx(1)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)


def test_what_a_message_meant_is_remembered_without_its_words() -> None:
    text = "är kaffekoppen bokad till nästa träff?"
    weights().ranked.clear()

    first, again = likeliest(text), likeliest(text)

    assert again is first
    assert list(first) == probabilities(text)[: len(first)]
    assert all(len(key) == 16 for key in weights().ranked)
    assert text not in repr(weights().ranked)


def test_no_more_messages_are_remembered_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "_RANKED", 3)
    weights().ranked.clear()

    for number in range(8):
        likeliest("möte" + "x" * number)

    assert len(weights().ranked) <= 3


def test_another_process_with_another_hash_seed_says_the_same() -> None:
    program = (
        "from bot.understand.model import probabilities\n"
        "print([(i, round(p, 9)) for i, p in probabilities('kan vi flytta träffen?')[:5]])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(answers) == 1


def test_weights_that_do_not_fit_their_checksum_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(model.__file__).parent
    (tmp_path / "weights.bin").write_bytes((folder / "weights.bin").read_bytes() + b"x")
    (tmp_path / "weights.bin.sha256").write_text((folder / "weights.bin.sha256").read_text())
    monkeypatch.setattr(model.resources, "files", lambda _: tmp_path)

    with pytest.raises(WeightsError):
        model.weights.__wrapped__()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01",
        "🙂" * 200,
        "a" * 40_000,
        "möte " * 8_000,
        "\u202eמתי הפגישה",
        "?!?!",
        "\ud800",
    ],
    ids=[
        "empty",
        "blank",
        "control",
        "emoji",
        "long word",
        "long",
        "right to left",
        "marks",
        "lone",
    ],
)
def test_any_text_is_answered(text: str) -> None:
    assert understand(text, now=NOW).decision in {"direct", "choose", "unknown"}
