"""Mellanlandet, which does not exist: no chair, a vacant municipality, few of everything."""

from __future__ import annotations

from storage.demo.minutes import MELLANLANDET_DECISIONS
from storage.demo.shape import Body, Invented, Person, Region, series, towns

TOWNS = towns("Alby Björkö Dalhult Ekdala Flodby")

BODIES = (
    Body("vux", "Nätverket Vuxenutbildning Mellanlandet", "vuxnätverket",
         ("nätverket vuxenutbildning", "nätverket", "vux", "the network"), "network",
         per_year=6, towns=TOWNS),
)  # fmt: skip

PEOPLE = (Person("Tuva Exempelsson", None, "Regional samordnare", "T", "coordinator"),)

# Those without a seat are there for the full dialogue and its queue.
INVENTED = (
    Invented("Rektor", towns("Alby Björkö Dalhult Ekdala"), "member:vux"),
    Invented("Lärare", towns("Alby Alby Björkö Dalhult Dalhult Ekdala Ekdala Flodby"), "", "S"),
    Invented("Nämndledamot", towns("Björkö Dalhult Ekdala"), "", ""),
)

MEETINGS = series("vux", "09.00-12.00", "2026-12-17 2027-02-18 2027-05-13")

MELLANLANDET = Region(
    "mellanlandet", "Mellanlandet", 8, TOWNS, BODIES, PEOPLE, INVENTED, MEETINGS,
    decisions=MELLANLANDET_DECISIONS,
)  # fmt: skip
