"""A link that signs one in to the web chat: single-use, valid for half an hour, shown only in private."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Button, Text
from storage import signin

EXAMPLES = {
    "sv": ("logga in", "logga in på webben", "webblänk", "kan jag få en inloggningslänk?",
           "hur loggar jag in på webbchatten"),
    "en": ("log in", "sign in on the web", "send me a sign-in link", "how do I log in to the web chat"),
}  # fmt: skip
NEAR_MISSES = (
    "logga in mig på lärplattformen", "ge mig en kalenderlänk", "eleverna kan inte logga in",
    "how do students log in to Canvas",
)  # fmt: skip
TALKS = """
# Bo Fiktivsson · teams
> logga in på webben
< Här är din länk till webbchatten. Den fungerar en gång, inom 30 minuter. … [Öppna webbchatten]

# Nora Provén · slack
> please send me a sign-in link
< Here is your link to the web chat. It works once, within 30 minutes. … [Open the web chat]

# Bo Fiktivsson · web
> logga in
< Du är redan inloggad på webben, som Bo Fiktivsson.
"""
TEXTS = {
    "sv": """
        web-signin-link = Här är din länk till webbchatten. Den fungerar en gång, inom { $minutes } minuter. Skicka den inte vidare: den som öppnar den blir inloggad som du. Ber du om en ny slutar den här att gälla.
        web-signin-open = Öppna webbchatten
        web-signin-there = Du är redan inloggad på webben, som { $name }.
    """,
    "en": """
        web-signin-link = Here is your link to the web chat. It works once, within { $minutes } minutes. Do not pass it on: whoever opens it is signed in as you. If you ask for a new one, this one stops working.
        web-signin-open = Open the web chat
        web-signin-there = You are already signed in on the web, as { $name }.
    """,
}


@dialog(
    "web-signin", intents=("web_signin",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def web_signin(talk: Talk) -> None:
    if talk.turn.who.platform == "web":
        return await talk.say("web-signin-there", name=talk.person.name)
    secret = await talk.do("web-signin", signin.offer, talk.person.id, talk.turn.at)
    minutes = int(signin.LINK_LIFE.total_seconds()) // 60
    go = Button(talk.text("web-signin-open"), url=f"{talk.public_url}/in/{secret}", style="primary")
    return await talk.say(Text(talk.text("web-signin-link", minutes=minutes), (go,)))
