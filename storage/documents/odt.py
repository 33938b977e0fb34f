"""OpenDocument text: the words of content.xml, without notes and what was deleted."""

from __future__ import annotations

from storage.documents.package import Markup, Package, words

_MARKUP = Markup(
    paragraphs={"p", "h"}, rows={"table-row"}, cells={"table-cell"},
    skipped={"annotation", "tracked-changes", "automatic-styles", "font-face-decls"}, texts=(),
    signs={"s": " ", "tab": " ", "line-break": " "},
)  # fmt: skip


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    return words(Package(data).chunks("content.xml"), _MARKUP), {}
