"""Where somebody else has a say: a colleague who was registered, a substitute, a late request."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.reply import Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.dialogues import card
from dialogs.dialogues.change import say_own
from storage import dialogues
from storage.dialogues import Dialogue, Registration

TEXTS = {
    "sv": """
        dialogue-for-you = { $by } har anmält dig till { $title } { $day }: { $own }. Vill du inte, så tacka nej här.
        dialogue-for-you-leave = Nej tack, ta bort mig
        dialogue-substitute = { $by } undrar om du kan komma i stället till { $title } { $day }: { $own }. Inget ändras förrän du har sagt ja.
        dialogue-substitute-yes = Ja, jag kommer
        dialogue-substitute-no = Nej, jag kan inte
        dialogue-substitute-thanks = Tack för beskedet. Jag hälsar { $name }.
        dialogue-substitute-came = { $name } kommer i ditt ställe till { $title } { $day }. Du är inte längre anmäld.
        dialogue-substitute-cannot = { $name } kan inte komma i ditt ställe till { $title } { $day }. Du står kvar.
        dialogue-late = { $name } ({ $town }) vill anmäla sig till { $title } { $day }, { $parts }, fast anmälningstiden är ute. Går det?
        dialogue-late-yes = Ja, släpp in
        dialogue-late-no = Nej
        dialogue-late-done-yes = { $name } är släppt in och vet det: { $own }.
        dialogue-late-done-no = { $name } har fått veta att det inte går.
        dialogue-late-you-yes = Samordnaren säger ja: { $own } ({ $title }, { $day }).
        dialogue-late-you-no = Samordnaren säger tyvärr nej till en sen anmälan till { $title } { $day }. Hör av dig till samordnaren om du undrar över något.
        late-answered = Den frågan är redan besvarad eller tillbakatagen.
    """,
    "en": """
        dialogue-for-you = { $by } has registered you for { $title } on { $day }: { $own }. If you do not want that, decline here.
        dialogue-for-you-leave = No thanks, remove me
        dialogue-substitute = { $by } asks whether you can come instead to { $title } on { $day }: { $own }. Nothing changes until you have said yes.
        dialogue-substitute-yes = Yes, I will come
        dialogue-substitute-no = No, I cannot
        dialogue-substitute-thanks = Thank you for telling me. I will let { $name } know.
        dialogue-substitute-came = { $name } will come in your place to { $title } on { $day }. You are no longer registered.
        dialogue-substitute-cannot = { $name } cannot come in your place to { $title } on { $day }. You stay registered.
        dialogue-late = { $name } ({ $town }) wants to register for { $title } on { $day }, { $parts }, although the time to register is over. Is that possible?
        dialogue-late-yes = Yes, let them in
        dialogue-late-no = No
        dialogue-late-done-yes = { $name } is in and knows it: { $own }.
        dialogue-late-done-no = { $name } has been told that it is not possible.
        dialogue-late-you-yes = The coordinator says yes: { $own } ({ $title }, { $day }).
        dialogue-late-you-no = I am sorry, the coordinator says no to a late registration for { $title } on { $day }. Contact the coordinator if you wonder about anything.
        late-answered = That question has been answered or taken back already.
    """,
}


@rule("dialogue-for-you", texts=TEXTS)
def for_you(post: Post, due: Timer) -> None:
    """A colleague registered somebody, who is told and may decline."""
    mine, found = _about(post, due)
    if mine is None or found is None or not mine.standing:
        return
    by = post.look(dialogues.name_of, mine.made_by)

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("dialogue-for-you", by=by, own=card.own(found, mine, to), **_day(found, to))
        leave = to.button("dialogue-for-you-leave", "cancel-registration", dialogue=found.id,
                          sure=True)  # fmt: skip
        file = card.calendar_file(found, mine, to, text=to.text("dialogue-calendar-text"))
        return [Text(text, (leave,)), *([file] if file else [])]

    post.tell([mine.person], letter)


@rule("dialogue-substitute", texts=TEXTS)
def substitute(post: Post, due: Timer) -> None:
    mine, found = _about(post, due)
    if mine is None or found is None or mine.substitute is None:
        return

    def letter(to: Teller) -> Sequence[Reply]:
        own = card.own(found, mine, to)
        text = to.text("dialogue-substitute", by=mine.person_name, own=own, **_day(found, to))
        buttons = tuple(
            to.button(f"dialogue-substitute-{said}", "answer-substitute", registration=mine.id,
                      answer=said)
            for said in ("yes", "no")
        )  # fmt: skip
        return [Text(text, buttons)]

    post.tell([mine.substitute], letter)


@dialog("answer-substitute", changes=True, personal=True)
async def answer_substitute(talk: Talk) -> None:
    """Say yes or no to coming in somebody's place; only whoever was asked can."""
    number, said = int(talk.heard.value.get("registration", 0)), talk.heard.value.get("answer")
    before = await talk.look(dialogues.registration_by_id, number)
    if before is None or before.substitute != talk.person.id:
        talk.refuse("substitute-ended")
    found = await talk.look(dialogues.dialogue_by_id, talk.person, before.dialogue)
    if found is None:
        talk.refuse("substitute-ended")
    operation = dialogues.accept_substitute if said == "yes" else dialogues.decline_substitute
    await talk.do("answer-substitute", operation, talk.person, number, talk.turn.at,
                  subject=f"registration:{number}", detail={"answer": str(said)})  # fmt: skip
    me = talk.person.name
    after = await talk.look(dialogues.registration_by_id, number)

    def letter(to: Teller) -> Sequence[Reply]:
        name = "dialogue-substitute-came" if said == "yes" else "dialogue-substitute-cannot"
        text = to.text(name, name=me, **_day(found, to))
        gone = list(before.sessions("registered")) if said == "yes" else []
        file = after and gone and card.calendar_file(found, after, to, text=text, gone=gone)
        return [file or Text(text)]

    await talk.tell([before.person], letter)
    if said == "yes":
        return await say_own(talk, found, [])
    return await talk.say("dialogue-substitute-thanks", name=before.person_name)


@rule("dialogue-late", texts=TEXTS)
def late(post: Post, due: Timer) -> None:
    mine, found = _about(post, due)
    if mine is None or found is None or not mine.sessions("late"):
        return
    town = post.look(dialogues.town_of, mine.person) or found.region_name

    def letter(to: Teller) -> Sequence[Reply]:
        parts = card.parts(found, mine.sessions("late"), to)
        text = to.text("dialogue-late", name=mine.person_name, town=town, parts=parts,
                       **_day(found, to))  # fmt: skip
        buttons = tuple(
            to.button(f"dialogue-late-{said}", "answer-late", registration=mine.id, answer=said)
            for said in ("yes", "no")
        )
        return [Text(text, buttons)]

    post.tell(post.look(dialogues.coordinators, found.region, post.today), letter)


@dialog("answer-late", changes=True, personal=True)
async def answer_late(talk: Talk) -> None:
    """The coordinator lets somebody in late, or not."""
    number, said = int(talk.heard.value.get("registration", 0)), str(talk.heard.value.get("answer"))
    await talk.do("answer-late", dialogues.answer_late, talk.person, number, said, talk.turn.at,
                  subject=f"registration:{number}", detail={"answer": said})  # fmt: skip
    mine = await talk.look(dialogues.registration_by_id, number)
    found = await talk.look(dialogues.dialogue_by_id, talk.person, mine.dialogue if mine else 0)
    if mine is None or found is None:
        talk.refuse("no-such-dialogue")

    def letter(to: Teller) -> Sequence[Reply]:
        own = card.own(found, mine, to)
        text = to.text(f"dialogue-late-you-{said}", own=own, **_day(found, to))
        file = card.calendar_file(found, mine, to, text=text) if said == "yes" else None
        return [file or Text(text)]

    await talk.tell([mine.person], letter)
    own = card.own(found, mine, talk)
    return await talk.say(f"dialogue-late-done-{said}", name=mine.person_name, own=own)


def _about(post: Post, due: Timer) -> tuple[Registration | None, Dialogue | None]:
    """The registration and its dialogue as they are now; no dialogue if it is cancelled."""
    number = int(due.subject.removeprefix("registration:"))
    mine = post.look(dialogues.registration_by_id, number)
    found = post.look(dialogues.any_dialogue, mine.dialogue) if mine else None
    return mine, found if found and found.state != "cancelled" else None


def _day(found: Dialogue, to: Teller) -> dict[str, str]:
    return {"title": found.title, "day": card.day(found, to.lang)}
