"""What comes in: one thing that one person did, in a shape no platform knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Platform = Literal["slack", "teams", "web", "mail"]
Kind = Literal["personal", "channel", "group"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who acted, as the platform vouches for it. Rights hang on (platform, tenant, user) alone.

    A name, an e-mail address or anything else a person can choose is never a key.
    """

    platform: Platform
    tenant: str  # Entra tenant id, Slack team id, or the region's name on the web
    user: str  # Entra object id, Slack user id, or the person's number on the web
    name: str = ""
    locale: str | None = None  # what the client says, e.g. sv-SE
    zone: str = "Europe/Stockholm"  # IANA name
    external: bool = False  # a guest from another organisation (Slack Connect): public answers only

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.platform, self.tenant, self.user)


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """Where it happened, with all that is needed to write there later."""

    platform: Platform
    tenant: str
    conversation: str
    kind: Kind = "personal"
    thread: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)  # e.g. service_url, user (Teams 29:…)


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file the platform holds for us. The address is the platform's and is checked before use."""

    name: str
    url: str
    size: int | None = None  # bytes
    mime: str | None = None
    id: str | None = None
    kept: int | None = None  # number in storage.files, where the bytes came before the turn


@dataclass(frozen=True, slots=True)
class Said:
    text: str  # the mention of the bot is already taken off


@dataclass(frozen=True, slots=True)
class Pressed:
    token: str  # what the button carried, sealed (bot.seal)


@dataclass(frozen=True, slots=True)
class Submitted:
    token: str  # sealed: which form of which run
    answers: Mapping[str, str]  # field name -> what was filled in


@dataclass(frozen=True, slots=True)
class Attached:
    files: tuple[FileRef, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was installed here, or the person opened it for the first time."""

    first: bool = True


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was removed from the conversation or the whole tenant: stop writing there."""

    tenant_wide: bool = False


What = Said | Pressed | Submitted | Attached | Joined | Left


@dataclass(frozen=True, slots=True)
class Turn:
    id: str  # the platform's delivery id; the same id twice is handled once
    what: What
    who: Identity
    where: ConversationReference
    at: datetime  # aware, UTC
