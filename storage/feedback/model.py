"""Feedback as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Reach = Literal["chair", "channel"]


@dataclass(frozen=True, slots=True)
class Way:
    """From one body to the one above or below it."""

    sender: int
    sender_name: str
    receiver: int
    receiver_name: str


@dataclass(frozen=True, slots=True)
class Feedback:
    id: int
    region: int
    way: Way
    text: str
    reach: Reach
    meeting: int | None
    meeting_day: date | None  # when it is taken up
    person: str
    day: date
    state: str  # open | done
    done_by: str
    done_on: date | None
