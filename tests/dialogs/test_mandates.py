"""Mandates over months: the ladder, snoozing, handing in, returning; S39 to S41."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update

from adapters.core import SetClock
from bot.reply import File
from bot.testing import Chat
from storage.people import named
from storage.store import SqlStore
from storage.tables import person, role
from tests.dialogs.talking import Known, at, attach, press, say
from tests.storage.documents import made

HOME = ZoneInfo("Europe/Stockholm")
SPRAK = "Gemensam struktur för yrkesutbildningar med språkstöd"
BUTTONS = "[Lämna rapport] [Påminn mig om 1 vecka] [Behöver hjälp] [Redan lämnad]"


async def number(store: SqlStore, name: str) -> int:
    return (await store.database.read(lambda c: named(c, name)))[0]


async def letters(chat: Chat, store: SqlStore, name: str) -> list[str]:
    who = await number(store, name)
    return [each.reply.plain for each in chat.letters if each.person == who]


async def about(chat: Chat, until: str, words: str = SPRAK) -> list[str]:
    """What this person is sent until then that is about one mandate."""
    return [each.plain for each in await chat.passes(at(until)) if words in each.plain]


async def test_s39_the_ladder(known: Known, store: SqlStore) -> None:
    asta = await known("Asta Fiktberg")

    assert await about(asta, "2027-02-28 23:59") == []
    digest = await about(asta, "2027-03-01 09:00")
    assert len(digest) == 1
    assert digest[0].startswith("Om ungefär tre månader ska det här lämnas:")
    assert f"Delrapporten för {SPRAK} (mål 2 och 3): i maj 2027, senast måndag 31 maj." in digest[0]
    assert "Regional samverkan utifrån Lärcenter-tanken" in digest[0]  # one message for both

    assert await about(asta, "2027-05-03 07:59") == []
    assert await about(asta, "2027-05-03 09:00") == [
        f"Delrapporten för {SPRAK} (mål 2 och 3) ska lämnas i maj 2027, senast måndag 31 maj.\n{BUTTONS}"
    ]
    assert len(await about(asta, "2027-05-24 09:00")) == 1
    last = await about(asta, "2027-05-31 09:00")
    assert len(last) == 1
    assert last[0].startswith("I dag är sista dagen")
    assert (
        "Är den inte inlämnad måndag 7 juni får presidiet veta det: Lena Modellson, Jonas Attrapp."
        in last[0]
    )
    assert [x for x in await letters(asta, store, "Lena Modellson") if SPRAK in x] == []

    late = await about(asta, "2027-06-07 09:00")
    assert len(late) == 1
    assert "Presidiet får en kopia av det här" in late[0]
    assert "Är den inte inlämnad måndag 14 juni får Farid Testmark veta det." in late[0]
    copies = [x for x in await letters(asta, store, "Lena Modellson") if SPRAK in x]
    assert copies == [
        f"Delrapporten för {SPRAK} är sen: den skulle ha lämnats i maj 2027, senast måndag 31 maj. "
        "Ansvarig: Nätverket Vuxenutbildning Skaraborg (Asta Fiktberg)."
    ]
    assert [x for x in await letters(asta, store, "Farid Testmark") if SPRAK in x] == []

    assert len(await about(asta, "2027-06-14 09:00")) == 1
    assert len([x for x in await letters(asta, store, "Farid Testmark") if SPRAK in x]) == 1
    assert await about(asta, "2027-09-30 09:00", f"Delrapporten för {SPRAK}") == []


async def test_after_a_downtime_each_rung_comes_once(known: Known, clock: SetClock) -> None:
    asta = await known("Asta Fiktberg")
    clock.at = at("2027-05-26 10:00")  # nothing ran until then

    first = await about(asta, "2027-05-26 10:01", f"Delrapporten för {SPRAK}")
    assert len(first) == 1
    assert len(await about(asta, "2027-05-31 12:00", f"Delrapporten för {SPRAK}")) == 1


async def test_a_late_start_never_goes_over_the_chairs_head(
    known: Known, clock: SetClock, store: SqlStore
) -> None:
    asta = await known("Asta Fiktberg")
    clock.at = at("2027-09-06 10:00")

    mine = await about(asta, "2027-09-06 10:01", f"Delrapporten för {SPRAK}")
    assert len(mine) == 1
    assert "måndag 13 september får presidiet veta" in mine[0]
    assert [x for x in await letters(asta, store, "Lena Modellson") if SPRAK in x] == []


async def test_s40_a_reminder_that_is_moved(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-03 09:00"))

    assert await say(asta, "påminn mig på fredag") == (
        "Jag påminner dig om delrapporten för språkstöd fredag 7 maj kl. 08.00. Sista dag är fortfarande måndag 31 maj."
    )
    assert await say(asta, "nej ta nästa tisdag i stället") == (
        "Ändrat till tisdag 11 maj kl. 08.00. Sista dag är fortfarande måndag 31 maj."
    )
    assert [x for x in await about(asta, "2027-05-10 12:00") if "bad mig" in x] == []
    again = [x for x in await about(asta, "2027-05-11 09:00") if "bad mig" in x]
    assert len(again) == 1
    assert again[0].endswith(BUTTONS)
    assert len(await about(asta, "2027-05-24 09:00", f"Delrapporten för {SPRAK}")) == 1


async def test_a_week_later_by_button_then_changed_in_words(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-03 09:00"))

    assert "måndag 10 maj kl. 08.00" in await press(asta, "Påminn mig om 1 vecka")
    assert "torsdag 6 maj kl. 08.00" in await say(asta, "nej, på torsdag i stället")


async def test_a_reminder_does_not_pass_the_last_day_silently(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-31 09:00"))

    asked = await say(asta, "påminn mig på fredag")
    assert asked == (
        "Då är det efter sista dag, som är måndag 31 maj. Ska jag ändå påminna dig fredag 4 juni?\n[Ja] [Nej]"
    )
    assert await say(asta, "nej") == "Då påminner jag som vanligt."


async def test_my_reminders_tell_of_the_pings_to_come(known: Known) -> None:
    asta = await known("Asta Fiktberg")

    said = await say(asta, "mina påminnelser")
    assert "Rapporter som du ansvarar för" in said
    assert "• måndag 1 mars 2027: språkstöd (delrapport, maj 2027)" in said

    await asta.passes(at("2027-05-03 09:00"))
    await press(asta, "Redan lämnad")  # the newest ping is that of Lärcenter
    said = await say(asta, "mina påminnelser")
    assert "• måndag 24 maj 2027: språkstöd (delrapport, maj 2027)" in said
    assert "Lärcenter (delrapport" not in said


async def test_another_reminder_is_not_taken_for_the_ping(known: Known) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-03 09:00"))

    assert "Sista dag" not in await say(asta, "påminn mig på fredag om att köpa kaffe")


async def test_s41_handed_in_returned_handed_in_acknowledged(known: Known, store: SqlStore) -> None:
    asta, farid = await known("Asta Fiktberg"), await known("Farid Testmark")
    await asta.passes(at("2027-05-20 10:00"))
    data = made.docx("Delrapport om språkstöd", "Vi har börjat.")

    assert await attach(asta, "delrapport_sprakstod.docx", data, "delrapport") == (
        "För vilket uppdrag?\n[språkstöd (delrapport, maj 2027)] [Lärcenter (delrapport, maj 2027)] "
        "[KomX (delrapport, juni 2027)]"
    )
    assert await say(asta, "1") == "Inlämnad 20 maj 2027. Farid Testmark får den för kvittens."
    got = [
        each.reply for each in asta.letters if each.person == await number(store, "Farid Testmark")
    ]
    assert "Asta Fiktberg har lämnat in delrapporten" in got[-2].plain
    assert isinstance(got[-1], File)
    assert got[-1].content == data
    assert await about(asta, "2027-05-25 10:00", f"Delrapporten för {SPRAK}") == []  # silence

    assert await say(farid, "tack, men komplettera med kostnader") == (
        "Åter till Asta Fiktberg med frågan: delrapporten för språkstöd är inte kvitterad."
    )
    assert (
        "”tack, men komplettera med kostnader”"
        in (await letters(farid, store, "Asta Fiktberg"))[-1]
    )
    assert len(await about(asta, "2027-05-31 10:00", f"Delrapporten för {SPRAK}")) == 1  # again

    await say(asta, "delrapporten för språkstöd är klar")
    await press(asta, "Lämna in")
    assert await attach(asta, "delrapport2.docx", made.docx("Med kostnader")) == (
        "Inlämnad 31 maj 2027. Farid Testmark får den för kvittens."
    )
    assert await say(farid, "godkänd, ser bra ut") == (
        "Kvitterad: delrapporten för språkstöd. Asta Fiktberg får veta."
    )
    status = await say(asta, "hur går det med språkstödsuppdraget?")
    assert "kvitterad" in status
    assert "Farid Testmark skickade tillbaka delrapporten" in status
    assert "[Öppna delrapport_sprakstod.docx] [Öppna delrapport2.docx]" in status
    assert (await asta.press("Öppna delrapport2.docx"))[
        0
    ].plain == "delrapport2.docx\ndelrapport2.docx"


async def test_already_handed_in_ends_the_pings(known: Known, store: SqlStore) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-03 07:30"))
    await asta.passes(at("2027-05-03 09:00"))

    said = await press(asta, "Redan lämnad")

    assert said == "Inlämnad 3 maj 2027. Farid Testmark får den för kvittens."
    assert len(await about(asta, "2027-12-01 10:00", "Delrapporten")) < 20


async def test_who_needs_help_is_heard(known: Known, store: SqlStore) -> None:
    asta = await known("Asta Fiktberg")
    await asta.passes(at("2027-05-03 09:00"))

    asked = await press(asta, "Behöver hjälp")
    assert "Lena Modellson, Jonas Attrapp, Farid Testmark" in asked
    said = await say(asta, "vi saknar siffror från två kommuner")
    assert (
        said
        == "Jag har bett Lena Modellson, Jonas Attrapp, Farid Testmark att höra av sig till dig."
    )
    assert (
        "vi saknar siffror från två kommuner" in (await letters(asta, store, "Lena Modellson"))[-1]
    )


async def test_a_month_is_chosen_for_loose_words(known: Known) -> None:
    ida = await known("Ida Skenlund", "slack")
    await say(ida, "status för kartläggningen av kvalitetsuppföljning")

    assert "efter sommaren" in await press(ida, "Välj månad att bevaka")
    assert await say(ida, "september 2027") == (
        "Jag bevakar september 2027 för kvalitetsuppföljning. ”efter sommaren” står kvar som det sades."
    )
    due = await about(ida, "2027-09-01 09:00", "”efter sommaren”")
    assert due
    assert "senast torsdag 30 september 2027" in due[-1]


async def test_more_time_moves_the_pings(known: Known, store: SqlStore) -> None:
    asta, farid = await known("Asta Fiktberg"), await known("Farid Testmark")
    await asta.passes(at("2027-05-04 09:00"))
    await say(asta, "vi behöver mer tid för delrapporten om språkstöd, till september 2027")
    await say(asta, "hoppa över")
    await press(asta, "Be om mer tid")
    await farid.passes(farid.clock.at + timedelta(minutes=1))
    to = await number(store, "Farid Testmark")
    farid.replies.extend(each.reply for each in asta.letters if each.person == to)

    assert "Beviljat. Ny tid för språkstöd: september 2027." in await press(farid, "Bevilja")
    assert "redan besvarat" in await press(farid, "Bevilja")
    assert (
        await about(asta, "2027-08-31 12:00", f"Delrapporten för {SPRAK} (mål 2 och 3) ska") == []
    )
    assert len(await about(asta, "2027-09-01 12:00", f"Delrapporten för {SPRAK}")) == 1


async def test_a_director_asks_for_what_is_to_be_acknowledged(known: Known) -> None:
    asta, farid = await known("Asta Fiktberg"), await known("Farid Testmark")
    await say(asta, "delrapporten för språkstöd är klar")
    await press(asta, "Lämna in")
    await press(asta, "Hoppa över")

    assert await say(farid, "kvittera delrapporten") == (
        "språkstöd (delrapport, maj 2027)\n[Kvittera] [Skicka tillbaka]"
    )
    assert "Vad vill du fråga om" in await press(farid, "Skicka tillbaka")
    assert await say(farid, "vad kostar det?") == (
        "Åter till Asta Fiktberg med frågan: delrapporten för språkstöd är inte kvitterad."
    )


async def test_where_the_directors_are_gone_the_coordinator_gets_the_report(
    known: Known, store: SqlStore
) -> None:
    await store.database.write(lambda c: c.execute(delete(role).where(role.c.role == "director")))
    asta = await known("Asta Fiktberg")
    await known("Eva Exempelqvist")
    await say(asta, "delrapporten för språkstöd är klar")
    await press(asta, "Lämna in")

    assert "Eva Exempelqvist får den för kvittens" in await press(asta, "Hoppa över")
    assert "Asta Fiktberg har lämnat in" in (await letters(asta, store, "Eva Exempelqvist"))[-1]


async def test_where_the_owner_has_left_the_nearest_gets_the_ping(
    known: Known, store: SqlStore
) -> None:
    await store.database.write(
        lambda c: c.execute(
            update(person).where(person.c.name == "Asta Fiktberg").values(left_on=date(2027, 4, 1))
        )
    )
    lena = await known("Lena Modellson", "slack")

    got = await about(lena, "2027-05-03 09:00", f"Delrapporten för {SPRAK}")
    assert len(got) == 1  # three months before it was still Asta's
    assert got[0].endswith(BUTTONS)


async def test_nobody_else_can_press_what_a_director_was_sent(
    known: Known, store: SqlStore
) -> None:
    asta, bo = await known("Asta Fiktberg"), await known("Bo Fiktivsson")
    await known("Farid Testmark")
    await say(asta, "delrapporten för språkstöd är klar")
    await press(asta, "Lämna in")
    await press(asta, "Hoppa över")
    to = await number(store, "Farid Testmark")
    bo.replies.extend(each.reply for each in asta.letters if each.person == to)

    assert "Farid Testmark" in await press(bo, "Kvittera")  # who may


def test_the_clock_of_the_talks_is_swedish() -> None:
    assert at("2027-05-03 08:00").astimezone(UTC).hour == 6
