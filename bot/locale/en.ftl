answer-yes = Yes
answer-no = No
skip = Skip
form-cancel = Cancel
help-button = What can you do?

cancelled = Cancelled. Nothing has been saved.
cancelled-more = Cancelled. Nothing has been saved. Back to what we were doing.
nothing-to-cancel = There is nothing to cancel right now.
nothing-to-go-back = There is no step to go back to.
nothing-to-undo = There is nothing that I can take back right now. What others have been told already you change with a new message, for example “move the meeting to Friday”.
nothing-open = I am not waiting for an answer right now. Just write what you want to know.
started-over = Let us start over.
changed = Changed to { $value }.
finished = That is already finished, so the button no longer counts. Write to me if you want to start again.
back-to = Back to what we were doing:
help-open = Answer the question below, or write “cancel” to stop, “back” to change your last answer, or “start over”.
left-alone = I am leaving it as it is. Nothing has been changed.

unknown = I did not quite get that. I can answer about meetings and about who is in the networks.
unknown-near = I did not quite get that. Did you mean one of these?
choose = Which do you mean?
none-of-these = None of these
none-chosen = All right. Try wording it differently, or write “help” to see what I can do.
not-yet = This is something I cannot do yet: { $what }. Please ask the network’s chair or coordinator for now.
stranger = Hello! I am Nätverksboten and keep track of regional networks’ meetings. I do not recognise your account yet, so I cannot show anything about the networks. Ask the region’s coordinator or administrator to link your account to you, then write to me again.
external = Here I only answer people in our own organisation. Please ask whoever invited you to the channel.
too-long = That was long: { $length } characters. I read at most { $limit } at a time. Please write the main point in a few sentences.
error = Something went wrong on my side. Nothing of what you just wrote has been saved. Please try again in a while, and mention { $reference } to whoever runs the bot if it happens again.
private-answer = I am answering you privately.
private-closed = I can only answer that in a private chat. Open a chat with me and ask again.

file-empty = The file { $name } is empty. Send one with text in it.
file-too-big = The file { $name } is too big. I take at most 20 MB.
file-type = { $kind ->
    [ods] { $name } is a spreadsheet.
    [pptx] { $name } is a PowerPoint file.
    [odp] { $name } is a presentation.
    [doc] { $name } is in an old Office format.
    [picture] { $name } is a picture.
    [rtf] { $name } is an RTF file.
    [archive] { $name } is a packed file.
    [program] { $name } is a program.
   *[other] I cannot read { $name }.
} I take PDF, DOCX, ODT, TXT, XLSX, CSV and ICS. Save it as one of them and send it again.
file-look-alike = The content of { $name } is { $kind ->
    [pdf] a PDF
    [docx] a Word document
    [odt] an ODT document
    [txt] plain text
    [xlsx] an Excel file
    [picture] a picture
    [program] a program
   *[other] something else
}, which its name does not tell. Save the file anew under the right name and send it again.
file-encrypted = { $name } is protected by a password, so I cannot read it. Send it without one.
file-macro = { $name } holds macros or scripts. Save it without them, preferably as PDF, and send it again.
file-bomb = { $name } could not be opened safely, so I have thrown it away. Save it anew, preferably as PDF, and send it again.
file-unreadable = { $name } seems to be damaged, so I cannot read it. Save it anew and send it again.
file-unreachable = I could not reach { $name }. Send it to me in a private chat.
file-too-many = You have sent many files today that belong to nothing yet. Say first what they are about, or wait until tomorrow.
file-virus = { $name } seems to contain a virus, so I have thrown it away. Please tell those who look after your computers.
file-unscanned = I could not check { $name } for viruses right now, so I have not taken it. Please try again in a while.
file-gone = I no longer have the file. Please send it again.
file-one-at-a-time = One file at a time: I begin with { $name }. Send the others afterwards.
file-what-for = What is { $name } about?
file-nobody-takes = I have no use for { $name }.

ask-person = Ask { $name }
may-not = This is for the { $role ->
    [chair] chair
    [presidium] presidium
    [director] school director
    [coordinator] coordinator
   *[admin] administrator
} to do: { $people }. I can ask for you.
may-not-nobody = This is for the { $role ->
    [chair] chair
    [presidium] presidium
    [director] school director
    [coordinator] coordinator
   *[admin] administrator
} to do.
no-such-meeting = I cannot find such a meeting among yours.
no-such-mandate = I find no such mandate among yours.
deadline-over = That time is over. Choose a later one.
report-handed-in = The report has been handed in already and awaits its acknowledgement.
report-returned = The report is back with its owner, so there is nothing to acknowledge yet.
report-acknowledged = The report has been acknowledged already.
report-coming = The report has not been handed in yet.
no-such-feedback = I find no such feedback among yours.
feedback-no-way = Feedback goes between a group and the one right above or below it.
feedback-not-yours = Feedback is ended and published by the chair, the presidium or a school director. Please contact one of them.
no-such-body = I cannot find such a group among yours.
no-such-municipality = That municipality belongs to another region. Please choose one of your own region’s.
meeting-is-cancelled = The meeting is cancelled, so it cannot be changed.
meeting-is-over = The meeting is over, so it can no longer be answered.
swap-impossible = A swap needs two coming meetings of the same network, each with a host municipality of its own.
swap-not-yours = The host municipalities swap themselves: somebody from { $first } or { $second } needs to do it.
swap-pending = One of the meetings is already part of a swap that awaits an answer.
swap-answered = That swap has already been answered.
list-no-mailbox = The group has no mailbox. Ask the administrator to add one.
list-changed = The list has changed since you saw it. Preview it again before it is sent.
no-such-protocol = I cannot find such minutes among yours.
no-such-action-point = I cannot find such an action point among yours.
protocol-secretary-only = The minutes are handed in by the meeting’s secretary: { $who }. Please contact them.
protocol-no-secretary = The meeting has no secretary, so there is nobody to hand the file to. Ask the chair to appoint a host municipality first.
protocol-too-early = The meeting has not taken place yet, so it cannot have minutes. Choose another meeting.
protocol-same-file = I have that file already: it is version { $version } of the minutes. Nothing has changed.
protocol-own = You wrote or sent the minutes, so somebody else needs to approve them.
protocol-not-approver = The minutes are approved by { $who }. Please tell them if something is wrong.
protocol-newer = A newer version has come since you read it. Open that one, and approve it or remark on it.
protocol-state = The minutes are not waiting for that right now. Write “show the minutes” to see how far they have come.
protocol-proposal-answered = That file has already been answered.
action-point-not-yours = That item is with { $who }. Whoever does it, the chair or the presidium says when it is done.

misread-empty = Write an answer, or “cancel”.
misread-missing = This needs to be filled in.
misread-long = The answer may be at most { $limit } characters. Yours is { $length }.
misread-choice = I cannot find “{ $said }” among the answers. Choose one of them, or write “cancel”.
misread-date = I cannot find a date in “{ $said }”. Try “3 March” or “on Thursday”.
misread-time = I cannot find a time in “{ $said }”. Try “9 am” or “9–12”.
misread-yes-no = Please answer yes or no.
misread-number = I cannot find a number in “{ $said }”. Write it in digits.
misread-least = The number must be at least { $least }.
misread-most = The number may be at most { $most }.
misread-file = Attach the file in the chat.

intent-next_meeting = the next meeting
intent-list_meetings = coming meetings
intent-meeting_agenda = the agenda
intent-meeting_place = a meeting’s time and place
intent-meeting_host = who is hosting
intent-meeting_attendees = who is coming to the meeting
intent-answer_meeting = saying whether you will come to a meeting
intent-create_meeting = adding a meeting
intent-move_meeting = moving a meeting
intent-cancel_meeting = cancelling a meeting
intent-swap_host = swapping host municipality
intent-propose_agenda_item = proposing an agenda item
intent-dialogue_info = Skolverket’s regional dialogue
intent-list_registrations = registrations for the dialogue
intent-register_dialogue = registering you for the dialogue
intent-change_registration = changing your registration
intent-cancel_registration = cancelling your registration
intent-invite_guest = inviting a guest
intent-announce_dialogue = announcing a dialogue
intent-edit_announcement = changing an announced dialogue
intent-upload_minutes = handing in a protocol
intent-find_minutes = finding a protocol
intent-approve_minutes = approving a protocol
intent-missing_minutes = missing protocols
intent-search_decisions = searching decisions
intent-action_points = the action points
intent-summary = a summary
intent-my_mandates = the mandates
intent-mandate_status = the status of a mandate
intent-mark_reported = marking a mandate as reported
intent-postpone_deadline = more time for a mandate
intent-create_mandate = adding a mandate
intent-feedback_chiefs = feedback with the school directors
intent-who_is_role = who has which role
intent-member_list = who the members are
intent-year_plan = the year plan
intent-calendar_subscription = the meetings in your calendar
intent-remind_me = reminders
intent-my_reminders = your reminders
intent-question_round = a question round
intent-web_signin = signing in on the web
intent-tie_channel = saying which group a channel belongs to
intent-import_data = reading a file of meetings or people
intent-set_language = changing language
intent-gdpr_export = what is kept about you
intent-gdpr_delete = deleting what is kept about you
intent-help = what I can help with
intent-greeting = greetings
intent-thanks = thanks
intent-cancel_flow = cancelling
intent-yes = yes
intent-no = no
intent-snooze_report = a reminder of the report
folded = { $count } reminders at once
intent-audit_log = the log of who did what
intent-retention_rules = the retention rules
retention-days = Choose between { $least } and { $most } days. Only lists of participants can be destroyed; the rest is kept.
retention-reference = Write the decision’s reference, such as its register number. Without a decision no records are destroyed.
no-such-round = I find no such question round among yours.
round-closed = The question round { $title } is closed, so it cannot be changed any more.
round-no-question = There is no such question. The round has { $most } questions.
round-questions = A question round needs at least one question and may have { $most } at most. Write one question a line.
round-reminded-today = I have reminded them today already. Try again tomorrow, if needed.
