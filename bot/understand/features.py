"""What the model sees of a message: words, their concepts and how they follow, letters."""

from functools import lru_cache

from bot.understand import text as words_of
from bot.understand.lexicon import Lexicon, lexicon
from bot.understand.repair import repair

MEMO = 5_000  # words remembered; a chat's vocabulary is far smaller
GROUPS = ("concept", "word", "letter")
_COMMON = frozenset(
    "och att det som en ett den på i är av för med till om har de vi jag så men kan var från du "
    "the a an to of and in on for with at by it this that be is are i we you do does "
    "detta denna dessa där här då sen sedan än även också bara nu när hur vad vem vilka vilken".split()
)
_TAIL = (
    "arnas",
    "ernas",
    "ornas",
    "arna",
    "erna",
    "orna",
    "ens",
    "ets",
    "ing",
    "ade",
    "at",
    "ar",
    "er",
    "or",
    "en",
    "et",
    "an",
    "na",
    "s",
    "a",
    "n",
    "t",
    "ed",
    "es",
)


def stem(word: str) -> str:
    """A crude root: enough to bring "mötets" to "möt" and "registered" to "register"."""
    if len(word) > 4:
        for tail in _TAIL:
            if word.endswith(tail) and len(word) - len(tail) >= 3:
                return word[: -len(tail)]
    return word


def features(text: str) -> tuple[list[str], list[str], list[str]]:
    """Features of one clause by group, repeated features once."""
    concepts, words, spellings = parts(text)
    return (
        concepts,
        words,
        list(dict.fromkeys(each for word in spellings for each in letters(word))),
    )


def parts(text: str) -> tuple[list[str], list[str], list[str]]:
    """The same, with the words whose letters count in place of the third group."""
    lex = lexicon()
    typed = [t.word for t in words_of.tokens(words_of.without_mention(words_of.clean(text)))][:60]
    words = [repair(word) for word in typed]
    return _concept_features(words, lex), _word_features(words), list(dict.fromkeys(typed + words))


def _concepts_in_order(words: list[str], lex: Lexicon) -> tuple[list[tuple[str, ...]], int]:
    found: list[set[str]] = []
    strangers = 0
    for word in words:
        mine = set(lex.concepts(word))
        if not mine and word.isalpha() and word not in _COMMON:
            strangers += 1
        found.append(mine)
    for start, size, concepts in lex.phrases(words):
        found[start] |= concepts
        found[start] |= {f"{c}+" for c in concepts}
        for i in range(start, start + size):
            found[i].discard("")
    return [tuple(sorted(f)) for f in found], strangers


def _concept_features(words: list[str], lex: Lexicon) -> list[str]:
    order, strangers = _concepts_in_order(words, lex)
    seen = dict.fromkeys(c for place in order for c in place)
    out = [f"c:{c}" for c in seen]
    content = [c for c in seen if not c.startswith(("DATEW", "T_FILLER", "FROM", "TO", "MAYBE"))][
        :16
    ]
    out += [
        f"cc:{a}&{b}" if a < b else f"cc:{b}&{a}"
        for i, a in enumerate(content)
        for b in content[i + 1 :]
    ]
    places = [p for p in order if p]
    for before, after in zip(places, places[1:], strict=False):
        out += [f"cb:{a}>{b}" for a in before for b in after]
    if places:
        out += [f"cf:{c}" for c in places[0]]
        out += [f"cl:{c}" for c in places[-1]]
    domain = sum(1 for c in seen if not c.startswith(("O_", "T_", "Q_")) and c.isupper())
    out.append(f"n:strangers{min(strangers, 5)}")
    out.append(f"n:domain{min(domain, 8)}")
    out.append(f"n:size{min(len(words), 6) if len(words) < 7 else 7 + min(len(words) // 6, 4)}")
    if "?" in words:
        out.append("n:?")
    return list(dict.fromkeys(out))


def _word_features(words: list[str]) -> list[str]:
    stems = [_root(word) for word in words]
    out = [f"w:{w}" for w in words]
    out += [f"s:{s}" for s in stems]
    padded = ["^", *stems, "$"]
    out += [f"b:{a} {b}" for a, b in zip(padded, padded[1:], strict=False)]
    out += [f"k:{a} {b}" for a, b in zip(stems, stems[2:], strict=False)]
    out += [f"t:{a} {b} {c}" for a, b, c in zip(padded, padded[1:], padded[2:], strict=False)]
    return list(dict.fromkeys(out))


@lru_cache(maxsize=MEMO)
def _root(word: str) -> str:
    return stem(words_of.fold(word))


def letters(word: str) -> list[str]:
    """Its sequences of three to five letters."""
    if len(word) > 30:
        return []
    padded = f"_{words_of.fold(word)}_"
    size = len(padded)
    return [
        padded[start : start + length] for length in (3, 4, 5) for start in range(size - length + 1)
    ]
