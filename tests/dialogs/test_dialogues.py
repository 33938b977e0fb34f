"""Dialogue days with several people and with time that passes, through the real engine."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, func, insert, select, update

from adapters.core import SetClock, make_engine
from bot.reply import File, Reply
from bot.testing import Chat
from bot.turn import Identity
from storage import dialogues
from storage.dialogues import guests
from storage.store import SqlStore
from storage.tables import (
    audit,
    dialogue,
    dialogue_session,
    identity,
    need,
    person,
    registration,
    seat,
    topic,
)
from tests.conftest import KEY, Talker
from tests.storage.dialogues.place import AT, Hall, make

HOME = ZoneInfo("Europe/Stockholm")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOME)


def said(replies: list[Reply] | tuple[Reply, ...]) -> str:
    return "\n".join(each.plain for each in replies)


async def one(store: SqlStore, statement) -> object:
    return await store.database.read(lambda c: c.execute(statement).scalar())


async def number(store: SqlStore, name: str) -> int:
    return int(await one(store, select(person.c.id).where(person.c.name == name)))  # type: ignore[arg-type]


def session_of(key: str, part: str):
    """The number of one session of a region's dialogue."""
    from storage.tables import region

    return (
        select(dialogue_session.c.id)
        .join(dialogue, dialogue.c.id == dialogue_session.c.dialogue_id)
        .join(region, region.c.id == dialogue.c.region_id)
        .where(region.c.key == key, dialogue_session.c.part == part)
    )


async def full(store: SqlStore, key: str, part: str) -> int:
    """Make a session full and give its number."""
    session = int(await one(store, session_of(key, part)))  # type: ignore[arg-type]
    await store.database.write(
        lambda c: c.execute(
            update(dialogue_session)
            .where(dialogue_session.c.id == session)
            .values(capacity=dialogue_session.c.taken)
        )
    )
    return session


async def registers(chat: Chat, words: str) -> str:
    await chat.say(words)
    return said(await chat.say("ja"))


async def got(reader: Chat, ran: Chat) -> str:
    """What one person was sent while another's chat let time pass."""
    mine = await reader.number()
    letters = [each.reply for each in ran.letters if each.person == mine]
    reader.replies.extend(letters)
    return said(letters)


async def wrote(*chats: Chat) -> None:
    """Everybody has a chat, so that they can be written to."""
    for each in chats:
        await each.say("hej")


async def test_a_freed_seat_goes_along_the_queue_over_both_platforms(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    """S13: offered at once, ends after 48 hours, then the next one on the other platform."""
    session = await full(store, "skaraborg", "em")
    asta, cilla = talker("Asta Fiktberg", "teams"), talker("Cilla Påhittström", "slack")
    await wrote(asta, cilla)
    assert "plats 1 i kön" in await registers(asta, "anmäl mig till dialogen, bara eftermiddagen")
    assert "plats 2 i kön" in await registers(cilla, "anmäl mig till dialogen, bara eftermiddagen")
    seated = await one(
        store,
        select(registration.c.person_id)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(seat.c.session_id == session, seat.c.state == "registered")
        .limit(1),
    )
    clock.at = at("2026-11-30 10:15")
    await store.database.write(lambda c: _cancels(c, int(seated), session, clock.at))  # type: ignore[arg-type]

    first = said(await asta.passes(at("2026-11-30 10:16")))
    assert "Svara senast onsdag 2 december 2026 kl. 10.15" in first
    assert await got(cilla, asta) == ""
    assert "gick ut" in said(await asta.passes(at("2026-12-02 10:16")))
    assert "Svara senast fredag 4 december 2026 kl. 10.15" in await got(cilla, asta)
    assert "anmäld eftermiddag 12.45–15.00" in said(await cilla.press("Ja tack"))
    assert "gäller inte längre" in said(await asta.press("Ja tack"))
    assert "inte anmäld" in said(await asta.say("är jag anmäld till dialogen?"))


def _cancels(c: Connection, who: int, session: int, moment: datetime) -> None:
    from storage.people import person_by_id

    found = person_by_id(c, who, moment.date())
    assert found is not None
    row = c.execute(
        select(dialogue_session.c.dialogue_id).where(dialogue_session.c.id == session)
    ).scalar_one()
    dialogues.cancel(c, found, row, moment, [session])


async def test_an_offer_is_answered_in_words(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    session = await full(store, "skaraborg", "em")
    asta, bo = talker("Asta Fiktberg", "teams"), talker("Bo Fiktivsson", "teams")
    await wrote(asta, bo)
    await registers(asta, "anmäl mig till dialogen, bara eftermiddagen")
    await registers(bo, "anmäl mig till dialogen, bara eftermiddagen")
    await _more(store, talker, session, 33)
    assert "En plats är ledig" in said(await asta.passes(at("2026-11-23 09:02")))
    await bo.passes(at("2026-11-23 09:03"))

    assert "anmäld eftermiddag" in said(await asta.say("ja tack jag tar platsen"))
    assert "Platsen går vidare" in said(await bo.say("nej tack"))
    assert await one(store, select(func.count()).where(seat.c.state == "waiting",
                                                       seat.c.session_id == session)) == 0  # fmt: skip


async def _more(store: SqlStore, talker: Talker, session: int, capacity: int) -> None:
    eva = talker("Eva Exempelqvist", "teams")
    await eva.say(f"ändra till {capacity} platser på eftermiddagen på dialogen")
    await eva.say("ja")
    del store, session


async def test_one_registration_for_one_person_on_two_platforms(
    talker: Talker, store: SqlStore
) -> None:
    """S17: registered in Slack, then the button in Teams."""
    slack, teams = talker("Nora Provén", "slack"), talker("Nora Provén", "teams")
    await registers(slack, "anmäl mig till dialogen, bara förmiddagen")
    await teams.say("när är dialogdagen?")

    shown = said(await teams.say("anmäl mig till dialogen"))

    assert "Du är redan anmäld (förmiddag" in shown
    assert "[Ändra] [Avanmäl]" in shown
    nora = await number(store, "Nora Provén")
    assert await one(store, select(func.count()).where(registration.c.person_id == nora)) == 1


async def test_the_last_seat_goes_to_one_of_two_who_press_at_the_same_moment(
    talker: Talker, store: SqlStore
) -> None:
    session = int(await one(store, session_of("skaraborg", "fm")))  # type: ignore[arg-type]
    await store.database.write(
        lambda c: c.execute(
            update(dialogue_session).where(dialogue_session.c.id == session).values(capacity=41)
        )
    )
    chats = [talker("Bo Fiktivsson", "teams"), talker("Cilla Påhittström", "slack"),
             talker("Asta Fiktberg", "slack"), talker("Dag Låtsasberg", "teams")]  # fmt: skip
    for each in chats:
        await each.say("anmäl mig till dialogen, bara förmiddagen")
        if "Vilken roll" in said(each.replies):
            await each.say("annat")

    shown = [said(each) for each in await asyncio.gather(*(each.say("ja") for each in chats))]

    assert sum("Plats 41 av 41" in each for each in shown) == 1
    assert sorted(part for each in shown for part in ("plats 1 i", "plats 2 i", "plats 3 i")
                  if part in each) == ["plats 1 i", "plats 2 i", "plats 3 i"]  # fmt: skip


async def test_the_calendar_file_holds_the_chosen_part_and_counts_up(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson", "teams")
    await chat.say("anmäl mig till dialogen, bara förmiddagen")
    first = _file(await chat.say("ja"))
    await chat.say("ändra min anmälan till bara eftermiddagen på dialogen")
    second = _file(await chat.say("ja"))

    assert "DTSTART;TZID=Europe/Stockholm:20270210T083000" in first
    assert first.count("BEGIN:VEVENT") == 1
    events = second.split("BEGIN:VEVENT")[1:]
    uids = [_line(each, "UID") for each in events]
    assert _line(first, "UID") in uids
    gone = events[uids.index(_line(first, "UID"))]
    assert "STATUS:CANCELLED" in gone
    assert int(_line(gone, "SEQUENCE")) > int(_line(first, "SEQUENCE"))
    assert "DTSTART;TZID=Europe/Stockholm:20270210T124500" in second


def _file(replies: object) -> str:
    file = next(each for each in replies if isinstance(each, File))  # type: ignore[attr-defined]
    return file.content.decode().replace("\r\n ", "")


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{name}:")).partition(":")[2]


async def test_a_colleague_is_told_and_may_decline(talker: Talker, store: SqlStore) -> None:
    bo, karin = talker("Bo Fiktivsson", "teams"), talker("Karin Demoberg, Vara", "teams")
    await wrote(karin)
    await bo.say("anmäl min kollega Karin Demoberg till dialogen, bara förmiddagen")
    if "Vilken roll" in said(bo.last.replies):
        await bo.say("annat")
    assert "Karin Demoberg får veta det" in said(await bo.say("ja"))

    assert "Bo Fiktivsson har anmält dig" in said(await karin.passes(at("2026-11-23 09:02")))
    assert "Borttaget" in said(await karin.press("Nej tack, ta bort mig"))
    assert "inte anmäld" in said(await karin.say("är jag anmäld till dialogen?"))
    assert "inte anmäld" in said(await bo.say("är jag anmäld till dialogen?"))


async def test_somebody_of_another_municipality_is_not_ones_own_to_register(
    talker: Talker,
) -> None:
    bo = talker("Bo Fiktivsson", "teams")

    shown = said(await bo.say("anmäl min kollega Asta Fiktberg till dialogen"))

    assert "Jag hittar ingen" in shown
    assert "i Vara" in shown


async def test_a_substitute_comes_with_their_own_yes(talker: Talker) -> None:
    bo, karin = talker("Bo Fiktivsson", "teams"), talker("Karin Demoberg, Vara", "teams")
    await wrote(bo, karin)
    await registers(bo, "anmäl mig till dialogen, bara förmiddagen")
    await bo.say("min kollega Karin Demoberg kommer i mitt ställe på dialogen")
    assert "Du står kvar" in said(await bo.say("ja"))
    assert "förmiddag" in said(await bo.say("är jag anmäld till dialogen?"))

    assert "Bo Fiktivsson undrar" in said(await karin.passes(at("2026-11-23 09:02")))
    assert "anmäld förmiddag" in said(await karin.press("Ja, jag kommer"))
    await karin.delivered()
    assert "Nej, du är inte anmäld" in said(await bo.say("är jag anmäld till dialogen?"))
    assert "gäller inte längre" in said(await karin.press("Ja, jag kommer"))


async def test_after_the_last_day_the_coordinator_is_asked(talker: Talker, clock: SetClock) -> None:
    bo, eva = talker("Bo Fiktivsson", "teams"), talker("Eva Exempelqvist", "teams")
    await wrote(bo, eva)
    clock.at = at("2027-01-28 08:00")
    await bo.passes(at("2027-01-28 08:01"))
    await bo.say("anmäl mig till dialogen, bara förmiddagen")
    assert "Jag har frågat samordnaren" in said(await bo.say("ja"))

    assert "Bo Fiktivsson (Vara) vill anmäla sig" in said(await eva.passes(at("2027-01-28 08:03")))
    assert "är släppt in" in said(await eva.press("Ja, släpp in"))
    assert "förmiddag 08.30–11.45" in said(await bo.say("är jag anmäld till dialogen?"))
    assert "redan besvarad" in said(await eva.press("Nej"))


async def test_reminders_go_to_the_missing_alone_and_stop_when_they_answer(
    talker: Talker, store: SqlStore
) -> None:
    ylva, eva = talker("Ylva Tänktlund", "web"), talker("Eva Exempelqvist", "teams")
    bo = talker("Bo Fiktivsson", "teams")
    await wrote(eva, bo)
    await eva.say("vilka kommuner har inte anmält nån?")
    await eva.press("Påminn deras kontaktpersoner")
    assert said(await bo.passes(at("2026-11-23 09:02"))) == ""

    await registers(ylva, "anmäl mig till dialogen, bara förmiddagen")

    assert "3 av 15: Essunga, Gullspång, Töreboda." in said(
        await eva.say("vilka kommuner har inte anmält nån?")
    )
    del store


async def test_needs_are_seen_by_the_coordinator_alone_and_forgotten_after_a_fortnight(
    talker: Talker, store: SqlStore
) -> None:
    bo, eva = talker("Bo Fiktivsson", "teams"), talker("Eva Exempelqvist", "teams")
    await bo.say("anmäl mig till dialogen, bara förmiddagen, halal")
    await bo.press("Lägg till ämne")
    await bo.say("Lärcenter-7Q")
    await bo.press("Anonymt")
    await bo.say("ja")

    listed = await eva.say("exportera anmälningarna till dialogen som csv")
    file = next(each for each in listed if isinstance(each, File))
    assert "halal" not in file.content.decode("utf-8-sig")
    assert "halal" in said(await eva.say("hur många vegetarianer är det till dialogen"))
    for name in ("Asta Fiktberg", "Olle Provdal", "Ida Skenlund"):
        other = talker(name, "web")
        assert "halal" not in said(await other.say("kost till köket på dialogen"))
    trail = await store.database.read(lambda c: str(c.execute(select(audit)).all()))
    assert "halal" not in trail
    assert "7Q" not in trail
    assert await one(store, select(topic.c.person_id).where(topic.c.text == "Lärcenter-7Q")) is None
    await eva.passes(at("2027-02-25 09:00"))
    skaraborg = select(func.count()).select_from(
        need.join(registration, registration.c.id == need.c.registration_id).join(
            dialogue, dialogue.c.id == registration.c.dialogue_id
        )
    )
    day = dialogue.c.starts == datetime(2027, 2, 10, 8, 30)
    assert await one(store, skaraborg.where(day)) == 0


async def test_a_file_for_a_spreadsheet_holds_no_formula(talker: Talker, store: SqlStore) -> None:
    evil = "=HYPERLINK(A1)"
    bo, eva = talker("Bo Fiktivsson", "teams"), talker("Eva Exempelqvist", "teams")
    await registers(bo, "anmäl mig till dialogen, bara förmiddagen")
    await store.database.write(
        lambda c: c.execute(
            update(person).where(person.c.name == "Bo Fiktivsson").values(name=evil)
        )
    )

    plain = next(iter(await eva.say("exportera anmälningarna till dialogen som csv")))
    book = next(iter(await eva.say("exportera anmälningarna till dialogen som excel")))

    assert isinstance(plain, File)
    assert isinstance(book, File)
    rows = list(csv.reader(io.StringIO(plain.content.decode("utf-8-sig")), delimiter=";"))
    assert ["'" + evil] in [row[:1] for row in rows]
    sheet = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert f"&apos;{evil}" in sheet or f"'{evil}" in sheet


@pytest.mark.parametrize("action", ["cancel-registration", "change-registration", "give-seat"])
async def test_a_button_of_another_regions_dialogue_does_nothing(
    talker: Talker, store: SqlStore, action: str
) -> None:
    """Even with a seal that is right: the press is authorised again in the database."""
    bo = talker("Bo Fiktivsson", "teams")
    foreign = await one(store, select(dialogue.c.id).where(dialogue.c.place.contains("Stockholm")))
    session = await one(store, session_of("stockholm", "fm"))

    shown = said(await _forged(bo, action, dialogue=foreign, session=session))

    assert "Jag hittar ingen sådan dialogdag" in shown


@pytest.mark.parametrize(
    ("action", "words"),
    [("answer-offer", "gäller inte längre"), ("answer-substitute", "gäller inte längre"),
     ("answer-late", "Jag hittar ingen")],
)  # fmt: skip
async def test_another_persons_buttons_do_nothing(
    talker: Talker, store: SqlStore, action: str, words: str
) -> None:
    offered = await one(store, select(seat.c.registration_id).where(seat.c.state == "offered"))

    shown = said(await _forged(talker("Bo Fiktivsson", "teams"), action, registration=offered,
                             answer="yes"))  # fmt: skip

    assert words in shown
    assert await one(store, select(func.count()).where(seat.c.state == "offered")) == 1


async def _forged(chat: Chat, action: str, **value: object):
    from bot.seal import Sealed
    from bot.turn import Pressed

    token = chat.engine.core.seal.close(chat.who.tenant, Sealed(action, value, None))
    return await chat._turn(Pressed(token))


async def test_a_changed_byte_in_a_button_is_no_press(talker: Talker) -> None:
    from bot.turn import Pressed

    chat = talker("Bo Fiktivsson", "teams")
    await chat.say("när är dialogdagen?")
    token = chat.button("Anmäl").token

    shown = said(await chat._turn(Pressed(token[:-1] + ("A" if token[-1] != "A" else "B"))))

    assert "gäller inte längre" in shown


async def test_a_stale_card_says_what_is_true_now(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson", "teams")
    await chat.say("när är dialogdagen?")
    stale = chat.button("Anmäl").token
    await registers(chat, "anmäl mig till dialogen, hela dagen")
    from bot.turn import Pressed

    assert "Du är redan anmäld (hela dagen" in said(await chat._turn(Pressed(stale)))


async def test_a_cancelled_day_is_told_to_everybody_and_taken_out_of_calendars(
    talker: Talker, clock: SetClock
) -> None:
    bo, eva = talker("Bo Fiktivsson", "teams"), talker("Eva Exempelqvist", "teams")
    await wrote(bo)
    await registers(bo, "anmäl mig till dialogen, bara förmiddagen")
    await eva.say("ställ in dialogen")
    assert "personer får veta det" in said(await eva.say("ja"))

    got = await bo.passes(at("2026-11-23 09:02"))

    assert "är inställd" in said(got)
    assert "STATUS:CANCELLED" in _file(got)
    assert "inställd" in said(await bo.say("anmäl mig till dialogen")).casefold()
    del clock


async def test_a_guest_with_an_account_sees_no_dialogue_without_an_invitation(
    talker: Talker,
) -> None:
    pia = talker("Pia Attrappsson", "teams")

    assert "ingen kommande dialogdag" in said(await pia.say("när är dialogdagen?"))
    assert "ingen kommande dialogdag" in said(await pia.say("anmäl mig till dialogen"))


async def test_the_same_press_twice_on_two_platforms_at_once_is_one_registration(
    talker: Talker, store: SqlStore
) -> None:
    chats = [talker("Nora Provén", "slack"), talker("Nora Provén", "teams")]
    for each in chats:
        await each.say("anmäl mig till dialogen, bara förmiddagen")

    await asyncio.gather(*(each.say("ja") for each in chats))

    nora = await number(store, "Nora Provén")
    mine = select(func.count()).select_from(
        seat.join(registration, registration.c.id == seat.c.registration_id)
    )
    assert await one(store, mine.where(registration.c.person_id == nora)) == 1
    assert await one(store, select(identity.c.platform).where(identity.c.person_id == nora))


async def test_last_years_dialogue_is_copied_to_a_new_day(talker: Talker) -> None:
    eva = talker("Eva Exempelqvist", "teams")
    await eva.say("när är dialogdagen?")
    await eva.press("Sköt dialogen")
    await eva.press("Kopiera till ny dag")
    await eva.press("Kopiera till ny dag")

    shown = said(await eva.say("9 februari 2028"))

    assert "UTKAST" in shown
    assert "onsdag 9 februari 2028" in shown
    assert "08.30–11.45, 0 av 60" in shown


async def test_an_invitation_is_a_mail_with_a_link_of_the_guests_own(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    """S18: invited in chat, the link comes by mail, unconfirmed it is gone after seven days."""
    eva = talker("Eva Exempelqvist", "teams")
    await eva.say("bjud in tora@foretag.example till dialogen")
    await eva.say("Tora Provgäst")
    assert "Inbjudan går till tora@foretag.example" in said(await eva.say("ja"))

    await eva.passes(at("2026-11-23 09:02"))
    mail = next(each for each in eva.letters if each.where.platform == "mail")
    assert mail.where.conversation == "tora@foretag.example"
    assert "Hej Tora Provgäst!" in mail.reply.plain
    link = next(each.url for each in mail.reply.buttons if each.url)
    assert link.startswith("http://localhost:3978/guest/")
    secret = link.rpartition("/")[2]
    found = await store.database.read(lambda c: guests.invitation_of(c, secret, clock.at))
    assert found is not None
    assert found.who.name == "Tora Provgäst"

    await eva.passes(at("2026-11-30 09:05"))
    assert await store.database.read(lambda c: guests.invitation_of(c, secret, clock.at)) is None
    mailed = person.c.email == "tora@foretag.example"
    assert await one(store, select(func.count()).select_from(person).where(mailed)) == 0


async def test_a_forwarded_invitation_is_the_coordinators_to_widen(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    eva = talker("Eva Exempelqvist", "teams")
    await wrote(eva)
    await eva.say("bjud in pia@af.example till dialogen")
    await eva.say("ja")
    await eva.passes(at("2026-11-23 09:02"))
    mail = next(each for each in eva.letters if each.where.platform == "mail")
    secret = next(each.url for each in mail.reply.buttons if each.url).rpartition("/")[2]
    await store.database.write(
        lambda c: guests.ask(c, secret, "Ulf Påhitt", "ulf@x.example", clock.at)
    )

    assert "Ulf Påhitt (ulf@x.example)" in said(await eva.passes(at("2026-11-23 09:04")))
    assert "egen inbjudan" in said(await eva.press("Bjud in"))
    await eva.passes(at("2026-11-23 09:06"))
    assert "ulf@x.example" in [each.where.conversation for each in eva.letters]


async def test_a_dialogue_of_two_days_has_its_parts_on_each(talker: Talker) -> None:
    eva, bo = talker("Eva Exempelqvist", "teams"), talker("Bo Fiktivsson", "teams")
    await eva.say("skapa dialogdag 10–11 mars 2027")
    await eva.say("bara förmiddag")
    await eva.say("Portalen, Skövde")
    assert "onsdag 10 mars 2027, torsdag 11 mars 2027" in said(await eva.say("30"))
    await eva.say("ja")
    await eva.press("Öppna anmälan")
    await eva.say("ja")

    shown = said(await bo.say("anmäl mig till dialogen i mars 2027"))
    assert "[Förmiddag onsdag 10 mars 2027] [Förmiddag torsdag 11 mars 2027]" in shown
    await bo.press("Förmiddag torsdag 11 mars 2027")
    await bo.say("rektor")
    assert "Plats 1 av 30" in said(await bo.say("ja"))
    assert "torsdag 11 mars" in said(await bo.say("är jag anmäld till dialogen i mars 2027?"))


async def test_less_than_a_day_before_the_coordinator_gives_the_seat(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    session = await full(store, "skaraborg", "em")
    asta, eva = talker("Asta Fiktberg", "teams"), talker("Eva Exempelqvist", "teams")
    await wrote(asta, eva)
    await registers(asta, "anmäl mig till dialogen, bara eftermiddagen")
    clock.at = at("2027-02-09 13:00")
    await eva.passes(at("2027-02-09 13:01"))
    seated = await one(
        store,
        select(registration.c.person_id)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(seat.c.session_id == session, seat.c.state == "registered")
        .limit(1),
    )
    await store.database.write(lambda c: _cancels(c, int(seated), session, clock.at))  # type: ignore[arg-type]

    asked = said(await eva.passes(at("2027-02-09 13:03")))

    assert "mindre än ett dygn kvar" in asked
    assert "Asta Fiktberg" in asked
    await eva.press("Ge platsen till den första i kön")
    await eva.delivered()
    assert "Du har fått en plats på eftermiddagen" in await got(asta, eva)
    assert "Ingen står i kö" in said(await eva.press("Ge platsen till den första i kön"))


async def test_fifty_press_for_one_seat_from_both_platforms(
    store: SqlStore, clock: SetClock
) -> None:
    """S14: one is seated, 49 get distinct places, and nobody sees an error."""
    hall = await store.database.write(lambda c: make(c, 50, 1))
    await store.database.write(lambda c: _accounts(c, hall))
    engine = make_engine(store, (KEY,))
    chats = [Chat(engine, clock, _who(each.id)) for each in hall.people]
    for each in chats:
        await each.say("anmäl mig till dialogen, bara förmiddagen")

    texts = [said(each) for each in await asyncio.gather(*(c.press("Bekräfta") for c in chats))]

    assert sum("Plats 1 av 1 " in each for each in texts) == 1
    places = [each.partition("plats ")[2].partition(" ")[0] for each in texts if " i kön" in each]
    assert sorted(map(int, places)) == list(range(1, 50))


def _who(who: int) -> Identity:
    platform = "slack" if who % 2 else "teams"
    return Identity(platform, "fifty", f"u{who}", f"P{who}", "sv-SE")  # type: ignore[arg-type]


def _accounts(c: Connection, hall: Hall) -> None:
    c.execute(
        insert(identity),
        [{"person_id": each.id, "platform": _who(each.id).platform, "tenant": "fifty",
          "user": f"u{each.id}", "confirmed_at": AT} for each in hall.people],
    )  # fmt: skip


async def test_everybody_is_ticked_off_but_those_who_were_not_there(
    talker: Talker, store: SqlStore, clock: SetClock
) -> None:
    bo, eva = talker("Bo Fiktivsson", "teams"), talker("Eva Exempelqvist", "teams")
    await registers(bo, "anmäl mig till dialogen, bara förmiddagen")
    clock.at = at("2027-02-10 09:00")
    code = await one(store, select(dialogue.c.code).where(dialogue.c.place == "Portalen, Skövde"))
    await bo.say("när är dialogdagen?")
    await bo.press("Jag är här")
    assert "stämmer inte" in said(await bo.say("fel"))
    await bo.press("Jag är här")
    assert "avbockad på förmiddagen" in said(await bo.say(str(code)))

    await eva.say("visa anmälningarna till dialogen")
    await eva.press("Närvaro")
    await eva.press("Förmiddag 08.30–11.45")
    assert "40 närvarande och 1 frånvarande" in said(await eva.say("Clara Attrappander"))
    assert "40 närvarande" in said(await eva.say("ja"))
