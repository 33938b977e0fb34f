from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.errors import Refused
from bot.files import LONGEST_NAME, clean_name
from storage import demo, files
from storage.session import Database
from storage.tables import file
from tests.storage.documents import made
from tests.storage.world import someone

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
DATA = made.docx("Delrapport", "Vi har börjat.")


@pytest.fixture
async def filled(database: Database) -> Database:
    await database.write(demo.fill)
    return database


def kept(connection: Connection, name: str = "delrapport.docx", data: bytes = DATA) -> int:
    examined = files.examine(data, name)
    return files.put(connection, someone(connection, "Asta Fiktberg").id, data, examined, AT).id


def loose(connection: Connection) -> int:
    return len(connection.execute(select(file.c.id).where(file.c.subject.is_(None))).all())


async def test_bytes_words_and_checksum_are_kept(filled: Database) -> None:
    def work(connection: Connection) -> None:
        asta = someone(connection, "Asta Fiktberg")
        number = kept(connection)
        handle = files.loose(connection, asta.id, number)

        assert handle is not None
        assert (handle.name, handle.kind, handle.size) == ("delrapport.docx", "docx", len(DATA))
        assert handle.sha256 == hashlib.sha256(DATA).hexdigest()
        assert handle.head == "Delrapport\nVi har börjat."
        assert files.words(connection, asta, number) == ("Delrapport", "Vi har börjat.")
        assert files.get(connection, number) == DATA

    await filled.write(work)


async def test_the_same_file_twice_is_kept_once_until_it_is_tied(filled: Database) -> None:
    def work(connection: Connection) -> None:
        first = kept(connection)
        assert kept(connection) == first
        files.tie(connection, someone(connection, "Asta Fiktberg"), first, "report:1")
        assert kept(connection) != first
        assert [each.id for each in files.of_subject(connection, "report:1")] == [first]

    await filled.write(work)


async def test_one_person_cannot_fill_the_database(filled: Database) -> None:
    def work(connection: Connection) -> None:
        asta = someone(connection, "Asta Fiktberg").id
        for number in range(files.MOST_LOOSE):
            data = f"Rapport {number}".encode()
            assert not files.put(
                connection, asta, data, files.Examined("a.txt", "txt", ()), AT
            ).problem
        more = files.put(connection, asta, b"en till", files.Examined("a.txt", "txt", ()), AT)
        assert (more.id, more.problem) == (0, "too-many")
        assert loose(connection) == files.MOST_LOOSE
        later = AT + timedelta(hours=25)
        assert files.put(connection, asta, b"en till", files.Examined("a.txt", "txt", ()), later).id

    await filled.write(work)


async def test_nobody_else_reads_or_ties_it(filled: Database) -> None:
    def work(connection: Connection) -> None:
        number, bo = kept(connection), someone(connection, "Bo Fiktivsson")
        assert files.loose(connection, bo.id, number) is None
        with pytest.raises(Refused):
            files.words(connection, bo, number)
        with pytest.raises(Refused):
            files.tie(connection, bo, number, "report:1")

    await filled.write(work)


async def test_nothing_is_kept_of_a_file_that_cannot_be_read(filled: Database) -> None:
    def work(connection: Connection) -> None:
        number = kept(connection, "delrapport.pdf", b"MZ" + bytes(5000))
        handle = files.loose(connection, someone(connection, "Asta Fiktberg").id, number)

        assert handle is not None
        assert (handle.problem, handle.kind) == ("look-alike", "program")
        content = connection.execute(file.select().where(file.c.id == number)).one().content
        assert content == b""

    await filled.write(work)


async def test_a_changed_byte_is_noticed(filled: Database) -> None:
    def work(connection: Connection) -> None:
        number = kept(connection)
        connection.execute(update(file).values(content=DATA[:-1] + b"x"))
        with pytest.raises(LookupError):
            files.get(connection, number)

    await filled.write(work)


async def test_a_file_that_belongs_to_nothing_is_forgotten_after_a_day(filled: Database) -> None:
    def work(connection: Connection) -> None:
        files.tie(connection, someone(connection, "Asta Fiktberg"), kept(connection), "report:1")
        kept(connection)
        files.forget(connection, AT + timedelta(hours=23))
        assert loose(connection) == 1
        files.forget(connection, AT + timedelta(hours=25))
        assert loose(connection) == 0
        assert len(files.of_subject(connection, "report:1")) == 1

    await filled.write(work)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\protokoll.pdf", "protokoll.pdf"),
        ("proto\u202ekoll\x00.pdf", "protokoll.pdf"),
        ('a"b<c>.docx\r\nX: y', "abc.docxX y"),
        (" .. ", "fil"),
        ("å" * 200 + ".docx", "å" * (LONGEST_NAME - 5) + ".docx"),
        ("bra namn.odt", "bra namn.odt"),
    ],
)
def test_names_are_made_harmless(given: str, clean: str) -> None:
    assert clean_name(given) == clean
