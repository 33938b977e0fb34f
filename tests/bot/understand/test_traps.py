"""What may never happen: a change that was ruled out, a question taken for an order, another's affair for one's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.understand import CHANGES, Context, Names, understand

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PEOPLE = Names(people=("Bo Fiktivsson", "Karin Demoberg", "Asta Fiktberg", "Tor Attrapp"))

RULED_OUT = """
ställ inte in mötet
snälla ställ inte in träffen den 10 december
please do not cancel the meeting
don't cancel the network meeting
avboka inte min plats på dialogen
anmäl mig inte till dialogdagen
jag vill inte anmäla mig
jag vill inte ställa in mötet
flytta inte mötet till fredag
nej flytta inte träffen
du ska inte skicka protokollet än
skicka inte ut inbjudan ännu
radera inte mina uppgifter
please don't delete my data
vi ska inte byta värd
byt inte värd med Tibro
ta inte bort min anmälan
never cancel meetings without asking me
annonsera inte dialogen än
godkänn inte protokollet
justera inte protokollet ännu
do not approve the minutes
don't move the meeting to Friday
mötet ska inte ställas in
mötet ska absolut inte flyttas
träffen får inte ställas in
påminn mig inte om mötet
vänta med att anmäla mig
anmäl mig inte än
låt bli att ställa in mötet
sluta, ställ inte in något
jag har inte ställt in mötet
vi har inte bestämt att flytta mötet
det är inte jag som ska anmäla mig
I don't want to register for the dialogue
I did not cancel the meeting
the meeting should not be moved
no meetings should be cancelled
inga möten ska ställas in
ingen ska avanmälas
skapa inget möte i maj
boka inget möte på torsdag
create no meeting in May
skjut inte upp deadline för språkstöd
vi vill inte ha mer tid för delrapporten
uppdraget är inte klart
rapporten är inte inlämnad
we have not handed in the report
lägg inte in någon punkt på dagordningen
ladda inte upp något protokoll
""".strip().splitlines()

QUESTIONS = """
är mötet inställt?
är träffen flyttad?
har någon ställt in mötet?
vem kan ställa in ett möte?
vad händer om vi ställer in mötet?
when was the meeting cancelled?
who cancelled the meeting?
what happens if I cancel?
varför flyttades mötet?
har Lena lämnat rapporten?
är Bo anmäld till dialogen?
is Nora registered?
vem har anmält sig från Tibro?
did anyone register from Hjo?
""".strip().splitlines()

OTHERS = """
Bo kan inte komma på torsdag
Karin Demoberg kommer inte på mötet
min kollega kommer på torsdag
hon kan inte komma på mötet
my colleague can't come to the meeting
they will come to the meeting
Tor Attrapp är sjuk och kommer inte
""".strip().splitlines()

STILL_WISHED = """
kan du inte flytta mötet till fredag?	move_meeting
kan vi inte boka ett möte i maj	create_meeting
glöm inte att påminna mig om mötet	remind_me
påminn mig så att jag inte glömmer rapporten	remind_me
jag kan tyvärr inte komma på torsdag	answer_meeting
jag kan inte komma på dialogen, avboka mig	cancel_registration
vi hinner inte till maj, kan vi få mer tid?	postpone_deadline
är det möjligt att flytta mötet till fredag	move_meeting
är det ok att jag ställer in mötet på torsdag	cancel_meeting
har du möjlighet att boka ett möte i maj	create_meeting
could you not move the meeting to Friday	move_meeting
don't forget to remind me about the report	remind_me
ställ in mötet eftersom ingen kan komma	cancel_meeting
ställ in mötet på torsdag, vi har inte tillräckligt många	cancel_meeting
flytta mötet, jag kan inte på torsdag	move_meeting
har lämnat in rapporten nu	mark_reported
jag är anmäld men kan inte komma, avanmäl mig	cancel_registration
har skickat in delrapporten	mark_reported
jag är sjuk och kan inte komma på mötet	answer_meeting
I can't make it to the dialogue, please cancel my registration	cancel_registration
det går inte, flytta träffen till den 12	move_meeting
""".strip().splitlines()

NO_DATES = """
Maj Provén är ny ledamot
Maj-Britt Attrapp undrar var vi ska vara
hälsa Juni från oss
Mars är min favoritplanet
Tor Attrapp undrar var mötet är
Augusta skickar protokollet
""".strip().splitlines()


@pytest.mark.parametrize("text", [*RULED_OUT, *QUESTIONS])
def test_no_change_is_opened_by(text: str) -> None:
    found = understand(text, now=NOW)

    assert not any(
        found.decision == "direct" and clause.intent in CHANGES and not clause.negated
        for clause in found.clauses
    )


@pytest.mark.parametrize("text", OTHERS)
def test_it_is_known_to_be_about_somebody_else(text: str) -> None:
    found = understand(text, now=NOW, context=Context(names=PEOPLE))

    assert found.clauses[0].about_other


@pytest.mark.parametrize("line", STILL_WISHED)
def test_a_not_beside_the_wish_does_not_rule_it_out(line: str) -> None:
    text, intent = line.split("\t")

    clause = understand(text, now=NOW).clauses[0]

    assert (clause.intent, clause.negated, clause.about_other) == (intent, False, False)


@pytest.mark.parametrize("text", NO_DATES)
def test_a_name_is_no_date(text: str) -> None:
    found = understand(text, now=NOW).clauses[0]

    assert [each.value for each in found.entities if each.type == "when"] == []
