"""A scanner that finds, misses, falls silent or talks nonsense."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.checks import STEPS
from adapters.clamav import ClamAv, ScannerAway
from adapters.settings import Settings
from bot.errors import SettingsError
from bot.turn import Identity
from storage import demo
from storage.store import SqlStore

VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Daemon:
    """clamd, as far as the bot sees it."""

    def __init__(self) -> None:
        self.answer: bytes | None = None
        self.seen: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        order = await reader.readuntil(b"\0")
        data = b""
        if order == b"zINSTREAM\0":
            while size := int.from_bytes(await reader.readexactly(4)):
                data += await reader.readexactly(size)
            self.seen.append(data)
        said = b"stream: Eicar-Signature FOUND\0" if VIRUS in data else b"stream: OK\0"
        if order == b"zVERSION\0":
            said = b"ClamAV 1.4.1/27430\0"
        writer.write(said if self.answer is None else self.answer)
        writer.close()


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[tuple[Daemon, ClamAv]]:
    found = Daemon()
    path = tmp_path / "clamd.ctl"
    server = await asyncio.start_unix_server(found.serve, path)
    yield found, ClamAv(f"unix:{path}")
    server.close()
    await server.wait_closed()


async def test_a_clean_file_and_one_with_a_virus(daemon) -> None:
    scanned, scanner = daemon
    large = b"x" * 300_000

    assert await scanner.scan(large) == ""
    assert scanned.seen == [large]
    assert await scanner.scan(b"%PDF " + VIRUS) == "virus"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"what?\0", b"OK"]
)
async def test_what_could_not_be_scanned_is_not_taken(daemon, answer: bytes) -> None:
    scanned, scanner = daemon
    scanned.answer = answer

    assert await scanner.scan(b"x") == "unscanned"


async def test_a_scanner_that_is_not_there(tmp_path: Path) -> None:
    away = ClamAv(f"unix:{tmp_path}/none")

    assert await away.scan(b"x") == "unscanned"
    with pytest.raises(ScannerAway):
        await away.version()


@pytest.mark.parametrize("address", ["unix:/run/clamd.ctl", "tcp:localhost:3310", "tcp:::1:3310"])
def test_addresses(address: str) -> None:
    ClamAv(address).check()


@pytest.mark.parametrize("address", ["", "localhost:3310", "tcp:localhost", "tcp:3310", "unix:clamd", "http://x:1"])  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="NATVERKSBOT_CLAMAV"):
        ClamAv(address).check()


async def test_check_tells_whether_files_are_scanned(daemon, tmp_path: Path) -> None:
    _, scanner = daemon
    step = STEPS["virus scan"]
    said = [
        await step(Settings(scanner=each))
        for each in (None, scanner, ClamAv(f"unix:{tmp_path}/none"))
    ]

    assert [(each.mark, each.text.split()[0]) for each in said if each] == [
        ("NOTE", "off:"), ("ok", "ClamAV"), ("WRONG", "ClamAV"),
    ]  # fmt: skip


async def test_nothing_is_kept_of_a_file_with_a_virus(daemon, store: SqlStore) -> None:
    _, scanner = daemon
    store.scan = scanner.scan
    who = (await store.database.read(demo.identities))["Dag Låtsasberg", "teams"]

    kept = await store.keep_file(who, "protokoll.pdf", b"%PDF-1.7 " + VIRUS)

    assert kept.problem == "virus"
    rows = await store.database.read(
        lambda c: (
            c.exec_driver_sql("select content from file where problem = 'virus'").scalars().all()
        )
    )
    assert [bytes(each) for each in rows] == [b""]
    assert isinstance(who, Identity)
