answer-yes = Ja
answer-no = Nej
skip = Hoppa över
form-cancel = Avbryt
help-button = Vad kan du göra?

cancelled = Då avbryter jag. Inget är sparat.
cancelled-more = Då avbryter jag det. Inget är sparat. Vi går tillbaka till det vi höll på med.
nothing-to-cancel = Det finns inget att avbryta just nu.
nothing-to-go-back = Det finns inget steg att gå tillbaka till.
nothing-to-undo = Det finns inget jag kan ta tillbaka just nu. Det som andra redan har fått veta ändrar du med ett nytt besked, till exempel ”flytta mötet till fredag”.
nothing-open = Jag väntar inte på något svar just nu. Skriv gärna vad du vill veta.
started-over = Då börjar vi om.
changed = Ändrat till { $value }.
finished = Det där är redan avslutat, så knappen gäller inte längre. Skriv till mig om du vill börja på nytt.
back-to = Tillbaka till det vi höll på med:
help-open = Svara på frågan nedan, eller skriv ”avbryt” för att sluta, ”tillbaka” för att ändra förra svaret eller ”börja om”.
left-alone = Jag låter det vara som det är. Inget är ändrat.

unknown = Det förstår jag inte riktigt. Jag kan svara om möten och om vilka som är med i nätverken.
unknown-near = Det förstår jag inte riktigt. Menade du något av det här?
choose = Vad menar du?
none-of-these = Inget av detta
none-chosen = Okej. Skriv gärna på ett annat sätt, eller ”hjälp” för att se vad jag kan.
not-yet = Det här kan jag inte göra ännu: { $what }. Fråga nätverkets ordförande eller samordnare så länge.
stranger = Hej! Jag är Nätverksboten och håller reda på regionala nätverks möten. Jag känner inte igen ditt konto ännu, så jag kan inte visa något om nätverken. Be regionens samordnare eller administratör att koppla ditt konto till dig, och skriv sedan till mig igen.
external = Jag svarar bara personer i den egna organisationen här. Fråga den som bjöd in dig till kanalen.
too-long = Det var långt: { $length } tecken. Jag läser högst { $limit } åt gången. Skriv det viktigaste med några meningar.
error = Något gick fel hos mig. Inget är sparat av det du just skrev. Försök igen om en stund, och nämn { $reference } för den som sköter boten om det händer igen.
private-answer = Jag svarar dig privat.
private-closed = Det här kan jag bara svara på i en privat chatt. Öppna en chatt med mig och fråga igen.

file-empty = Filen { $name } är tom. Skicka en med text i.
file-too-big = Filen { $name } är för stor. Jag tar emot högst 20 MB.
file-type = { $kind ->
    [ods] { $name } är ett kalkylblad.
    [pptx] { $name } är en Powerpointfil.
    [odp] { $name } är en presentation.
    [doc] { $name } är i ett gammalt Officeformat.
    [picture] { $name } är en bild.
    [rtf] { $name } är en RTF-fil.
    [archive] { $name } är en packad fil.
    [program] { $name } är ett program.
   *[other] Jag kan inte läsa { $name }.
} Jag tar emot PDF, DOCX, ODT, TXT, XLSX, CSV och ICS. Spara om den och skicka den igen.
file-look-alike = Innehållet i { $name } är { $kind ->
    [pdf] en PDF
    [docx] ett Worddokument
    [odt] ett ODT-dokument
    [txt] vanlig text
    [xlsx] en Excelfil
    [picture] en bild
    [program] ett program
   *[other] något annat
}, och det säger inte namnet. Spara filen på nytt under rätt namn och skicka den igen.
file-encrypted = { $name } är skyddad med lösenord, så jag kan inte läsa den. Skicka den utan lösenord.
file-macro = { $name } innehåller makron eller skript. Spara den utan sådana, gärna som PDF, och skicka den igen.
file-bomb = { $name } gick inte att öppna på ett säkert sätt, så jag har kastat den. Spara den på nytt, gärna som PDF, och skicka den igen.
file-unreadable = { $name } verkar vara trasig, så jag kan inte läsa den. Spara den på nytt och skicka den igen.
file-unreachable = Jag kom inte åt { $name }. Skicka den till mig i en privat chatt.
file-too-many = Du har redan skickat många filer i dag som inte hör till något. Säg först vad de gäller, eller vänta till i morgon.
file-virus = { $name } verkar innehålla ett virus, så jag har kastat den. Säg till dem som sköter datorerna hos er.
file-unscanned = Jag kunde inte kontrollera { $name } mot virus just nu, så jag har inte tagit emot den. Försök igen om en stund.
file-gone = Filen finns inte kvar hos mig. Skicka den igen.
file-one-at-a-time = En fil i taget: jag börjar med { $name }. Skicka de andra sedan.
file-what-for = Vad gäller { $name }?
file-nobody-takes = Jag har inget att använda { $name } till.

ask-person = Fråga { $name }
may-not = Det här får { $role ->
    [chair] ordföranden
    [presidium] presidiet
    [director] skolchefen
    [coordinator] samordnaren
   *[admin] administratören
} göra: { $people }. Jag kan fråga åt dig.
may-not-nobody = Det här får { $role ->
    [chair] ordföranden
    [presidium] presidiet
    [director] skolchefen
    [coordinator] samordnaren
   *[admin] administratören
} göra.
no-such-meeting = Jag hittar inget sådant möte bland dina.
no-such-mandate = Jag hittar inget sådant uppdrag bland dina.
deadline-over = Den tiden har redan varit. Välj en senare.
report-handed-in = Rapporten är redan inlämnad och väntar på kvittens.
report-returned = Rapporten är åter hos ägaren, så det finns inget att kvittera ännu.
report-acknowledged = Rapporten är redan kvitterad.
report-coming = Rapporten är inte inlämnad ännu.
no-such-feedback = Jag hittar ingen sådan återkoppling bland dina.
feedback-no-way = Återkoppling går mellan en grupp och den närmast över eller under den.
feedback-not-yours = Återkoppling avslutas och publiceras av ordförande, presidium eller skolchef. Hör av dig till någon av dem.
no-such-body = Jag hittar ingen sådan grupp bland dina.
no-such-municipality = Den kommunen hör till en annan region. Välj en av kommunerna i din egen.
meeting-is-cancelled = Mötet är inställt, så det går inte att ändra.
meeting-is-over = Mötet har redan varit, så det går inte att svara längre.
swap-impossible = Ett byte behöver två kommande möten i samma nätverk med var sin värdkommun.
swap-not-yours = Värdkommunerna byter själva: någon från { $first } eller { $second } behöver göra det.
swap-pending = Ett av mötena är redan med i ett byte som väntar på svar.
swap-answered = Det bytet är redan besvarat.
list-no-mailbox = Gruppen har ingen brevlåda. Be administratören lägga in en.
list-changed = Listan har ändrats sedan du såg den. Förhandsgranska den igen innan den skickas.
no-such-protocol = Jag hittar inget sådant protokoll bland dina.
no-such-action-point = Jag hittar ingen sådan åtgärdspunkt bland dina.
protocol-secretary-only = Protokollet lämnas av mötets sekreterare: { $who }. Hör av dig dit.
protocol-no-secretary = Mötet har ingen sekreterare, så jag har ingen att lämna filen till. Be ordföranden utse en värdkommun först.
protocol-too-early = Mötet har inte varit ännu, så det kan inte ha något protokoll. Välj ett annat möte.
protocol-same-file = Den filen har jag redan: den är version { $version } av protokollet. Inget är ändrat.
protocol-own = Du har skrivit eller skickat protokollet, så någon annan behöver justera det.
protocol-not-approver = Protokollet justeras av { $who }. Hör av dig dit om något är fel.
protocol-newer = Det har kommit en nyare version sedan du läste. Öppna den, och justera eller anmärk på den.
protocol-state = Protokollet väntar inte på det just nu. Skriv ”visa protokollet” så ser du hur långt det har kommit.
protocol-proposal-answered = Filen är redan besvarad.
action-point-not-yours = Den punkten ligger hos { $who }. Den som gör den, ordföranden eller presidiet säger när den är klar.

misread-empty = Skriv ett svar, eller ”avbryt”.
misread-missing = Det här behöver fyllas i.
misread-long = Svaret får vara högst { $limit } tecken. Ditt är { $length }.
misread-choice = Jag hittar inte ”{ $said }” bland svaren. Välj ett av dem, eller skriv ”avbryt”.
misread-date = Jag hittar inget datum i ”{ $said }”. Prova till exempel ”3 mars” eller ”på torsdag”.
misread-time = Jag hittar ingen tid i ”{ $said }”. Prova till exempel ”kl. 9” eller ”9–12”.
misread-yes-no = Svara ja eller nej.
misread-number = Jag hittar inget tal i ”{ $said }”. Skriv det med siffror.
misread-least = Talet måste vara minst { $least }.
misread-most = Talet får vara högst { $most }.
misread-file = Bifoga filen i chatten.

intent-next_meeting = nästa möte
intent-list_meetings = kommande möten
intent-meeting_agenda = dagordningen
intent-meeting_place = mötets tid och plats
intent-meeting_host = vem som är värd
intent-meeting_attendees = vilka som kommer till mötet
intent-answer_meeting = svara om du kommer till ett möte
intent-create_meeting = lägga in ett möte
intent-move_meeting = flytta ett möte
intent-cancel_meeting = ställa in ett möte
intent-swap_host = byta värdkommun
intent-propose_agenda_item = föreslå en punkt på dagordningen
intent-dialogue_info = Skolverkets regionala dialog
intent-list_registrations = anmälningarna till dialogen
intent-register_dialogue = anmäla dig till dialogen
intent-change_registration = ändra din anmälan
intent-cancel_registration = avanmäla dig från dialogen
intent-invite_guest = bjuda in en gäst
intent-announce_dialogue = annonsera en dialog
intent-edit_announcement = ändra en annonserad dialog
intent-upload_minutes = lämna in ett protokoll
intent-find_minutes = hitta ett protokoll
intent-approve_minutes = justera ett protokoll
intent-missing_minutes = protokoll som saknas
intent-search_decisions = söka bland beslut
intent-action_points = åtgärdspunkterna
intent-summary = en sammanställning
intent-my_mandates = uppdragen
intent-mandate_status = läget för ett uppdrag
intent-mark_reported = markera ett uppdrag som rapporterat
intent-postpone_deadline = mer tid för ett uppdrag
intent-create_mandate = lägga in ett uppdrag
intent-feedback_chiefs = återkoppling med skolcheferna
intent-who_is_role = vem som har vilken roll
intent-member_list = vilka som är med
intent-year_plan = årshjulet
intent-calendar_subscription = mötena i din kalender
intent-remind_me = påminnelser
intent-my_reminders = dina påminnelser
intent-question_round = en frågerunda
intent-web_signin = logga in på webben
intent-tie_channel = säga vilken grupp en kanal hör till
intent-import_data = läsa in en fil med möten eller personer
intent-set_language = byta språk
intent-gdpr_export = uppgifterna om dig
intent-gdpr_delete = radera dina uppgifter
intent-help = vad jag kan hjälpa till med
intent-greeting = hälsa
intent-thanks = tacka
intent-cancel_flow = avbryta
intent-yes = ja
intent-no = nej
intent-snooze_report = en påminnelse om rapporten
folded = { $count } påminnelser på en gång
intent-audit_log = loggen över vem som gjorde vad
intent-retention_rules = gallringsreglerna
retention-days = Välj en tid mellan { $least } och { $most } dagar. Bara deltagarlistor kan gallras; resten bevaras.
retention-reference = Skriv beslutets beteckning, till exempel diarienumret. Utan beslut gallras inga handlingar.
no-such-round = Jag hittar ingen sådan frågerunda bland dina.
round-closed = Frågerundan { $title } är stängd, så den kan inte ändras längre.
round-no-question = Den frågan finns inte. Rundan har { $most } frågor.
round-questions = En frågerunda behöver minst en fråga och får ha högst { $most }. Skriv en fråga per rad.
round-reminded-today = Jag har redan påmint i dag. Prova igen i morgon, om det behövs.
