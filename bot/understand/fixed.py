"""Requests with so few wordings that a pattern says them all; they are looked for before the model."""

from __future__ import annotations

import re
from typing import Final

_POLITE = r"(?:hej|hi|hello|snälla|please|ursäkta|sorry)[\s,!.]+"
_WEB = (
    r"(?:webben|webb|webbchatten|webbsidan|hemsidan|sidan|boten|datorn|webbversionen|"
    r"(?:the )?web(?: ?chat| ?page| ?site| version)?|the chat|the bot)"
)
_IN = r"(?:log+(?:ar?)?|sign(?:ar?)?)(?: (?:jag|man|mig|me))*[\s-]?in"
_WANT = (
    r"(?:hur (?:gör jag för att|kan jag|ska jag|gör man för att)|hur|kan jag(?: få)?|får jag|jag vill"
    r"(?: gärna)?|vill|jag ska|jag behöver|how (?:do|can) i|can i|may i|i want to|i would like to|"
    r"i'd like to|let me|i need to)"
)
_GIVE = (
    r"(?:(?:ge|skicka|fixa)(?: mig)?|kan (?:jag|du) (?:få|ge mig|skicka)|jag (?:vill ha|behöver)|"
    r"get|give me|send me|can i (?:have|get)|i (?:need|want))"
)
_LINK = (
    r"(?:(?:webb|inloggnings|engångs|chatt)länk(?:en)?|länk(?:en)? till " + _WEB + "|"
    r"(?:web|sign[ -]?in|log[ -]?in|login|one-time)[ -]link|link to " + _WEB + ")"
)
_TAIL = r"(?:[\s,]+(?:tack|please|thanks|nu|now|här|here))*"
_LOG = (
    r"(?:(?:visa|se|öppna|sök i|show|open|search|view)(?: (?:mig|me))? "
    r"(?:(?:ändrings|gransknings)?logg(?:en|boken)?|(?:the )?(?:audit |change )?log)(?: .+)?|"
    r"vem (?:har )?(?:ändrade|ändrat|flyttade|flyttat|ställde in|ställt in|raderade|raderat|tog bort|"
    r"tagit bort|skapade|lade in|la in) .+|"
    r"who (?:has )?(?:changed|moved|cancelled|canceled|deleted|erased|created) .+)"
)
_RETENTION = (
    r"(?:(?:visa|se|ändra|sätt|show|change|set)(?: (?:mig|me|the))? )?"
    r"(?:gallrings?(?:regler|reglerna|tider|tiderna|beslut|beslutet)|retention (?:rules?|times?|decision))"
)
_CHANNEL = (
    r"(?:(?:den här|denna|vår|this|our) (?:kanal(?:en)?|channel)|kanalen|the channel) "
    r"(?:är|hör till|tillhör|is|belongs to) (?!trasig|tyst|broken|quiet)(?:\S+ ?){1,5}"
)
_LOAD = r"(?:import(?:era|ering av)?|läs(?:a|er)? in|ladda (?:in|upp)|load|bring in)"
_LOADED = (
    r"(?:(?:en|ett|the|a|an|min|vår|our|my|årets|regionens|alla|nya|new) )*(?:(?:excel|csv|ics)?-?fil(?:en|er)?|"
    r"(?:excel |csv |ics )?files?|personer(?:na)?|people|medlemmar(?:na)?|members|möten(?:a)?|meetings|grupper(?:na)?|"
    r"groups|roller(?:na)?|roles|uppdragen|mandates|regionen|region|kalender(?:n)?|calendar|"
    r"årsplan(?:en)?|mötesplan(?:en)?|lista(?:n)?|list)(?: (?:från|ur|from) .{1,40})?"
)
_TEMPLATE = r"(?:(?:import)?mall(?:en)?(?: för (?:att )?import(?:era|en)?)?|(?:the )?import template|template for (?:the )?import)"
_FIXED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "web_signin",
        re.compile(
            rf"(?:{_POLITE})*(?:"
            rf"(?:{_WANT}\s+)?{_IN}(?: (?:på|i|till|via|on|to|in|at|into) {_WEB})?|"
            rf"(?:{_GIVE}\s+)?(?:(?:en|a|an|the|min|my|ny|new)\s+)*{_LINK}(?: till mig)?"
            rf"){_TAIL}",
            re.IGNORECASE,
        ),
    ),
    ("audit_log", re.compile(rf"(?:{_POLITE})*{_LOG}{_TAIL}", re.IGNORECASE)),
    ("retention_rules", re.compile(rf"(?:{_POLITE})*{_RETENTION}{_TAIL}", re.IGNORECASE)),
    ("tie_channel", re.compile(rf"(?:{_POLITE})*{_CHANNEL}", re.IGNORECASE)),
    (
        "import_data",
        re.compile(
            rf"(?:{_POLITE})*(?:(?:{_WANT}\s+)?{_LOAD}(?: {_LOADED})?|"
            rf"(?:(?:{_GIVE}|visa|show|send)\s+)?(?:(?:en|a|an|the)\s+)*{_TEMPLATE}){_TAIL}",
            re.IGNORECASE,
        ),
    ),
)


def fixed(text: str) -> str | None:
    """The intent of a whole message; None for nearly all of them."""
    if len(text) > 100:
        return None
    plain = " ".join(text.split()).strip(" ?!.")
    return next((intent for intent, words in _FIXED if words.fullmatch(plain)), None)
