"""What did not arrive, for whoever looks after the bot: see it, send it again, put it aside."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates
from bot.dialog import Talk, dialog
from bot.reply import Button, Text
from storage import letters
from storage.letters import Trouble
from storage.valid import wall

EXAMPLES = {
    "sv": ("visa fastnade utskick", "skicka om det som inte kom fram", "vilka meddelanden har inte gått fram?"),
    "en": ("show stuck messages", "resend what did not arrive", "which messages failed to send?"),
}  # fmt: skip
NEAR_MISSES = ("skicka protokollet till brevlådan", "vilka har inte svarat på mötet")
TALKS = """
# Vide Hittepåberg · teams
> visa fastnade utskick
< Allt har kommit fram som det ska.

# Bo Fiktivsson · teams
> visa fastnade utskick
< Det här får … Vide Hittepåberg …
"""
TEXTS = {
    "sv": """
        intent-stuck_letters = utskick som inte kommit fram
        help-about-reminders = Påminnelser
        stuck-none = Allt har kommit fram som det ska.
        stuck-title = { $count ->
            [one] Ett meddelande har inte kommit fram:
           *[other] { $count } meddelanden har inte kommit fram:
        }
        stuck-line = • { $to }, { $platform }, { $what }, { $day }: { $why }
        stuck-more = … och { $count } till
        stuck-paused = { $platform } tar inte emot något just nu. Kontrollera att boten är installerad och att nyckeln gäller. Jag försöker igen { $clock }.
        stuck-platform-teams = Teams
        stuck-platform-slack = Slack
        stuck-platform-mail = mejl
        stuck-platform-web = webben
        stuck-what-meeting = möte
        stuck-what-region = påminnelse om möte
        stuck-what-reminder = egen påminnelse
        stuck-what-report = uppdrag
        stuck-what-mandate = uppdrag
        stuck-what-dialogue = dialog
        stuck-what-registration = anmälan
        stuck-what-protocol = protokoll
        stuck-what-other = meddelande
        stuck-why-blocked = mottagaren har blockerat boten
        stuck-why-gone = adressen finns inte längre
        stuck-why-forbidden = boten får inte skriva där
        stuck-why-revoked = boten är inte installerad där
        stuck-why-too_big = meddelandet är för stort
        stuck-why-no = plattformen är inte inställd
        stuck-why-nobody = kan ha kommit fram, men ingen vet
        stuck-why-other = gick inte att skicka
        stuck-again = Skicka om
        stuck-aside = Ta bort ur listan
        stuck-sent = { $count ->
            [0] Det finns inget kvar att skicka om.
            [one] Jag skickar om ett meddelande.
           *[other] Jag skickar om { $count } meddelanden.
        } Fråga igen om en stund, så ser du om det gick.
        stuck-removed = Borttaget ur listan.
    """,
    "en": """
        intent-stuck_letters = messages that did not arrive
        help-about-reminders = Reminders
        stuck-none = Everything has arrived as it should.
        stuck-title = { $count ->
            [one] One message has not arrived:
           *[other] { $count } messages have not arrived:
        }
        stuck-line = • { $to }, { $platform }, { $what }, { $day }: { $why }
        stuck-more = … and { $count } more
        stuck-paused = { $platform } takes nothing at the moment. Check that the bot is installed and that its key is valid. I try again at { $clock }.
        stuck-platform-teams = Teams
        stuck-platform-slack = Slack
        stuck-platform-mail = mail
        stuck-platform-web = the web
        stuck-what-meeting = meeting
        stuck-what-region = reminder of a meeting
        stuck-what-reminder = own reminder
        stuck-what-report = mandate
        stuck-what-mandate = mandate
        stuck-what-dialogue = dialogue
        stuck-what-registration = registration
        stuck-what-protocol = minutes
        stuck-what-other = message
        stuck-why-blocked = the recipient has blocked the bot
        stuck-why-gone = the address is no longer there
        stuck-why-forbidden = the bot may not write there
        stuck-why-revoked = the bot is not installed there
        stuck-why-too_big = the message is too big
        stuck-why-no = the platform is not set up
        stuck-why-nobody = may have arrived, but nobody knows
        stuck-why-other = could not be sent
        stuck-again = Send again
        stuck-aside = Remove from the list
        stuck-sent = { $count ->
            [0] There is nothing left to send again.
            [one] I am sending one message again.
           *[other] I am sending { $count } messages again.
        } Ask again in a while to see whether it worked.
        stuck-removed = Removed from the list.
    """,
}
LINES = 10
_WHAT = {
    "meeting",
    "region",
    "reminder",
    "report",
    "mandate",
    "dialogue",
    "registration",
    "protocol",
}
_WHY = {"blocked", "gone", "forbidden", "revoked", "too_big", "no", "nobody"}


@dialog(
    "stuck-letters", intents=("stuck_letters",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True,
)  # fmt: skip
async def stuck_letters(talk: Talk) -> None:
    found = await talk.look(letters.troubles, talk.person, talk.turn.at)
    lines = await _paused(talk)
    buttons: list[Button] = []
    if found:
        lines += [talk.text("stuck-title", count=len(found)), *_lines(talk, found)]
        numbers = [each.id for each in found[:LINES]]
        sure = [each.id for each in found[:LINES] if each.sure]
        buttons = [
            talk.button("stuck-again", "send-again", letters=sure or numbers),
            talk.button("stuck-aside", "put-aside", letters=numbers),
        ]
    await talk.say(Text("\n".join(lines or [talk.text("stuck-none")]), tuple(buttons)))


@dialog("send-again", personal=True)
async def send_again(talk: Talk) -> None:
    numbers = list(talk.heard.value["letters"])
    count = await talk.do("send-again", letters.again, talk.person, numbers, talk.turn.at)
    await talk.say("stuck-sent", count=count)


@dialog("put-aside", personal=True)
async def put_aside(talk: Talk) -> None:
    numbers = list(talk.heard.value["letters"])
    await talk.do("put-aside", letters.put_aside, talk.person, numbers, talk.turn.at)
    await talk.say("stuck-removed")


async def _paused(talk: Talk) -> list[str]:
    return [
        talk.text("stuck-paused", platform=_platform(talk, platform), clock=f"{wall(until):%H.%M}")
        for platform, until in await talk.look(letters.paused, talk.person, talk.turn.at)
    ]


def _lines(talk: Talk, found: Sequence[Trouble]) -> list[str]:
    lines = [_line(talk, each) for each in found[:LINES]]
    if len(found) > LINES:
        lines.append(talk.text("stuck-more", count=len(found) - LINES))
    return lines


def _line(talk: Talk, of: Trouble) -> str:
    what, why = of.subject.partition(":")[0], of.reason.split(" ")[0]
    return talk.text(
        "stuck-line", to=of.to, platform=_platform(talk, of.platform),
        what=talk.text(f"stuck-what-{what if what in _WHAT else 'other'}"),
        why=talk.text(f"stuck-why-{why if why in _WHY else 'other'}"),
        day=dates.show(wall(of.made_at).date(), talk.lang, week=False),
    )  # fmt: skip


def _platform(talk: Talk, name: str) -> str:
    return talk.text(f"stuck-platform-{name}")
