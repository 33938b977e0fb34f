"""What mail needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from adapters.mail.message import one_address
from bot.errors import SettingsError

Security = Literal["tls", "starttls", "none"]
PORTS: dict[str, int] = {"tls": 465, "starttls": 587, "none": 25}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailSettings:
    host: str
    sender: str  # the address in From
    security: Security = "starttls"
    port: int = 0  # 0: the usual one
    user: str = ""
    password: str = field(default="", repr=False)
    certificate: str = ""  # a file with the server's own authority, if it is not a public one
    only: str = ""  # nothing is sent to addresses that do not end in this

    def check(self) -> None:
        """Raise SettingsError for what cannot work or would be unsafe."""
        if self.security not in PORTS:
            raise SettingsError("NATVERKSBOT_SMTP_SECURITY must be tls, starttls or none")
        if self.security == "none" and self.host not in _HERE:
            raise SettingsError(
                "NATVERKSBOT_SMTP_SECURITY may be none only for a server on this machine: "
                "use starttls or tls"
            )
        if not one_address(self.sender):
            raise SettingsError("NATVERKSBOT_MAIL_FROM must be one mail address")
        if bool(self.user) != bool(self.password):
            raise SettingsError("NATVERKSBOT_SMTP_USER and NATVERKSBOT_SMTP_PASSWORD go together")
