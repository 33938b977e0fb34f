"""Invite somebody who is in no workspace: a mail with a link to a page that shows this dialogue only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Button, Card, Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.dialogues import card
from dialogs.dialogues.pick import which_dialogue
from storage import dialogues
from storage.dialogues import guests

EXAMPLES = {
    "sv": ("bjud in pia@af.example till dialogen", "skicka en inbjudan till en gäst"),
    "en": ("invite pia@af.example to the dialogue",),
}
NEAR_MISSES = ("anmäl min kollega till dialogen", "när är dialogdagen?")
TALKS = """
# Eva Exempelqvist · teams
> bjud in pia@af.example till dialogen
< Ska jag bjuda in Pia Attrappsson (pia@af.example) till Skolverkets regionala dialog onsdag 10 februari 2027? … [Bjud in] [Nej]
> ja
< Inbjudan går till pia@af.example. …

# Eva Exempelqvist · teams
> bjud in ny.gast@foretag.example till dialogen
< Vad heter personen? …
> Tora Provgäst
< Ska jag bjuda in Tora Provgäst (ny.gast@foretag.example) …
> nej
< Då bjuder jag inte in någon.

# Bo Fiktivsson · teams
> bjud in pia@af.example till dialogen
< … Eva Exempelqvist …
"""
TEXTS = {
    "sv": """
        invite-guest-email =
            .question = Vilken e-postadress har gästen?
        invite-guest-name =
            .question = Vad heter personen?
        invite-guest-sure =
            .question = Ska jag bjuda in { $who } ({ $email }) till { $title } { $day }? Inbjudan är en länk till en webbsida som bara visar den dagen.
            .yes = Bjud in
        invite-guest-done = Inbjudan går till { $email }. Bekräftas den inte inom sju dagar tas den bort.
        invite-guest-dropped = Då bjuder jag inte in någon.
        bad-address = ”{ $said }” är ingen e-postadress som jag kan skriva till. Skriv den som namn@organisation.se.
        guest-subject = Inbjudan till { $title } { $day }
        guest-text = Hej { $name }! Du är inbjuden till { $title } { $day }. Anmäl dig, ändra eller avanmäl dig på webbsidan: du behöver inget konto. Länken är din egen. Bekräftar du inte inom sju dagar tas inbjudan och uppgifterna om dig bort.
        guest-open = Öppna inbjudan
        guest-asked = { $name } ({ $email }) har fått en inbjudan vidarebefordrad och vill komma till { $title } { $day }. Ska jag bjuda in?
        guest-asked-yes = Bjud in
        guest-asked-no = Nej
        guest-asked-invited = { $name } får en egen inbjudan.
        guest-asked-declined = Noterat. { $name } bjuds inte in.
        guest-confirmed = Inbjudan är redan bekräftad. Sidan visar vad som gäller nu.
        guest-gone = Länken gäller inte längre. Be den som bjöd in dig om en ny.
        guest-first = Bekräfta inbjudan först, längst ner på sidan.
        guest-asked-enough = Den här länken har redan lett till flera frågor. Kontakta samordnaren direkt.
    """,
    "en": """
        invite-guest-email =
            .question = What is the guest’s email address?
        invite-guest-name =
            .question = What is the person’s name?
        invite-guest-sure =
            .question = Shall I invite { $who } ({ $email }) to { $title } on { $day }? The invitation is a link to a web page that shows that day only.
            .yes = Invite
        invite-guest-done = The invitation goes to { $email }. If it is not confirmed within seven days it is removed.
        invite-guest-dropped = Then I will not invite anybody.
        bad-address = “{ $said }” is not an email address that I can write to. Write it as name@organisation.se.
        guest-subject = Invitation to { $title } on { $day }
        guest-text = Hello { $name }! You are invited to { $title } on { $day }. Register, change or cancel on the web page: you need no account. The link is your own. If you do not confirm within seven days, the invitation and what is kept about you are removed.
        guest-open = Open the invitation
        guest-asked = { $name } ({ $email }) was forwarded an invitation and wants to come to { $title } on { $day }. Shall I invite them?
        guest-asked-yes = Invite
        guest-asked-no = No
        guest-asked-invited = { $name } will get an invitation of their own.
        guest-asked-declined = Noted. { $name } is not invited.
        guest-confirmed = The invitation has been confirmed already. The page shows how it stands now.
        guest-gone = The link is no longer valid. Ask whoever invited you for a new one.
        guest-first = Confirm the invitation first, at the bottom of the page.
        guest-asked-enough = This link has led to several questions already. Contact the coordinator directly.
    """,
}
_ADDRESS = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.\w+")


@dialog(
    "invite-guest", intents=("invite_guest",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def invite_guest(talk: Talk) -> None:
    found = await which_dialogue(talk)
    await talk.look(dialogues.managed, talk.person, found.id, talk.today)
    match = _ADDRESS.search(talk.heard.text)
    email = await talk.note("email", match[0] if match else "")
    email = (email or await talk.ask("email", Field("text", limit=200))).strip(" <>.,")
    if not guests.ADDRESS.fullmatch(email):
        talk.refuse("bad-address", said=email[:80])
    known = await talk.look(guests.known_guest, found.region, email)
    name = known[1] if known else await talk.ask("name", Field("text", limit=120))
    day = card.day(found, talk.lang)
    if not await talk.confirm("sure", who=name, email=email, title=found.title, day=day):
        return await talk.say("invite-guest-dropped")
    await talk.do(
        "invite-guest", guests.invite, talk.person, found.id, email, name, talk.lang,
        talk.public_url, talk.turn.at, subject=f"dialogue:{found.id}",
    )  # fmt: skip
    return await talk.say("invite-guest-done", email=email)


@rule("guest-invite", texts=TEXTS)
def send_invitation(post: Post, due: Timer) -> None:
    """The link is made when the mail is, so that nothing but the mail ever holds it."""
    number = int(due.subject.removeprefix("guest:"))
    found = post.look(guests.invitation_by_id, number, post.now)
    if found is None or not found.who.id or found.dialogue.state not in {"open", "closed"}:
        return
    email = post.look(guests.address_of, found.who.id)
    secret = post.do("guest-link", guests.new_secret, number)
    url = f"{due.values['url']}/guest/{secret}"

    def letter(to: Teller) -> Sequence[Reply]:
        facts = {"title": found.dialogue.title, "day": card.day(found.dialogue, to.lang)}
        text = to.text("guest-text", name=found.who.name, **facts)
        button = Button(to.text("guest-open"), url=url)
        listed = tuple(card.facts(found.dialogue, to))
        return [Card(to.text("guest-subject", **facts), text, listed, buttons=(button,))]

    post.mail(email, found.who.language or "sv", letter)


@rule("guest-forget", texts=TEXTS)
def forget(post: Post, due: Timer) -> None:
    """Seven days without a yes: the invitation is deleted, and whoever was known only by it."""
    post.do("forget-guest", guests.forget_guest, int(due.subject.removeprefix("guest:")))


@rule("guest-asked", texts=TEXTS)
def asked(post: Post, due: Timer) -> None:
    """Somebody else opened a forwarded link and asks to come."""
    number = int(due.values["request"])
    request = post.look(guests.request_by_id, number)
    found = post.look(dialogues.any_dialogue, request[2]) if request else None
    if request is None or found is None or request[3] != "asked":
        return
    name, email = request[0], request[1]

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("guest-asked", name=name, email=email, title=found.title,
                       day=card.day(found, to.lang))  # fmt: skip
        buttons = tuple(
            to.button(f"guest-asked-{said}", "answer-guest", request=number, answer=said)
            for said in ("yes", "no")
        )
        return [Text(text, buttons)]

    post.tell(post.look(dialogues.coordinators, found.region, post.today), letter)


@dialog("answer-guest", changes=True, personal=True)
async def answer_guest(talk: Talk) -> None:
    """The coordinator's yes or no to somebody with a forwarded link."""
    number, said = int(talk.heard.value.get("request", 0)), str(talk.heard.value.get("answer"))
    request = await talk.look(guests.request_by_id, number)
    await talk.do(
        "answer-guest", guests.answer_request, talk.person, number, said, talk.lang,
        talk.public_url, talk.turn.at, subject=f"request:{number}", detail={"answer": said},
    )  # fmt: skip
    state = "invited" if said == "yes" else "declined"
    await talk.say(f"guest-asked-{state}", name=request[0] if request else "")
