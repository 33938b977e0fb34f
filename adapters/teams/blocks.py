"""Text in an Adaptive Card. Strings go into TextRuns, which know no markup."""

from __future__ import annotations

from collections.abc import Iterator

Json = dict[str, object]
BULLET = "• "
LONGEST = 4_000  # characters of one block


def lines(text: str, **style: object) -> list[Json]:
    """One block for each line: a TextRun does not break lines on every client."""
    made: list[Json] = []
    gap = ""
    for line in text.splitlines():
        if not line.strip():
            gap = "Medium"
            continue
        for part in pieces(line, LONGEST):
            block = _bullet(part, style) if part.startswith(BULLET) else text_block(part, **style)
            if made:
                block["spacing"] = gap or "Small"
            made.append(block)
            gap = ""
    return made


def _bullet(line: str, style: dict[str, object]) -> Json:
    """What does not fit on the line goes on under the text, not under the point."""
    point, text = (
        text_block(BULLET.strip(), **style),
        text_block(line.removeprefix(BULLET), **style),
    )
    return {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "auto", "items": [point]},
            {"type": "Column", "width": "stretch", "spacing": "Small", "items": [text]},
        ],
    }


def text_block(text: str, **style: object) -> Json:
    return {"type": "RichTextBlock", "inlines": [run(text, **style)]}


def run(text: str, **style: object) -> Json:
    """A person's {{DATE()}} stays text: the client would run it as code."""
    return {"type": "TextRun", "text": text.replace("{{", "{\u200b{"), **style}


def pieces(text: str, size: int) -> Iterator[str]:
    for at in range(0, len(text), size):
        yield text[at : at + size]
