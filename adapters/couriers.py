"""What can go wrong when something is sent, in words every platform shares."""

from __future__ import annotations

from typing import Literal

Reason = Literal["blocked", "gone", "forbidden", "too_big", "malformed", "revoked"]


class CourierError(Exception):
    """A message did not get its receipt. The message never holds what was to be said."""


class Throttled(CourierError):
    """Too fast: certainly not delivered; try again after `retry_after` seconds, if told."""

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__(f"throttled, retry after {retry_after}")
        self.retry_after = retry_after


class NotSent(CourierError):
    """It certainly did not arrive: try again later."""


class Unknown(CourierError):
    """It may have arrived: do not repeat it blindly."""


class Refused(CourierError):
    """It will never arrive: stop writing to this address, or never write such a message."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason

    @property
    def blames_address(self) -> bool:
        """Whether the address is at fault; otherwise another message may well arrive there."""
        return self.reason not in {"too_big", "malformed"}
