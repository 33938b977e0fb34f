"""What a message names, measured over a list of our own: what is found, and what is not made up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from bot.understand import Names
from bot.understand.entities import entities

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = Names(
    municipalities=("Skövde", "Vara", "Lidköping"), bodies=("Lärcenter",),
    people=("Bo Fiktivsson", "Asta Fiktberg"),
)  # fmt: skip

# message | type=value; type=value
LINES = """
vem är värd i mars | when=i mars
när träffas nätverket i maj | group=nätverket; when=i maj
är det Vara som är värd den 14 oktober | muni=Vara; when=den 14 oktober
var är mötet på torsdag | when=på torsdag
vara med på mötet |
hur många från Lidköping kommer | muni=Lidköping
vilka sitter i styrgruppen | group=styrgruppen
vilka möten har presidiet i vår | group=presidiet; role=presidiet; when=i vår
möten i Lärcenter nästa år | group=Lärcenter; when=nästa år
vem är ordförande | role=ordförande
who is the secretary | role=secretary
kommer Bo Fiktivsson på torsdag | person=Bo Fiktivsson; when=på torsdag
har Asta svarat | person=Asta
byt ut mig mot Karin Attrapp | person=Karin Attrapp
anmäl mig till förmiddagen, jag är vegetarian | daypart=förmiddagen; diet=vegetarian
bara em, glutenfritt | daypart=em; diet=glutenfritt
jag vill byta till engelska | lang=engelska
can you speak Swedish | lang=Swedish
status på uppdrag 4 | number=4
flytta mötet från den 10 december till den 17 december kl 13 | when=den 10 december; when=den 17 december kl 13
kan vi ta upp validering på nästa möte | topic=validering
put validation on the agenda | topic=validation
sök i protokollen efter sfi | topic=sfi
vad beslutade vi om KomX? | topic=KomX
what was decided about learning centres | topic=learning centres
vad ska vi prata om på torsdag | when=på torsdag
byt lokal för dialogen till Folkets hus | place=Folkets hus
vi blir tre personer från Skövde | count=tre; muni=Skövde
hej, tack för i dag | when=i dag
hur är läget |
""".strip().splitlines()


def test_at_least_95_of_100_are_found_and_as_few_are_made_up() -> None:
    right: Counter[str] = Counter()
    for line in LINES:
        text, _, wanted = line.partition("|")
        expected = Counter(each.strip() for each in wanted.split(";") if each.strip())
        got = Counter(f"{e.type}={e.value}" for e in entities(text.strip(), now=NOW, names=NAMES))
        right["right"] += (expected & got).total()
        right["wanted"] += expected.total()
        right["given"] += got.total()

    assert right["right"] / right["wanted"] >= 0.95
    assert right["right"] / right["given"] >= 0.95


def test_the_span_is_where_the_words_stand() -> None:
    text = "Hej! Kommer Bo Fiktivsson till Vara på torsdag?"

    for each in entities(text, now=NOW, names=NAMES):
        assert text[each.start : each.end] == each.value
