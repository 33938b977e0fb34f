"""What the web adapter must be told from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`secret` signs the pages' CSRF tokens: 32 random bytes or more, the same everywhere."""

    public_url: str  # what people type, without a path: https://bot.example
    secret: bytes = field(repr=False)
    contact: str = ""  # whom people ask about what is kept of them

    def __post_init__(self) -> None:
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("public_url must be a whole http or https address")
        if len(self.secret) < 32:
            raise ValueError("the secret of the web pages must be at least 32 bytes")

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).netloc.lower()

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def secure(self) -> bool:
        return self.public_url.lower().startswith("https:")
