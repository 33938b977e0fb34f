"""Word's own format: the words of word/document.xml, without what was deleted or commented."""

from __future__ import annotations

from storage.documents.package import Markup, Package, words

_MARKUP = Markup(
    paragraphs={"p"}, rows={"tr"}, cells={"tc"}, skipped={"Fallback", "del", "moveFrom"},
    texts={"t"}, signs={"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"},
)  # fmt: skip


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    return words(Package(data).chunks("word/document.xml"), _MARKUP), {}
