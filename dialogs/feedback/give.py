"""Give feedback to the body above or below one's own, see what is open, and end it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, Field
from bot.reply import Button, Card, Fact, Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.mandates import show
from storage import feedback
from storage.feedback import Feedback, Way

EXAMPLES = {
    "sv": ("återkoppla till nätverket", "återkoppling till skolcheferna", "vilka återkopplingar är öppna?"),
    "en": ("give feedback to the school directors", "which feedback is open"),
}  # fmt: skip
NEAR_MISSES = ("återrapportera uppdraget", "skicka protokollet till skolcheferna")
TALKS = """
# Farid Testmark · teams
> återkoppla till nätverket: vi stödjer modellen men vill se kostnader före april
< Ska det här gå till Nätverket Vuxenutbildning Skaraborg som återkoppling från Skol- och utbildningschefer Skaraborg? ”vi stödjer modellen men vill se kostnader före april” Publicerar du kan alla i gruppen läsa det, och det tas upp torsdag 10 december. [Publicera] [Bara till ordförande] [Avbryt]
> bara ordförande först
< Asta Fiktberg har fått återkopplingen. Den är öppen tills någon avslutar den, och tas upp torsdag 10 december.
< (Asta Fiktberg) Farid Testmark, Skol- och utbildningschefer Skaraborg, ger er återkoppling: ”vi stödjer modellen men vill se kostnader före april” … [Klar] [Publicera]
> vilka återkopplingar är öppna?
< Öppna återkopplingar … Till Nätverket Vuxenutbildning Skaraborg: … ”vi stödjer modellen men vill se kostnader före april” … bara till ordförande …

# Asta Fiktberg · slack
> återkoppling till skolcheferna
< Vad vill ni säga till Skol- och utbildningschefer Skaraborg?
> vi behöver två extra möten i vår
< Ska det här gå till Skol- och utbildningschefer Skaraborg … [Publicera] [Bara till ordförande] [Avbryt]
> publicera
< Publicerat för Skol- och utbildningschefer Skaraborg. Återkopplingen är öppen tills någon avslutar den, och tas upp fredag 15 januari 2027.

# Lena Modellson · slack
> give feedback to the school directors
< What do you want to tell Skol- och utbildningschefer Skaraborg?
> two more meetings, please
< Shall this go to Skol- och utbildningschefer Skaraborg as feedback from Nätverket Vuxenutbildning Skaraborg? “two more meetings, please” … [Publish] [Only to the chair] [Cancel]
> cancel
< …

# Bo Fiktivsson · teams
> återkoppla till skolcheferna: vi vill ha mer kaffe
< Återkoppling ges av ordförande, presidium eller skolchef. För dig är det Asta Fiktberg. Jag kan fråga åt dig. [Fråga Asta]
> vilka återkopplingar är öppna?
< Det finns inga öppna återkopplingar.
"""
TEXTS = {
    "sv": """
        give-feedback-way =
            .question = Till vilken grupp?
        give-feedback-words =
            .question = Vad vill ni säga till { $body }?
        give-feedback-reach =
            .question = Ska det här gå till { $receiver } som återkoppling från { $sender }? ”{ $words }” Publicerar du kan alla i gruppen läsa det{ $meeting }.
            .publish = Publicera
            .chair = Bara till ordförande
            .drop = Avbryt
        give-feedback-meeting = , och det tas upp { $day }
        give-feedback-taken-up = , och tas upp { $day }
        give-feedback-done-chair = { $people } har fått återkopplingen. Den är öppen tills någon avslutar den{ $meeting }.
        give-feedback-done-channel = Publicerat för { $body }. Återkopplingen är öppen tills någon avslutar den{ $meeting }.
        give-feedback-dropped = Då skickar jag ingen återkoppling.
        give-feedback-not-you = Återkoppling ges av ordförande, presidium eller skolchef. För dig är det { $people }. Jag kan fråga åt dig.
        give-feedback-not-you-nobody = Återkoppling ges av ordförande, presidium eller skolchef. Hör av dig till samordnaren.
        give-feedback-item = Återkoppling från { $sender }
        give-feedback-letter = { $name }, { $sender }, ger er återkoppling: ”{ $text }” Den är öppen tills någon avslutar den{ $meeting }.
        give-feedback-end = Klar
        give-feedback-publish = Publicera
        open-feedback = Öppna återkopplingar
        open-feedback-none = Det finns inga öppna återkopplingar.
        open-feedback-to = Till { $receiver }
        open-feedback-line = { $day }, { $name }, { $sender }: ”{ $text }” – { $reach }{ $meeting }
        open-feedback-chair = bara till ordförande
        open-feedback-channel = publicerad
        open-feedback-end = Avsluta: { $text }
        end-feedback-done = Återkopplingen är avslutad: ”{ $text }” { $body } får veta det.
        end-feedback-already = Den återkopplingen är redan avslutad.
        end-feedback-letter = { $name } har avslutat återkopplingen till { $receiver }: ”{ $text }”
        publish-feedback-done = Publicerat för { $body }.
        publish-feedback-already = Den återkopplingen är redan publicerad.
        open-feedback-reminder = Återkopplingen från { $sender } till { $receiver } är fortfarande öppen: ”{ $text }” Är den klar?
        open-feedback-reminder-soon = Återkopplingen från { $sender } tas upp { $day }: ”{ $text }”
    """,
    "en": """
        give-feedback-way =
            .question = To which group?
        give-feedback-words =
            .question = What do you want to tell { $body }?
        give-feedback-reach =
            .question = Shall this go to { $receiver } as feedback from { $sender }? “{ $words }” If you publish it, everybody in the group can read it{ $meeting }.
            .publish = Publish
            .chair = Only to the chair
            .drop = Cancel
        give-feedback-meeting = , and it will be taken up on { $day }
        give-feedback-taken-up = , and will be taken up on { $day }
        give-feedback-done-chair = { $people } has got the feedback. It is open until somebody ends it{ $meeting }.
        give-feedback-done-channel = Published for { $body }. The feedback is open until somebody ends it{ $meeting }.
        give-feedback-dropped = Then I send no feedback.
        give-feedback-not-you = Feedback is given by the chair, the presidium or a school director. For you that is { $people }. I can ask for you.
        give-feedback-not-you-nobody = Feedback is given by the chair, the presidium or a school director. Please contact the coordinator.
        give-feedback-item = Feedback from { $sender }
        give-feedback-letter = { $name }, { $sender }, gives you feedback: “{ $text }” It is open until somebody ends it{ $meeting }.
        give-feedback-end = Done
        give-feedback-publish = Publish
        open-feedback = Open feedback
        open-feedback-none = There is no open feedback.
        open-feedback-to = To { $receiver }
        open-feedback-line = { $day }, { $name }, { $sender }: “{ $text }” – { $reach }{ $meeting }
        open-feedback-chair = only to the chair
        open-feedback-channel = published
        open-feedback-end = End: { $text }
        end-feedback-done = The feedback has been ended: “{ $text }” { $body } will be told.
        end-feedback-already = That feedback has been ended already.
        end-feedback-letter = { $name } has ended the feedback to { $receiver }: “{ $text }”
        publish-feedback-done = Published for { $body }.
        publish-feedback-already = That feedback has been published already.
        open-feedback-reminder = The feedback from { $sender } to { $receiver } is still open: “{ $text }” Is it done?
        open-feedback-reminder-soon = The feedback from { $sender } will be taken up on { $day }: “{ $text }”
    """,
}
WORDS = Field("text", limit=2000)
REACH = Field("choice", options=("publish", "chair", "drop"))
_LIST = re.compile(
    r"\böppna\b|\bvilka\b|\bvisa\b|\blista\b|\bopen\b|\bwhich\b|\bshow\b|\blist\b", re.I
)
_SENT = re.compile(
    r"^\W*(?:(?:ge|skicka|lämna|give|send)\s+)?(?:återkopp\w+|feedback)(?:\s+(?:till|to)\s+[^:]{2,60})?"
    r"\s*[:–]\s*(?P<text>\S.+)$", re.I | re.S,
)  # fmt: skip


@dialog(
    "give-feedback", intents=("feedback_chiefs",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def give_feedback(talk: Talk) -> None:
    sent = _SENT.match(talk.heard.text)
    said = await talk.note("said", sent["text"].strip() if sent else "")
    if await talk.note("list", not sent and _LIST.search(talk.heard.text) is not None):
        return await _show_open(talk)
    way = await _way(talk)
    text = await talk.ask("words", WORDS, known=said, body=way.receiver_name)
    meeting = await talk.look(feedback.next_agenda, way.receiver, talk.wall)
    day = (
        show.day(talk, meeting.starts.date(), year=meeting.starts.year != talk.today.year)
        if meeting
        else ""
    )
    reach = await talk.ask(
        "reach", REACH, receiver=way.receiver_name, sender=way.sender_name, words=text,
        meeting=talk.text("give-feedback-meeting", day=day) if day else "",
    )  # fmt: skip
    if reach == "drop":
        return await talk.say("give-feedback-dropped")
    kind: feedback.Reach = "channel" if reach == "publish" else "chair"
    item = talk.text("give-feedback-item", sender=way.sender_name)
    number = await talk.do(
        "give-feedback", feedback.give, talk.person, way.sender, way.receiver, text, kind, item,
        talk.turn.at,
    )  # fmt: skip
    leaders = await talk.look(feedback.leaders, way.receiver, talk.today)
    everybody = await talk.look(feedback.seated, way.receiver, talk.today)
    people = leaders if kind == "chair" else list(dict.fromkeys((*leaders, *everybody)))
    await _tell(talk, number, people, day)
    taken_up = talk.text("give-feedback-taken-up", day=day) if day else ""
    if kind == "chair":
        names = await talk.look(feedback.names, leaders)
        return await talk.say("give-feedback-done-chair", people=names, meeting=taken_up)
    return await talk.say("give-feedback-done-channel", body=way.receiver_name, meeting=taken_up)


async def _way(talk: Talk) -> Way:
    """To the group that was named; else the person chooses among those next to the own ones."""
    found = await talk.look(feedback.ways, talk.person)
    if not found:
        people = await talk.look(feedback.speakers, talk.person, talk.today)
        if not people:
            talk.refuse("give-feedback-not-you-nobody")
        names = ", ".join(name for _, name in people)
        talk.refuse("give-feedback-not-you", ask=people, people=names)
    said = talk.heard.first("group")
    fitting = await talk.look(feedback.named, found, said) if said else []
    choices = [
        Choice(f"{each.sender}-{each.receiver}", f"{each.receiver_name} ({each.sender_name})")
        for each in fitting or found
    ]
    chosen = await talk.choose("way", choices)
    return next(each for each in found if f"{each.sender}-{each.receiver}" == chosen)


async def _tell(talk: Talk, number: int, people: Sequence[int], day: str) -> None:
    found = await talk.look(feedback.any_feedback, number)
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        if found is None:
            return []
        meeting = to.text("give-feedback-taken-up", day=_day(to, found)) if day else ""
        text = to.text("give-feedback-letter", name=name, sender=found.way.sender_name,
                       text=found.text, meeting=meeting)  # fmt: skip
        buttons = [to.button("give-feedback-end", "end-feedback", feedback=number)]
        if found.reach == "chair":
            buttons.append(to.button("give-feedback-publish", "publish-feedback", feedback=number))
        return [Text(text, tuple(buttons))]

    await talk.tell([each for each in people if each != talk.person.id], letter, or_mail=True)


async def _show_open(talk: Talk) -> None:
    found = await talk.look(feedback.visible, talk.person)
    if not found:
        return await talk.say("open-feedback-none")
    facts = [
        Fact(talk.text("open-feedback-to", receiver=each.way.receiver_name), _line(talk, each))
        for each in found
    ]
    buttons = [
        Button(talk.text("open-feedback-end", text=_short(each.text)), "end-feedback", {"feedback": each.id})
        for each in found
        if await talk.look(feedback.may_end, talk.person, each)
    ]  # fmt: skip
    return await talk.say(
        Card(talk.text("open-feedback"), "", tuple(facts), None, tuple(buttons[:5]))
    )


def _line(talk: Talk, each: Feedback) -> str:
    meeting = talk.text("give-feedback-taken-up", day=_day(talk, each)) if each.meeting_day else ""
    return talk.text(
        "open-feedback-line", day=show.day(talk, each.day), name=each.person,
        sender=each.way.sender_name, text=each.text,
        reach=talk.text(f"open-feedback-{each.reach}"), meeting=meeting,
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30].rsplit(" ", 1)[0] + " …"


def _day(to: show.Speaker, each: Feedback) -> str:
    return show.day(to, each.meeting_day, year=True) if each.meeting_day else ""


@dialog("end-feedback", changes=True, personal=True)
async def end_feedback(talk: Talk) -> None:
    """Both sides hear that it is done."""
    number = int(talk.heard.value["feedback"])
    found = await talk.look(feedback.by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-feedback")
    ended = await talk.do("end-feedback", feedback.end, talk.person, number, talk.turn.at,
                          subject=f"feedback:{number}")  # fmt: skip
    if not ended:
        return await talk.say("end-feedback-already")
    mine = await talk.look(feedback.leaders, found.way.sender, talk.today)
    theirs = await talk.look(feedback.leaders, found.way.receiver, talk.today)
    giver = await talk.look(feedback.giver, number)
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        return [
            Text(
                to.text(
                    "end-feedback-letter",
                    name=name,
                    receiver=found.way.receiver_name,
                    text=found.text,
                )
            )
        ]

    others = theirs if talk.person.id in mine or talk.person.id == giver else [giver]
    await talk.tell([each for each in others if each != talk.person.id], letter, or_mail=True)
    other = found.way.sender_name if talk.person.id in theirs else found.way.receiver_name
    return await talk.say("end-feedback-done", text=found.text, body=other)


@dialog("publish-feedback", changes=True, personal=True)
async def publish_feedback(talk: Talk) -> None:
    """What the chair alone has read goes to everybody of the group."""
    number = int(talk.heard.value["feedback"])
    found = await talk.look(feedback.by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-feedback")
    item = talk.text("give-feedback-item", sender=found.way.sender_name)
    published = await talk.do("publish-feedback", feedback.publish, talk.person, number, item,
                              talk.turn.at, subject=f"feedback:{number}")  # fmt: skip
    if not published:
        return await talk.say("publish-feedback-already")
    people = await talk.look(feedback.seated, found.way.receiver, talk.today)
    await _tell(talk, number, people, _day(talk, found))
    return await talk.say("publish-feedback-done", body=found.way.receiver_name)


@rule(feedback.OPEN, texts=TEXTS)
def feedback_open(post: Post, due: Timer) -> None:
    """The day before the meeting, and then every other week until somebody ends it."""
    number = int(due.subject.partition(":")[2])
    found = post.look(feedback.any_feedback, number)
    if found is None or found.state != "open":
        return
    soon = found.meeting_day is not None and found.meeting_day >= post.today
    leaders = post.look(feedback.leaders, found.way.receiver, post.today)

    def letter(to: Teller) -> Sequence[Reply]:
        name = "open-feedback-reminder-soon" if soon else "open-feedback-reminder"
        words = {"day": _day(to, found)} if soon else {"receiver": found.way.receiver_name}
        text = to.text(name, sender=found.way.sender_name, text=found.text, **words)
        return [Text(text, (to.button("give-feedback-end", "end-feedback", feedback=number),))]

    post.tell(leaders, letter)
    post.do("feedback-reminded", feedback.remind_again, number, post.wall)
