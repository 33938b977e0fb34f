"""What stands below every mail."""

from __future__ import annotations

TEXTS = {
    "sv": {
        "footer": "Det här är ett automatiskt meddelande från Nätverksboten. Svar på mejlet läses "
        "inte, men du kan skriva till mig i Teams eller Slack om du har mig där.",
    },
    "en": {
        "footer": "This is an automatic message from Nätverksboten. Replies are not read, but you "
        "can write to me in Teams or Slack if you have me there.",
    },
}  # fmt: skip
