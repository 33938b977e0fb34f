"""The web chat: server-rendered pages that work with and without JavaScript."""

from __future__ import annotations

from aiohttp import web

from adapters.web.guests import GuestPages, Guests
from adapters.web.people import Calendar, DemoPeople, EndSession, LinkState, Redeem, SessionPerson
from adapters.web.routes import Pages, WebDesk
from adapters.web.settings import WebSettings

__all__ = ["WebDesk", "WebSettings", "setup"]


def setup(
    app: web.Application,
    desk: WebDesk,
    *,
    settings: WebSettings,
    demo_people: DemoPeople | None,
    redeem: Redeem,
    link_state: LinkState,
    session_person: SessionPerson,
    calendar: Calendar,
    end_session: EndSession | None = None,
    guests: Guests | None = None,
) -> None:
    """Add the pages to the app. With `demo_people` everybody may choose whom to be.

    `redeem` must consume the secret atomically and give a new session's token; `session_person`
    gives (person id, name, municipality, region, role) of a session that is still valid.
    """
    pages = Pages(
        desk, settings, demo_people, redeem, link_state, session_person, calendar, end_session
    )
    if guests is not None:
        app.add_routes(GuestPages(pages, guests).routes())
    app.add_routes(pages.routes())
