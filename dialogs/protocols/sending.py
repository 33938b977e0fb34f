"""Approved minutes go to the network's mailbox; whoever is responsible hears what its server said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.dialog import Talk, Teller, dialog
from bot.reply import File, Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.meetings.card import bodies
from dialogs.protocols import card
from storage import lists, protocols
from storage.protocols import KINDS, Dispatch, Parcel
from storage.protocols import send as sends

TEXTS = {
    "sv": """
        dispatch-subject = Protokoll { $body } { $day }
        dispatch-approved = Justerat { $day } av { $who }.
        dispatch-plain = Den här gruppen justerar inte sina protokoll.
        dispatch-sum = SHA-256: { $sum }
        dispatch-done = Protokollet från { $day } är skickat till { $address } kl. { $time } och mottaget av e-postservern.
        dispatch-slow = Protokollet från { $day } är justerat men inte skickat ännu: e-postservern för { $address } tar inte emot det just nu. Jag försöker igen i upp till fem dagar och säger till när det har gått.
        dispatch-failed = Protokollet från { $day } är justerat men gick inte att skicka till { $address }. E-postservern svarade: { $answer }. Be administratören kontrollera adressen.
        dispatch-no-mail = Protokollet från { $day } är justerat men inte skickat till { $address }: boten har ingen e-postserver inställd. Be administratören ställa in en, och skicka det sedan igen.
        dispatch-unsure = Protokollet från { $day } är justerat, men jag vet inte om { $address } har fått det: e-postservern svarade inte. Fråga mottagaren innan du skickar det igen.
        dispatch-damaged = Protokollet från { $day } skickades inte till { $address }: filen hos mig är inte längre den som justerades. Säg till administratören, och skicka filen till mig igen.
        dispatch-list-members = Medlemslista för { $body }
        dispatch-list-meetings = Mötesdagar för { $body }
        dispatch-list-done = { $what } är skickad till { $address } kl. { $time } och mottagen av e-postservern.
        dispatch-list-failed = { $what } gick inte att skicka till { $address }. E-postservern svarade: { $answer }.
        dispatch-list-again = Försök igen
        dispatch-again = Skicka igen
        dispatch-again-done = Då skickar jag det igen till { $address }, och säger till när e-postservern har tagit emot det.
        dispatch-again-no = Det finns inget att skicka igen.
    """,
    "en": """
        dispatch-subject = Minutes { $body } { $day }
        dispatch-approved = Approved on { $day } by { $who }.
        dispatch-plain = This group does not approve its minutes.
        dispatch-sum = SHA-256: { $sum }
        dispatch-done = The minutes of { $day } were sent to { $address } at { $time } and taken by the mail server.
        dispatch-slow = The minutes of { $day } are approved but not sent yet: the mail server for { $address } is not taking them right now. I will keep trying for up to five days and tell you when it has worked.
        dispatch-failed = The minutes of { $day } are approved but could not be sent to { $address }. The mail server answered: { $answer }. Ask the administrator to check the address.
        dispatch-no-mail = The minutes of { $day } are approved but not sent to { $address }: the bot has no mail server set. Ask the administrator to set one, then send them again.
        dispatch-unsure = The minutes of { $day } are approved, but I do not know whether { $address } has got them: the mail server did not answer. Ask the recipient before you send them again.
        dispatch-damaged = The minutes of { $day } were not sent to { $address }: the file I have is no longer the one that was approved. Tell the administrator, and send me the file again.
        dispatch-list-members = Member list of { $body }
        dispatch-list-meetings = Meeting dates of { $body }
        dispatch-list-done = { $what } was sent to { $address } at { $time } and taken by the mail server.
        dispatch-list-failed = { $what } could not be sent to { $address }. The mail server answered: { $answer }.
        dispatch-list-again = Try again
        dispatch-again = Send again
        dispatch-again-done = Then I will send them to { $address } again, and tell you when the mail server has taken them.
        dispatch-again-no = There is nothing to send again.
    """,
}
NO_COURIER = "no courier"  # what the sender notes where no mail server is set
SLOW = timedelta(minutes=30)  # until somebody is told that a server is not taking it


@rule(sends.KIND, texts=TEXTS)
def send(post: Post, due: Timer) -> None:
    found = post.look(sends.by_id, _number(due))
    if found is not None and found.kind != "protocol":
        return _send_list(post, found)
    parcel = post.look(protocols.parcel, _number(due))
    if parcel is None or parcel.problem == "outdated":
        return None
    if parcel.problem:
        return _stopped(post, parcel)
    post.mail(parcel.dispatch.address, "sv", lambda to: [_letter(parcel, to)])
    post.plan(sends.SLOW, due.subject, post.now + SLOW)
    return None


def _send_list(post: Post, found: Dispatch) -> None:
    """The member list or the meeting dates, as they were shown to whoever sent them."""
    kept = post.look(lists.content, found.id)
    if kept is None:
        post.do("dispatch-stopped", protocols.answered, found.id, False, "damaged", post.now)
        return _tell_sender(post, found, accepted=False, note="damaged")
    name, content = kept
    body = post.look(lists.name_of, found.body)

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(f"dispatch-list-{found.kind}", body=body)
        return [File(name, content, KINDS["docx"], text)]

    post.mail(found.address, "sv", letter)
    return None


def _tell_sender(post: Post, found: Dispatch, *, accepted: bool, note: str) -> None:
    by = post.look(lists.sender, found.id)
    body = post.look(lists.name_of, found.body)

    def letter(to: Teller) -> Sequence[Reply]:
        what = to.text(f"dispatch-list-{found.kind}", body=body)
        if accepted:
            return [
                Text(
                    to.text(
                        "dispatch-list-done",
                        what=what,
                        address=found.address,
                        time=card.clock(post.now, to.lang),
                    )
                )
            ]
        button = to.button("dispatch-list-again", "send-list", body=found.body, kind=found.kind)
        text = to.text("dispatch-list-failed", what=what, address=found.address, answer=note)
        return [Text(text, (button,))]  # fmt: skip

    post.tell([] if by is None else [by], letter)


def _letter(parcel: Parcel, to: Teller) -> File:
    one = parcel.protocol
    day = card.day(one.meeting, to.lang)
    lines = [to.text("dispatch-subject", body=bodies(one.meeting), day=day), ""]
    if parcel.approved is None:
        lines.append(to.text("dispatch-plain"))
    else:
        by, at = parcel.approved
        lines.append(to.text("dispatch-approved", day=card.moment(at, to.lang), who=by))
    lines.append(to.text("dispatch-sum", sum=parcel.dispatch.sha256))
    kept = one.version.file
    return File(kept.name, parcel.content, KINDS[kept.kind], "\n".join(lines))


@rule(sends.ANSWERED, texts=TEXTS)
def answered(post: Post, due: Timer) -> None:
    """The outbox is done with the letter."""
    state, note = str(due.values["state"]), str(due.values.get("note", ""))
    dispatch = post.look(sends.by_id, _number(due))
    accepted = state == "sent"
    one = post.do("dispatched", protocols.answered, _number(due), accepted, note, post.now,
                  detail={"state": state})  # fmt: skip
    if dispatch is not None and dispatch.kind != "protocol":
        return _tell_sender(post, dispatch, accepted=accepted, note=note)
    if one is None or dispatch is None:
        return None
    post.cancel(due.subject, sends.SLOW)
    name = _said(state, note)

    def letter(to: Teller) -> Sequence[Reply]:
        values = {"day": card.day(one.meeting, to.lang), "address": dispatch.address}
        if accepted:
            return [Text(to.text(name, **values, time=card.clock(post.now, to.lang)))]
        more = {"answer": note or "–"} if name == "dispatch-failed" else {}
        button = to.button("dispatch-again", "dispatch-again", dispatch=dispatch.id)
        return [Text(to.text(name, **values, **more), (button,))]

    post.tell(post.look(protocols.responsible, one, post.today), letter)
    return None


def _said(state: str, note: str) -> str:
    if state == "sent":
        return "dispatch-done"
    if state == "unsure":
        return "dispatch-unsure"
    return "dispatch-no-mail" if note.startswith(NO_COURIER) else "dispatch-failed"


@rule(sends.SLOW, texts=TEXTS)
def slow(post: Post, due: Timer) -> None:
    parcel = post.look(protocols.parcel, _number(due))
    if parcel is None:
        return

    def letter(to: Teller) -> Sequence[Reply]:
        day = card.day(parcel.protocol.meeting, to.lang)
        return [Text(to.text("dispatch-slow", day=day, address=parcel.dispatch.address))]

    post.tell(post.look(protocols.responsible, parcel.protocol, post.today), letter)


def _stopped(post: Post, parcel: Parcel) -> None:
    """The bytes are not those that were approved: nothing leaves, and people are told."""
    post.do("dispatch-stopped", protocols.answered, parcel.dispatch.id, False, parcel.problem,
            post.now)  # fmt: skip

    def letter(to: Teller) -> Sequence[Reply]:
        day = card.day(parcel.protocol.meeting, to.lang)
        return [Text(to.text("dispatch-damaged", day=day, address=parcel.dispatch.address))]

    post.tell(post.look(protocols.responsible, parcel.protocol, post.today), letter)


def _number(due: Timer) -> int:
    return int(due.subject.split(":")[1])


@dialog("dispatch-again", changes=True, personal=True)
async def dispatch_again(talk: Talk) -> None:
    number = int(talk.heard.value["dispatch"])
    address = await talk.do(
        "dispatch-again", protocols.again, talk.person, number, talk.turn.at,
        subject=f"dispatch:{number}",
    )  # fmt: skip
    if not address:
        return await talk.say("dispatch-again-no")
    return await talk.say("dispatch-again-done", address=address)
