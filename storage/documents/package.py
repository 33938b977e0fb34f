"""A zip with XML in it, as DOCX and ODT are: opened with suspicion, read in small pieces."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from storage.documents import DocumentError

ENTRIES = 5_000
UNPACKED = 200 * 1024 * 1024  # bytes that the directory may promise in all
PART = 64 * 1024 * 1024  # bytes read of one part
CHARACTERS = 2_000_000
DEPTH = 500  # elements inside each other
ELEMENTS = 1_000_000  # of one part; a report of 500 pages has some 100,000
_CHUNK = 64 * 1024
_MACROS = ("vbaproject.bin", "vbadata.xml", "activex1.bin", "script-lb.xml", "script-lc.xml")


class Package:
    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocumentError("unreadable") from error
        entries = self._zip.infolist()
        if len(entries) > ENTRIES or sum(each.file_size for each in entries) > UNPACKED:
            raise DocumentError("bomb")
        if any(each.flag_bits & 1 for each in entries):
            raise DocumentError("encrypted")
        self.names: Collection[str] = {each.filename for each in entries}

    def refuse_macros(self) -> None:
        names = [each.casefold() for each in self.names]
        types = self.text("[Content_Types].xml", least=True)
        if any(each.endswith(_MACROS) for each in names) or "macroEnabled" in types:
            raise DocumentError("macro")

    def refuse_encrypted(self) -> None:
        if "encryption-data" in self.text("META-INF/manifest.xml", least=True):
            raise DocumentError("encrypted")

    def text(self, name: str, *, least: bool = False) -> str:
        """A small part as text; with `least`, "" where it is missing."""
        if least and name not in self.names:
            return ""
        return b"".join(self.chunks(name, most=1024 * 1024)).decode("utf-8", "replace")

    def chunks(self, name: str, *, most: int = PART) -> Iterator[bytes]:
        """What the part really unpacks to counts, not what the directory says."""
        left = most
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise DocumentError("bomb")
                    yield chunk
        except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise DocumentError("unreadable") from error


@dataclass(frozen=True, slots=True)
class Markup:
    """Which elements mean what, by their local names."""

    paragraphs: Collection[str]
    rows: Collection[str]
    cells: Collection[str]
    skipped: Collection[str]  # with all that is in them
    texts: Collection[str]  # only what stands right in these is text; empty: all is
    signs: Mapping[str, str] = field(default_factory=dict)  # element -> what it stands for


def words(chunks: Iterator[bytes], markup: Markup) -> list[str]:
    """The paragraphs of XML, read piece by piece. It may declare no types or entities."""
    reader = _Reader(markup)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = _local(reader.start)
    parser.EndElementHandler = _local_end(reader.end)
    parser.CharacterDataHandler = reader.data
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DocumentError("unreadable") from error
    if not reader.found:
        raise DocumentError("empty")
    return reader.found


def _no_doctype(*_: object) -> None:
    raise DocumentError("bomb")


def _local(
    handle: Callable[[str, Mapping[str, str]], None],
) -> Callable[[str, dict[str, str]], None]:
    return lambda name, given: handle(name.rpartition(" ")[2], given)


def _local_end(handle: Callable[[str], None]) -> Callable[[str], None]:
    return lambda name: handle(name.rpartition(" ")[2])


class _Reader:
    def __init__(self, markup: Markup) -> None:
        self.found: list[str] = []
        self._markup = markup
        self._open: list[str] = []
        self._skipping = 0
        self._row = 0  # rows inside each other
        self._text: list[str] = []
        self._size = 0
        self._elements = 0

    def start(self, name: str, _: Mapping[str, str]) -> None:
        self._open.append(name)
        self._elements += 1
        if len(self._open) > DEPTH or self._elements > ELEMENTS:
            raise DocumentError("bomb")
        if self._skipping or name in self._markup.skipped:
            self._skipping += 1
            return
        self._row += name in self._markup.rows
        if name in self._markup.signs:
            self._add(self._markup.signs[name])

    def end(self, name: str) -> None:
        self._open.pop()
        if self._skipping:
            self._skipping -= 1
        elif name in self._markup.rows:
            self._row -= 1
            self._close()
        elif self._row:
            if name in self._markup.cells:
                self._add("\t")
            elif name in self._markup.paragraphs:
                self._add(" ")
        elif name in self._markup.paragraphs:
            self._close()

    def data(self, text: str) -> None:
        if not self._skipping and (not self._markup.texts or self._open[-1] in self._markup.texts):
            self._add(text)

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._size += len(text)
        if self._size > CHARACTERS:
            raise DocumentError("too-big")

    def _close(self) -> None:
        if self._row:
            return
        cells = "".join(self._text).split("\t")
        text = "\t".join(" ".join(cell.split()) for cell in cells).strip()
        self._text.clear()
        if text:
            self.found.append(text)
