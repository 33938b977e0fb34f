"""Build weights.bin from the training utterances: `python -m bot.understand.build`.

Needs the dependency group `build` (scikit-learn). The same data gives the same file.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.understand import text as words_of
from bot.understand.features import features
from bot.understand.language import count_letters
from bot.understand.lexicon import lexicon
from bot.understand.model import SCALES, pack

FOLDER = Path(__file__).parent
STRENGTH = 0.5  # inverse of regularisation, chosen by leaving one voice out
SHARPNESS = 4.0  # makes the probabilities true on a voice that was left out
OFTEN = 3  # lines that a feature must stand in to be kept
ROWS = 90_000  # features kept: those that weigh most


def utterances(files: Iterable[Path]) -> list[tuple[str, str]]:
    """(text, intent) without repetitions."""
    found: dict[str, str] = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            intent, _, text = line.split("\t")[:3]
            found.setdefault(text, intent)
    return list(found.items())


def varied(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines, and some again as hurried people write them: without dots, with a greeting."""
    chance = random.Random(7)  # noqa: S311
    more = []
    for text, intent in lines:
        draw = chance.random()
        if draw < 0.12:
            more.append((text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")), intent))
        elif draw < 0.20 and len(text) > 8:
            at = chance.randrange(1, len(text) - 2)
            more.append((text[:at] + text[at + 1] + text[at] + text[at + 2 :], intent))
        elif draw < 0.28 and intent not in _TALK:
            more.append((chance.choice(_BEFORE) + text + chance.choice(_AFTER), intent))
    return lines + more


_TALK = {"greeting", "thanks", "yes", "no", "cancel_flow"}
_BEFORE = ("hej! ", "Hej, ", "hej boten ", "hallå ", "ursäkta, ", "hi, ", "snälla ", "du, ", "")
_AFTER = (" tack", " tack på förhand", ", tack!", " please", " mvh", " /Anna", "")


def words(lines: Iterable[tuple[str, str]]) -> list[str]:
    """Words that need no repair, the commonest first."""
    counts: Counter[str] = Counter()
    for text, _ in lines:
        found = words_of.tokens(words_of.clean(text))
        counts.update({each.word for each in found if each.word.isalpha()})
    often = {word for word, count in counts.items() if count >= 3}
    return sorted(often | lexicon().words(), key=lambda word: (-counts[word], word))


def train(lines: list[tuple[str, str]]) -> tuple[list[str], Any, list[str], list[float], Any]:
    """Intents, bias, features, their rarities, and weights (features by intents)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    seen = [features(text) for text, _ in lines]
    counts = Counter(each for groups in seen for group in groups for each in group)
    names = sorted(name for name, count in counts.items() if count >= OFTEN)
    places = {name: at for at, name in enumerate(names)}
    rarities = [math.log((1 + len(lines)) / (1 + counts[name])) / 4 for name in names]
    rows, columns, values = [], [], []
    for row, groups in enumerate(seen):
        for group, scale in zip(groups, SCALES, strict=True):
            found = [places[each] for each in group if each in places]
            length = math.sqrt(sum(rarities[at] ** 2 for at in found)) or 1.0
            rows += [row] * len(found)
            columns += found
            values += [scale * rarities[at] / length for at in found]
    matrix = csr_matrix((values, (rows, columns)), shape=(len(lines), len(names)))
    model = LinearSVC(C=STRENGTH, random_state=1)
    model.fit(matrix, [intent for _, intent in lines])
    return list(model.classes_), model.intercept_, names, rarities, model.coef_.T


def write(lines: list[tuple[str, str]], target: Path, most: int = ROWS) -> str:
    """Train, write the weights and their checksum; gives the checksum."""
    import numpy as np  # type: ignore[import-not-found]  # noqa: PLC0415

    intents, bias, names, rarities, coefficients = train(lines)
    rarity = np.array(rarities)
    weighted = coefficients * rarity[:, None]
    kept = np.sort(np.argsort(-abs(weighted).max(axis=1), kind="stable")[:most])
    unit = float(np.quantile(abs(weighted[kept]).max(axis=1), 0.999)) / 127
    small = (weighted[kept] / unit).round().clip(-127, 127).astype("int16") + 128
    rarity_unit = float(rarity.max()) / 255
    raw = pack(
        {
            "intents": intents, "bias": [round(float(each), 5) for each in bias],
            "unit": unit, "rarity_unit": rarity_unit, "sharpness": SHARPNESS,
        },
        [names[at] for at in kept],
        (rarity[kept] / rarity_unit).round().astype("uint8").tobytes(),
        small.astype("uint8").tobytes(),
    )  # fmt: skip
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
    (FOLDER / "words.txt").write_text("\n".join(words(lines)) + "\n", "utf-8")
    checksum = write(varied(lines), FOLDER / "weights.bin")
    sys.stdout.write(f"{len(lines)} utterances, weights {checksum}\n")


if __name__ == "__main__":
    main()
