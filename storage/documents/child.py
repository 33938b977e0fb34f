"""The process that reads one document: little memory, little time, no network, nothing to write.

The limits are the kernel's where it has them. A hook in the interpreter refuses sockets, other
programs and files to write everywhere, also where the kernel does not let us leave the network.
"""

from __future__ import annotations

import ctypes
import json
import sys
from contextlib import suppress
from typing import Any

from storage.documents import SECONDS, DocumentError
from storage.documents.kinds import check_name, kind_of

MEMORY = 256 * 1024 * 1024  # bytes of address space
ANSWER = 16 * 1024 * 1024  # bytes of the answer
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # sched.h
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork",
            "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.", "ftplib.", "urllib.")  # fmt: skip


def main() -> None:
    confine()
    try:
        answer = read(sys.stdin.buffer.read(), sys.argv[2])
    except DocumentError as error:
        answer = {"reason": error.reason, "kind": error.kind}
    except (MemoryError, RecursionError):
        answer = {"reason": "bomb"}
    except Exception:  # noqa: BLE001 - whatever a broken file does to its reader
        answer = {"reason": "unreadable"}
    sys.stdout.write(json.dumps(answer))


def read(data: bytes, name: str) -> dict[str, Any]:
    kind = kind_of(data, name)
    check_name(name, kind)
    match kind:
        case "pdf":
            from storage.documents.pdf import paragraphs  # noqa: PLC0415 - each kind needs one
        case "docx":
            from storage.documents.docx import paragraphs  # noqa: PLC0415
        case "odt":
            from storage.documents.odt import paragraphs  # noqa: PLC0415
        case "xlsx":
            from storage.documents.xlsx import paragraphs  # noqa: PLC0415
        case "csv":
            from storage.documents.delimited import paragraphs  # noqa: PLC0415
        case "ics":
            from storage.documents.calendar import paragraphs  # noqa: PLC0415
        case "txt":
            from storage.documents.plain import paragraphs  # noqa: PLC0415
        case _:
            raise DocumentError("type", kind)
    found, meta = paragraphs(data)
    return {"kind": kind, "paragraphs": found, "meta": meta}


def confine() -> None:
    """Give up what reading a document does not need."""
    with suppress(ImportError):  # Windows: there the parent's time limit stands alone
        import resource  # noqa: PLC0415

        for which, most in (
            (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, ANSWER), (resource.RLIMIT_CORE, 0),
        ):  # fmt: skip
            resource.setrlimit(which, (most, most))
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)  # refused in some containers
    sys.addaudithook(_refuse)


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+")
    if writes or event.startswith(_REFUSED):
        raise PermissionError(event)
