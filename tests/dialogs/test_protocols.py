"""Minutes over weeks: handed in, remarked on, replaced, approved, late, confirmed; S30 to S36."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.reply import File
from bot.testing import Chat
from bot.turn import ConversationReference, Said, Turn
from storage.people import named
from storage.store import SqlStore
from tests.conftest import Talker
from tests.dialogs.talking import Known, at, attach, press, say
from tests.storage.documents import made

TEXT = (
    "§ 1 Öppnande", "Ordföranden hälsar välkommen.", "§ 4 Språkpolicy",
    "Beslut: Nätverket inför en gemensam språkpolicy.",
    "Åtgärd: Vara bokar lokal senast den 29 januari 2027.",
)  # fmt: skip


async def to(chat: Chat, store: SqlStore, name: str) -> list[str]:
    """What has left for a person, whoever's turn it was."""
    (number,) = await store.database.read(lambda c: named(c, name))
    return [each.reply.plain for each in chat.letters if each.person == number]


async def about(chat: Chat, until: str, words: str = "rotokollet från") -> list[str]:
    return [each.plain for each in await chat.passes(at(until)) if words in each.plain]


async def test_s30_to_s35_from_the_file_to_the_mailbox(known: Known, store: SqlStore) -> None:
    dag, asta = await known("Dag Låtsasberg"), await known("Asta Fiktberg", "slack")
    await dag.passes(at("2026-12-14 09:00"))
    data, third = made.pdf("Protokoll 10 december 2026"), made.docx(*TEXT)

    asked = await attach(dag, "protokoll_10dec.pdf", data, "här kommer protokollet")
    assert "Gäller det mötet torsdag 10 december 2026" in asked
    assert "kB, PDF" in asked
    assert "[Ja, skicka för justering] [Annat möte] [Bara spara utkast]" in asked
    assert await say(dag, "ja") == (
        "Skickat till Asta Fiktberg för justering, senast måndag 21 december 2026. "
        "Jag skickar protokollet till nätverkets brevlåda när det är justerat."
    )
    letter = dag.letters[-1].reply
    assert isinstance(letter, File)
    assert letter.content == data
    bo = await known("Bo Fiktivsson")
    hidden = await say(bo, "visa protokollet från den 10 december")
    assert "är inte justerat ännu" in hidden

    refused = await attach(dag, "budget.xlsx", made.named("budget.xlsx"), "här är protokollet")
    assert "budget.xlsx är en Excelfil" in refused
    assert "Ska den ersätta version 1" in await attach(
        dag,
        "protokoll_v2.pdf",
        made.pdf("Version 2", "10 december 2026"),
        "oj fel version nyss, ersätt",
    )
    assert "Nu gäller version 2" in await press(dag, "Ersätt")
    assert "ny version" in (await to(dag, store, "Asta Fiktberg"))[-1]

    await asta.passes(at("2026-12-15 13:30"))
    which = await say(asta, '§4 ska det stå "föreslår" inte "beslutar"')
    assert "Vilket protokoll menar du?" in which  # November's waits too
    said = await say(asta, "torsdag 10 december 2026")
    assert "Protokollet från torsdag 10 december 2026 är inte justerat" in said
    assert "anmärkning" in (await to(asta, store, "Dag Låtsasberg"))[-1]
    assert "Ska den ersätta version 2" in await attach(dag, "v3.docx", third, "protokollet från den 10 december")  # fmt: skip
    await press(dag, "Ersätt")
    asta.replies += [each.reply for each in dag.letters[-1:]]

    asta.clock.at = at("2026-12-15 14:00")
    done = await press(asta, "Justera")
    assert done == (
        "Justerat tisdag 15 december 2026 av Asta Fiktberg. Jag skickar det till "
        "utbildning@skaraborg.example och säger till när e-postservern har tagit emot det."
    )
    told = (await to(asta, store, "Dag Låtsasberg"))[-1]
    assert "Jag hittade ett beslut och en åtgärdspunkt i texten" in told
    await asta.passes(at("2026-12-15 14:02"))
    (mail,) = [each for each in asta.letters if each.where.platform == "mail"]
    assert mail.where.conversation == "utbildning@skaraborg.example"
    assert isinstance(mail.reply, File)
    assert mail.reply.content == third
    assert "Justerat tisdag 15 december 2026 av Asta Fiktberg" in mail.reply.text
    assert "är justerat" in await say(bo, "visa protokollet från den 10 december")


async def test_nobody_approves_their_own(known: Known) -> None:
    jonas = await known("Jonas Attrapp")

    assert "väntar på justering av Asta Fiktberg" in await say(jonas, "justera protokollet")


async def test_an_old_card_does_not_approve_a_newer_version(known: Known, store: SqlStore) -> None:
    asta, jonas = await known("Asta Fiktberg"), await known("Jonas Attrapp")
    await say(asta, "visa protokollet från den 12 november")
    await attach(jonas, "protokoll_12nov.pdf", made.pdf("Ny version"), "här kommer protokollet")
    await press(jonas, "Ersätt")

    assert "nyare version" in await press(asta, "Justera")


async def test_the_secretary_confirms_what_the_text_seems_to_say(
    known: Known, store: SqlStore
) -> None:
    asta, jonas = await known("Asta Fiktberg"), await known("Jonas Attrapp")
    await say(asta, "justera")
    jonas.replies += [each.reply for each in asta.letters if each.person is not None]

    listed = await press(jonas, "Gå igenom")
    assert "1. § 2 Nätverket följer siffrorna varje kvartal." in listed
    assert "3. Jonas Attrapp skriver förslaget" in listed
    assert "Vilka ska bort?" in await press(jonas, "Något är fel")
    assert "Skriv ett eller flera av numren 1–3" in await say(jonas, "den sista")
    assert "Sparat: ett beslut och en åtgärdspunkt" in await say(jonas, "1")
    assert "språkombud" in await say(jonas, "vad beslutade vi om språkombud?")
    coming = await about(jonas, "2027-01-08 09:00", "åtgärdspunkt")
    assert len(coming) == 1
    assert "senast fredag 15 januari 2027" in coming[0]
    assert "Då är den här klar" in await press(jonas, "Klar")
    assert await about(jonas, "2027-01-20 09:00", "åtgärdspunkt") == []


async def test_s31_a_file_in_a_teams_channel_is_asked_for_in_private(
    talker: Talker, store: SqlStore
) -> None:
    dag = talker("Dag Låtsasberg", "teams", "channel")
    dag.clock.at = at("2026-12-14 09:00")
    where = ConversationReference(
        "teams", dag.who.tenant, "19:x@thread.tacv2", "channel",
        extra={"private": "https://teams.microsoft.com/l/chat/0/0?users=28:bot"},
    )  # fmt: skip
    turn = Turn("t1", Said("här är protokollet"), dag.who, where, dag.clock.at)
    await store.receive(turn)

    outcome = await dag.engine.handle(turn)

    (reply,) = outcome.replies
    assert "Jag kan inte läsa filer i Teams-kanaler" in reply.plain
    assert "torsdag 10 december 2026" in reply.plain
    assert [each.url for each in reply.buttons] == [where.extra["private"]]


async def test_s31_in_slack_the_file_is_taken_and_the_channel_is_warned(talker: Talker) -> None:
    jonas = talker("Jonas Attrapp", "web", "channel")

    replies = await jonas.attach("protokoll_12nov.pdf", made.pdf("x"), "här är protokollet")

    assert "Alla som är med i den här kanalen kan läsa filen" in replies[0].plain
    assert "Ska den ersätta version 1" in replies[1].plain


async def test_s36_a_late_protocol(known: Known, store: SqlStore) -> None:
    dag = await known("Dag Låtsasberg")
    await known("Asta Fiktberg")
    words = "torsdag 10 december 2026"

    assert len(await about(dag, "2026-12-17 09:00", words)) == 1
    assert await about(dag, "2026-12-27 23:59", words) == []  # nothing on the holidays
    assert [
        t for t in await to(dag, store, "Asta Fiktberg") if words in t and "rotokoll" in t
    ] == []
    monday = await about(dag, "2026-12-28 09:00", words)
    assert len(monday) == 1
    assert "Du är sekreterare" in monday[0]
    chair = [t for t in await to(dag, store, "Asta Fiktberg") if words in t and "rotokoll" in t]
    assert len(chair) == 1
    assert "efter 14 dagar" in chair[0]
    assert await about(dag, "2027-01-20 09:00", words) == []


async def test_s36_after_an_outage_it_is_one_message(known: Known, store: SqlStore) -> None:
    dag = await known("Dag Låtsasberg")
    await known("Asta Fiktberg")
    dag.clock.at = at("2026-12-30 10:00")  # nothing ran since November

    sent = await about(dag, "2026-12-30 10:05", "torsdag 10 december 2026")

    assert len([each for each in sent if "Du är sekreterare" in each]) == 1


async def test_what_has_come_in_is_not_asked_for(known: Known) -> None:
    dag = await known("Dag Låtsasberg")
    await dag.passes(at("2026-12-14 09:00"))
    await attach(dag, "protokoll_10dec.pdf", made.pdf("x"), "här kommer protokollet")
    await say(dag, "ja")

    assert await about(dag, "2026-12-30 09:00", "Du är sekreterare") == []


async def test_an_approval_that_does_not_come_is_asked_for_once(known: Known) -> None:
    asta = await known("Asta Fiktberg")

    jonas = await known("Jonas Attrapp")
    await attach(jonas, "protokoll_12nov.pdf", made.pdf("Ny version"), "här kommer protokollet")
    await press(jonas, "Ersätt")
    asked = await about(asta, "2026-12-20 09:00", "väntar på din justering")
    assert len(asked) == 1


async def test_the_swapped_host_is_chased(known: Known, store: SqlStore) -> None:
    bo, karin = await known("Bo Fiktivsson"), await known("Karin Demoberg, Tibro")
    await bo.passes(at("2027-10-14 13:00"))
    late = await about(bo, "2027-10-21 09:00", "torsdag 14 oktober 2027")

    assert len([each for each in late if "Du är sekreterare" in each]) == 1
    assert await about(karin, "2027-10-21 09:05", "torsdag 14 oktober 2027") == []


async def test_the_record_of_an_approval_can_be_had(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await say(asta, "visa protokollet från oktober")

    (record,) = await asta.press("Hämta justeringsuppgifter")

    assert isinstance(record, File)
    text = record.content.decode()
    assert "Version 1: protokoll-2026-10-15.docx" in text
    assert "Justerad torsdag 22 oktober 2026" in text
    assert "utbildning@skaraborg.example. Svar: 250" in text
    assert text.count("SHA-256: ") == 2


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [("protokoll.pdf", b"", "är tom"),
     ("protokoll.pdf.exe", b"MZ\x90\x00", "program"),
     ("protokoll.pdf", b"MZ\x90\x00", "ett program"),
     ("protokoll.pdf", made.encrypted_pdf("x", password="hemligt"), "lösenord"),
     ("protokoll.txt", "§ 1 Öppnande".encode(), "PDF, DOCX eller ODT"),
     ("protokoll.xlsx", made.named("a.xlsx"), "Excelfil")],
)  # fmt: skip
async def test_what_cannot_be_minutes_is_refused_with_a_plain_reason(
    known: Known, store: SqlStore, name: str, data: bytes, expected: str
) -> None:
    jonas = await known("Jonas Attrapp")

    said = await attach(jonas, name, data, "här kommer protokollet")

    assert expected in said
    assert "version 1" in await attach(jonas, "protokoll_12nov.pdf", made.pdf("x"), "protokollet")


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "C:\\x.pdf", "a\r\nBcc: x@y.example.pdf"])  # fmt: skip
async def test_a_hostile_name_is_only_a_name(known: Known, name: str) -> None:
    jonas = await known("Jonas Attrapp")
    await attach(jonas, name, made.pdf("12 november 2026"), "här kommer protokollet")
    await press(jonas, "Ersätt")

    letter = jonas.letters[-1].reply

    assert isinstance(letter, File)
    assert not set(letter.name) & set("/\\\r\n:")


async def test_somebody_without_networks_is_told_so(known: Known) -> None:
    hassan = await known("Hassan Modellgren")

    said = await attach(hassan, "protokoll.pdf", made.pdf("x"), "här kommer protokollet")

    assert "Jag hittar inget möte som protokoll.pdf kan höra till" in said


async def test_everything_of_a_meeting_is_one_archive(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await say(asta, "visa protokollet från oktober")

    (archive,) = await asta.press("Hämta allt från mötet")

    assert isinstance(archive, File)
    with zipfile.ZipFile(io.BytesIO(archive.content)) as package:
        assert package.namelist() == [
            "1-kallelse.txt", "2-protokoll.docx", "3-justering.txt", "4-beslut.txt",
        ]  # fmt: skip
        assert "Valideringsstödet" in package.read("1-kallelse.txt").decode()
        assert "§ 4 Nätverket startar KomX" in package.read("4-beslut.txt").decode()


async def test_a_member_gets_no_archive(known: Known) -> None:
    cilla = await known("Cilla Påhittström")

    replies = await cilla.say("visa nätverkets protokoll från oktober")

    assert [each.label for reply in replies for each in reply.buttons] == []


async def test_whoever_leads_decides_how_minutes_are_approved(known: Known) -> None:
    asta, jonas = await known("Asta Fiktberg"), await known("Jonas Attrapp")
    await say(asta, "visa protokollet från oktober")

    assert "Vem ska justera protokollen?" in await press(asta, "Ändra hur protokoll justeras")
    assert "Hur många dagar" in await press(asta, "Presidiet")
    assert "högst 60" in await say(asta, "90")
    assert "presidiet inom 14 dagar" in await say(asta, "14")

    await attach(jonas, "protokoll_12nov.pdf", made.pdf("x"), "här kommer protokollet")
    sent = await press(jonas, "Ersätt")
    assert "senast måndag 7 december 2026" in sent


async def test_a_group_may_do_without_approval(known: Known) -> None:
    asta, jonas = await known("Asta Fiktberg"), await known("Jonas Attrapp")
    await say(asta, "visa protokollet från oktober")
    await press(asta, "Ändra hur protokoll justeras")
    await press(asta, "Ingen, de skickas direkt")
    assert "justerar inte sina protokoll" in await say(asta, "7")

    await attach(jonas, "protokoll_12nov.pdf", made.pdf("x"), "här kommer protokollet")

    assert "skickar det nu till brevlådan" in await press(jonas, "Ersätt")
