"""Build weights.bin from the training utterances: `python -m bot.understand.build`.

Needs the dependency group `build` (scikit-learn). The same data gives the same file.
"""

from __future__ import annotations

import hashlib
import random
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.understand.language import count_letters
from bot.understand.model import BUCKETS, buckets, pack

FOLDER = Path(__file__).parent
STRENGTH = 12.0  # inverse of regularisation, chosen by leaving one voice out


def utterances(files: Iterable[Path]) -> list[tuple[str, str]]:
    """(text, intent) without repetitions."""
    found: dict[str, str] = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            intent, _, text = line.split("\t")[:3]
            found.setdefault(text, intent)
    return list(found.items())


def varied(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines, and again as hurried people write them: no dots and rings, a slip of the thumb."""
    chance = random.Random(7)  # noqa: S311
    more = []
    for text, intent in lines:
        draw = chance.random()
        if draw < 0.15:
            more.append((text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")), intent))
        elif draw < 0.30 and len(text) > 8:
            at = chance.randrange(1, len(text) - 2)
            more.append((text[:at] + text[at + 1] + text[at] + text[at + 2 :], intent))
        elif draw < 0.40:
            more.append((chance.choice(_BEFORE) + text + chance.choice(_AFTER), intent))
    return lines + more


_BEFORE = ("hej! ", "Hej, ", "hej boten ", "hallå ", "ursäkta, ", "hi, ", "snälla ", "du, ", "")
_AFTER = (" tack", " tack på förhand", ", tack!", " please", " mvh", " /Anna", "")


def train(lines: list[tuple[str, str]]) -> tuple[list[str], Any, Any]:
    """Intents, bias and weights (buckets by intents)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    indices, values, ends = array("i"), array("d"), array("i", [0])
    for text, _ in lines:
        for hashed, value in buckets(text):
            indices.extend(hashed)
            values.extend([value] * len(hashed))
        ends.append(len(indices))
    matrix = csr_matrix((values, indices, ends), shape=(len(lines), BUCKETS))
    matrix.sum_duplicates()
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    model.fit(matrix, [intent for _, intent in lines])
    return list(model.classes_), model.intercept_, model.coef_.T


def write(lines: list[tuple[str, str]], target: Path) -> str:
    """Train, write the weights and their checksum; gives the checksum."""
    intents, bias, coefficients = train(lines)
    unit = float(abs(coefficients).max()) / 127
    rows = array("b", (coefficients / unit).round().astype("int8").ravel().tolist())
    raw = pack(intents, [round(float(each), 5) for each in bias], unit, rows)
    target.write_bytes(raw)
    checksum = hashlib.sha256(raw).hexdigest()
    target.with_suffix(".bin.sha256").write_text(checksum + "\n")
    return checksum


def letters(files: Iterable[Path]) -> list[str]:
    """The letter sequences that tell Swedish from English."""
    rows = [line.split("\t") for file in files for line in file.read_text("utf-8").splitlines()]
    return count_letters([(row[2], row[1]) for row in rows if row[1] in {"sv", "en"}])


def main() -> None:
    files = sorted((FOLDER / "training").glob("*.tsv"))
    lines = utterances(files)
    (FOLDER / "letters.txt").write_text("\n".join(letters(files)) + "\n", "utf-8")
    checksum = write(varied(lines), FOLDER / "weights.bin")
    sys.stdout.write(f"{len(lines)} utterances, weights {checksum}\n")


if __name__ == "__main__":
    main()
