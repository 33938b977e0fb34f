"""Every exception the core raises; each docstring says what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class BotError(Exception):
    """Root of the core's own errors."""


class Misread(BotError):
    """What a person wrote does not answer the question: ask again with the text named here."""

    def __init__(self, text_id: str, /, **values: object) -> None:
        super().__init__(text_id)
        self.text_id = text_id
        self.values: Mapping[str, object] = values


class Refused(BotError):
    """A rule of the field says no: tell the person why and who may, and end the dialog.

    `ask` are the number and name of people who may: the refusal offers to ask them.
    """

    def __init__(
        self, text_id: str, /, *, ask: Sequence[tuple[int, str]] = (), **values: object
    ) -> None:
        super().__init__(text_id)
        self.text_id = text_id
        self.ask = tuple(ask)
        self.values: Mapping[str, object] = values


class TextError(BotError):
    """A text is missing, broken, or lacks a value: mend the .ftl source; never show half a sentence."""


class DialogError(BotError):
    """A dialog is written against the rules (see README, "Add a dialog"): mend the dialog."""


class NotFetched(BotError):
    """The platform did not hand over a file: tell the person why (text `file-<reason>`)."""

    def __init__(self, reason: str = "unreachable") -> None:
        super().__init__(reason)
        self.reason = reason


class SealError(BotError):
    """A button's value was changed or made for another tenant: treat the press as not made."""


class StaleState(BotError):
    """Another process changed this conversation meanwhile: run the turn once more."""


class SettingsError(BotError):
    """A setting cannot work: the message names it and says what to do; the value is never shown."""
