"""What the Teams side needs to know; secrets never show in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.errors import SettingsError

SERVICE_HOSTS = frozenset({"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"})
METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
IDENTITY = "http://169.254.169.254/metadata/identity/oauth2/token"


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    app_id: str = ""
    tenant: str = ""  # the tenant that owns the app; our own tokens come from it
    secret: str = field(default="", repr=False)
    kind: Literal["SingleTenant", "UserAssignedMSI"] = "SingleTenant"
    tenants: frozenset[str] = frozenset()  # whose people may write to us
    service_hosts: frozenset[str] = SERVICE_HOSTS
    upload_hosts: frozenset[str] = (
        frozenset()
    )  # that keep the tenant's files, e.g. x-my.sharepoint.com
    metadata_url: str = METADATA
    issuer: str = "https://api.botframework.com"
    login_url: str = "https://login.microsoftonline.com"
    scope: str = "https://api.botframework.com/.default"
    identity_url: str = IDENTITY
    identity_header: str = field(default="", repr=False)  # App Service hands one out
    anonymous: bool = False  # takes unsigned requests: only for the demo, only over loopback
    demo: bool = False

    def check(self) -> None:
        """Raise SettingsError that says which setting to mend."""
        if self.anonymous:
            if not self.demo:
                raise SettingsError("Teams without signatures is for the demo only")
            return
        if not self.app_id:
            raise SettingsError("the Teams app id is empty: set it to the bot's application id")
        if not self.tenant:
            raise SettingsError("the Teams tenant is empty: set it to the tenant that owns the app")
        if not self.tenants:
            raise SettingsError("no Teams tenant is allowed: list the tenants that may use the bot")
        if self.kind == "SingleTenant" and not self.secret:
            raise SettingsError("the Teams client secret is empty")
        if not self.metadata_url.startswith("https://"):
            raise SettingsError("the Teams metadata address must begin with https://")
