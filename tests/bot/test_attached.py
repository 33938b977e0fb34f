"""What becomes of a file that is sent: it answers a question, starts a dialog, or is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adapters.core import SetClock, names
from bot.dialog import Dialog, Talk, dialog
from bot.engine import Engine, Fetch
from bot.errors import NotFetched
from bot.form import Field
from bot.seal import Seal
from bot.testing import Chat
from bot.texts import Texts, shared
from bot.turn import Attached, ConversationReference, FileRef, Turn
from storage import demo, files
from storage.documents import MOST
from storage.store import SqlStore
from tests.conftest import KEY
from tests.storage.documents import made

WORDS = """
    got-report = Rapport { $name }: { $words }
    got-minutes = Protokoll { $name }
    asks-file-file =
        .question = Vilken fil?
"""
TEXTS = {"sv": WORDS, "en": WORDS}


@dialog("take-report", intents=("mark_reported",), takes_files=("rapport", "report"))
async def take_report(talk: Talk) -> None:
    assert talk.file is not None
    words = await talk.look(files.words, talk.person, talk.file.id)
    await talk.say("got-report", name=talk.file.name, words=" ".join(words))


@dialog("take-minutes", intents=("upload_minutes",), takes_files=("protokoll", "minutes"))
async def take_minutes(talk: Talk) -> None:
    assert talk.file is not None
    await talk.say("got-minutes", name=talk.file.name)


@dialog("asks-file", intents=("next_meeting",))
async def asks_file(talk: Talk) -> None:
    found = await talk.ask("file", Field("file"))
    await talk.say("got-minutes", name=found.name)


Make = Callable[..., Chat]
DIALOGS: tuple[Dialog, ...] = (take_report, take_minutes, asks_file)


@pytest.fixture
async def make(store: SqlStore, clock: SetClock) -> Make:
    known = await store.database.read(demo.identities)

    def chat(dialogs: tuple[Dialog, ...] = DIALOGS, fetch: Fetch | None = None) -> Chat:
        engine = Engine(
            store=store, dialogs=dialogs, texts=Texts.of(shared(), TEXTS), seal=Seal((KEY,)),
            names=names, fetch=fetch,
        )  # fmt: skip
        return Chat(engine, clock, known["Asta Fiktberg", "teams"])

    return chat


DOCX = made.docx("Innehåll")


@pytest.mark.parametrize(
    ("name", "text", "data"),
    [
        ("fil.docx", "här är delrapporten", DOCX),
        ("delrapport_språkstöd.docx", "", DOCX),
        ("fil.docx", "", made.docx("Delrapport om språkstöd")),
        ("protokoll.docx", "nej det här är delrapporten", DOCX),
    ],
    ids=["said", "in the name", "in the head", "said against the name"],
)
async def test_words_name_of_file_and_content_tell_what_it_is(
    make: Make, name: str, text: str, data: bytes
) -> None:
    replies = await make().attach(name, data, text)

    assert replies[-1].plain.startswith(f"Rapport {name}: ")


async def test_a_file_that_could_be_anything_is_asked_about(make: Make) -> None:
    chat = make()

    asked = (await chat.attach("fil.docx", DOCX))[0].plain
    got = (await chat.press("lämna in ett protokoll"))[0].plain

    assert (
        asked
        == "Vad gäller fil.docx?\n[markera ett uppdrag som rapporterat] [lämna in ett protokoll] [Inget av detta]"
    )
    assert got == "Protokoll fil.docx"


async def test_a_file_answers_the_question_for_one(make: Make) -> None:
    chat = make()
    await chat.say("när är nästa möte?")

    assert (await chat.say("den där filen"))[0].plain == "Bifoga filen i chatten."
    assert (await chat.attach("rapport.docx", DOCX))[0].plain == "Protokoll rapport.docx"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("budget.pptx", made.packed({"ppt/presentation.xml": "<a/>"}), "budget.pptx är en Powerpointfil. Jag tar emot PDF, DOCX, ODT, TXT, XLSX, CSV och ICS."),
        ("budget.xlsx", made.packed({"xl/workbook.xml": "<a/>"}), "trasig"),
        ("protokoll.pdf", b"MZ" + bytes(99), "Innehållet i protokoll.pdf är ett program"),
        ("a.txt", b"", "tom"),
        ("a.txt", b"a" * (MOST + 1), "för stor"),
        ("a.docx", made.docx("x")[:99], "trasig"),
        ("a.pdf", made.encrypted_pdf("x", password="y"), "lösenord"),
        ("a.docx", made.docx_of("", **{"word/vbaProject.bin": b"x"}), "makron"),
        ("a.docx", made.docx_of("<w:p>" * 5000), "säkert sätt"),
    ],
)  # fmt: skip
async def test_a_bad_file_gets_a_clear_answer(
    make: Make, name: str, data: bytes, said: str
) -> None:
    replies = await make().attach(name, data)

    assert len(replies) == 1
    assert said in replies[0].plain


async def test_the_first_of_several_files_is_taken(make: Make, clock: SetClock) -> None:
    async def fetch(turn: Turn, ref: FileRef) -> bytes:
        return made.docx(ref.url)

    chat = make(fetch=fetch)
    place = ConversationReference("teams", chat.who.tenant, "a:1")
    refs = tuple(FileRef(f"rapport{n}.docx", f"https://files.example/{n}") for n in (1, 2))
    outcome = await chat.engine.handle(Turn("1", Attached(refs), chat.who, place, clock.at))

    assert [each.plain for each in outcome.replies] == [
        "En fil i taget: jag börjar med rapport1.docx. Skicka de andra sedan.",
        "Rapport rapport1.docx: https://files.example/1",
    ]


async def test_a_file_out_of_reach_is_asked_for_in_private(make: Make, clock: SetClock) -> None:
    async def fetch(turn: Turn, ref: FileRef) -> bytes:
        raise NotFetched

    chat = make(fetch=fetch)
    place = ConversationReference("teams", chat.who.tenant, "a:1")
    turn = Turn("1", Attached((FileRef("a.docx", ""),)), chat.who, place, clock.at)

    assert "privat chatt" in (await chat.engine.handle(turn)).replies[0].plain


async def test_somebody_elses_file_is_not_found(
    make: Make, store: SqlStore, clock: SetClock
) -> None:
    known = await store.database.read(demo.identities)
    other = await store.keep_file(known["Bo Fiktivsson", "teams"], "rapport.docx", DOCX)
    chat = make()
    place = ConversationReference("teams", chat.who.tenant, "a:1")
    turn = Turn("1", Attached((FileRef("x", "", kept=other.id),)), chat.who, place, clock.at)

    assert "finns inte kvar" in (await chat.engine.handle(turn)).replies[0].plain


async def test_no_dialog_takes_files(make: Make) -> None:
    replies = await make(dialogs=(asks_file,)).attach("a.docx", DOCX)

    assert replies[0].plain == "Jag har inget att använda a.docx till."
