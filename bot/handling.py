"""One turn, from what came in to the replies and the new state; a plain function of a Session."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import understand, words
from bot.core import Core
from bot.dialog import Answer, Dialog, FormWanted, Letter, Suspended, Talk
from bot.errors import DialogError, Misread, Refused, SealError, StaleState
from bot.files import FileHandle
from bot.form import FormView
from bot.heard import Found, Heard
from bot.journal import Conversation, Json, Run
from bot.ports import Session
from bot.reading import clean, keep, plain, read
from bot.reply import Button, Reply, Text
from bot.seal import Sealed, seal_reply
from bot.turn import Attached, Joined, Left, Pressed, Said, Submitted, Turn

CERTAIN = 0.85  # from here on a new request is no change of mind
DEPTH = 3  # dialogs that may wait inside each other
CHOICES = 3  # near matches, or people to ask, shown as buttons
WEAK = 0.35  # below it a near match is hardly meant
WISH = 300  # characters of a wish that is passed on


class Handling:
    """`run` does everything but writing; `save` and `after` write."""

    def __init__(
        self, core: Core, turn: Turn, session: Session, files: Sequence[FileHandle] = ()
    ) -> None:
        self.core = core
        self.files = files
        self.turn = turn
        self.session = session
        self._place = _place(turn)
        self.state = self._load(self._place)
        self._before = self.state
        self.person = session.person(turn.who)
        self.replies: list[Reply] = []
        self.letters: list[Letter] = []
        self.form_view: FormView | None = None
        self._later: list[Callable[[Session], None]] = []
        self._heard_as: dict[str, understand.Understanding] = {}
        self.lang = self._language()

    # --- from outside -------------------------------------------------------------------------

    def run(self) -> None:
        match self.turn.what:
            case Left():
                pass
            case _ if self.turn.who.external:
                self._text("external")
            case _ if self.person is None:
                self._text("stranger")
            case Said(text):
                self._said(text)
            case Pressed(token):
                self._pressed(self._unseal(token))
            case Submitted(token, answers):
                self._submitted(self._unseal(token), answers)
            case Attached(_, text):
                self._attached(clean(text))
            case Joined():
                self._start(Heard("welcome", self.lang))
        self.replies = [self._sealed(each) for each in self.replies]

    def home(self) -> None:
        """The start page: the dialog that answers the intent "home", and nothing else."""
        if self.person is None:
            self._text("external" if self.turn.who.external else "stranger")
        else:
            self._start(Heard("home", self.lang))
        self.replies = [self._sealed(each) for each in self.replies]

    def form(self) -> FormView | None:
        """The form behind a pressed button, for drawing it."""
        match self.turn.what:
            case Pressed(token):
                sealed = self._unseal(token)
            case _:
                return None
        if sealed is None or sealed.action != "form" or not self._top(sealed.run):
            return None
        self._resume(Answer(form=str(sealed.value.get("form")), draw=True))
        return self.form_view

    @property
    def changed(self) -> bool:
        """Whether there is anything to write before the person may be answered."""
        return bool(self.letters) or _lasting(self.state) != _lasting(self._before)

    def save(self) -> None:
        if self.state != self._before:
            self.session.save_conversation(self._place, self.state)
        for number, letter in enumerate(self.letters):
            self.session.put(
                letter.where, [self._sealed(each, letter.where.tenant) for each in letter.replies],
                f"{self.turn.id}/{number}", letter.lang, person=letter.person,
            )  # fmt: skip

    def after(self, session: Session) -> None:
        """What may be written when the person has the answer: the memory of what was asked."""
        if session is not self.session and self.state != self._before:
            try:
                session.save_conversation(self._place, self.state)
            except StaleState:
                self._later.clear()
        for write in self._later:
            write(session)
        session.finish(self.turn)

    # --- words --------------------------------------------------------------------------------

    def _said(self, text: str) -> None:
        text = clean(text)
        if len(text) > words.TEXT_LIMIT:
            self._text("too-long", length=len(text), limit=words.TEXT_LIMIT)
        elif not text:
            self._start(Heard("help", self.lang))
        elif order := words.command(text):
            self._command(order)
        elif self.state.runs:
            self._answered(text)
        elif not self._leaning(text):
            self._request(text)

    def _command(self, order: words.Command) -> None:
        if order == "undo":
            return self._undo()
        if not self.state.runs:
            if order == "help":
                return self._start(Heard("help", self.lang))
            return self._text("nothing-to-go-back" if order == "back" else "nothing-to-cancel")
        top = self.state.runs[-1]
        if order == "cancel":
            self._drop(top)
            self.state = replace(self.state, waiting=())
            self._text("cancelled-more" if self.state.runs else "cancelled")
            return self._go_on()
        if order == "help":
            self._text("help-open")
        elif order == "restart":
            self._text("started-over")
            self.state = self.state.with_top(replace(top, entries={}, open=None))
        else:
            self.state = self.state.with_top(_without_last_answer(top))
        return self._resume(None)

    def _answered(self, text: str) -> None:
        """Words while a question is open: a change of mind, an answer, or another request."""
        top = self.state.runs[-1]
        changed = words.correction(text)
        if changed and not self._another(text) and self._corrected(changed):
            return None
        if top.kind == "text":
            request = self._understood(text) if words.looks_like_question(text) else None
            if request is not None and self._interrupts(request, questions_only=True):
                return self._nested(request)
            return self._resume(Answer(text=text))
        talk = self._replay(top, Answer(text=text))
        if talk is None or talk.misread is None:
            return None
        request = self._understood(text)
        interrupts = self._interrupts(request, questions_only=False)
        if (
            interrupts
            and request.confidence >= CERTAIN
            and request.intent not in talk.dialog.intents
        ):
            return self._nested(request)
        if self._corrected(words.contradiction(text) or text):
            return None
        if interrupts:
            return self._nested(request)
        if not talk.dialog.changes and top.kind == "yes_no":  # only an offer: the talk goes on
            self._drop(top)
            return self._request(text)
        talk.say_misread()
        return self._keep(top, talk)

    def _corrected(self, text: str) -> bool:
        """Put `text` in the place of the newest earlier answer that it can answer."""
        top = self.state.runs[-1]
        talk = self._talk(top, None)
        self._drive(talk)
        for asked in reversed(talk.asked):
            if asked.key not in talk.entries or asked.field.kind == "text":
                continue
            try:
                value = read(asked.field, text, talk.reading(asked.field, asked.choices))
            except Misread:
                continue
            if keep(value) == talk.entries[asked.key]:
                continue
            entries = {**top.entries, asked.key: keep(value)}
            self.state = self.state.with_top(replace(top, entries=entries))
            labels = {choice.value: choice.label for choice in asked.choices}
            self._text("changed", value=labels.get(str(value), text))
            self._resume(None)
            return True
        return False

    def _another(self, text: str) -> bool:
        """Whether the words certainly ask for something else than the open run is about."""
        request = self._understood(text)
        return (
            request.confidence >= CERTAIN
            and request.intent not in self.core.dialogs[self.state.runs[-1].dialog].intents
            and words.contradiction(text) is None
            and self._interrupts(request, questions_only=False)
        )

    def _interrupts(self, request: understand.Understanding, *, questions_only: bool) -> bool:
        dialog = self.core.by_intent.get(request.intent)
        if request.decision != "direct" or dialog is None:
            return False
        return not (dialog.changes and questions_only) and request.intent not in _SMALL_TALK

    def _nested(self, request: understand.Understanding) -> None:
        """Another request while a question is open. A mere question that was open is given up."""
        top = self.state.runs[-1]
        if not self.core.dialogs[top.dialog].changes:
            self._drop(top)
        self._clauses(request)
        if self.state.runs and not self._suspended_now:
            self._go_on()

    def _leaning(self, text: str) -> bool:
        """ "nej jag menar i maj", "och i april?", "Lärcenter": the last question with other facts."""
        if "intent" not in self.state.last:
            return False
        rest = words.correction(text) or words.contradiction(text) or words.follow_up(text)
        request = self._understood(rest or text)
        found = _found(request.clauses[0])
        sure = request.decision == "direct"
        if rest is None:
            leans = not sure and _only(request.clauses[0])
        else:
            leans = not sure or len(plain(rest).split()) <= 5
        if not found or not leans:
            return False
        last = Heard.from_json(self.state.last)
        self._start(replace(last.with_entities(found), lang=self.lang, text=text))
        return True

    def _request(self, text: str) -> None:
        request = self._understood(text)
        if self._overheard(text, request):
            return
        if request.intent == "no" and len((rest := words.contradiction(text) or "").split()) > 1:
            request = self._understood(rest)
        if request.decision == "direct":
            self._clauses(request)
            return
        self.state = replace(self.state, last={}) if self.state.last else self.state
        if request.clauses[0].negated:
            self._text("left-alone")
            return
        near = [each for each in request.choices if each in self.core.by_intent][:CHOICES]
        best = request.clauses[0].intent if request.clauses else ""
        if request.decision == "unknown" or not near:
            self._later.append(lambda s: s.miss(self.lang, best))
        unsure = request.decision == "unknown" or not near or request.confidence < WEAK
        if unsure and self._rescued(text):
            return
        name = (
            "choose"
            if request.decision == "choose" and near
            else "unknown-near"
            if near
            else "unknown"
        )
        heard = _heard(request.clauses[0], self.lang) if request.clauses else Heard("", self.lang)
        buttons = [
            Button(self._t(f"intent-{each}"), "intent", replace(heard, intent=each).to_json())
            for each in near
        ]
        if near:
            buttons.append(Button(self._t("none-of-these"), "none"))
        else:
            buttons.append(
                Button(self._t("help-button"), "intent", Heard("help", self.lang).to_json())
            )
        self._emit(Text(self._t(name), tuple(buttons)))

    def _overheard(self, text: str, request: understand.Understanding) -> bool:
        """Words that fit nothing else may answer a letter that the person got."""
        direct = request.decision == "direct"
        for dialog in self.core.dialogs.values():
            if dialog.overhears and not (direct and request.intent not in dialog.takes_over):
                value = self.session.query(dialog.overhears, self.person, text, self.turn.at)
                if value is not None:
                    found = _found(request.clauses[0])
                    intent = dialog.intents[0] if dialog.intents else ""
                    self._start(Heard(intent, self.lang, text, found, value), dialog)
                    return True
        return False

    def _rescued(self, text: str) -> bool:
        """Offer to look for what the question seems to be about."""
        for dialog in self.core.dialogs.values():
            words_ = dialog.rescues(text) if dialog.rescues else ()
            if words_:
                self._start(Heard("", self.lang, value={"words": list(words_)}), dialog)
                return True
        return False

    def _clauses(self, request: understand.Understanding) -> None:
        first, *others = (_heard(clause, self.lang) for clause in request.clauses)
        self._start(first)
        while others and not self._suspended_now:
            self._start(others.pop(0))
        waiting = tuple(each.to_json() for each in others)
        if waiting != self.state.waiting:
            self.state = replace(self.state, waiting=waiting)

    # --- files --------------------------------------------------------------------------------

    def _attached(self, text: str) -> None:
        """A file answers an open question for one, or starts the dialog that takes such files."""
        for each in self.files:
            if each.problem:
                self._text(f"file-{each.problem}", name=each.name, kind=each.kind)
        sound = [each for each in self.files if not each.problem]
        if not sound:
            return
        if len(sound) > 1:
            self._text("file-one-at-a-time", name=sound[0].name)
        if self.state.runs and self.state.runs[-1].kind == "file":
            self._resume(Answer(file=sound[0]))
        else:
            self._start_with(sound[0], text)

    def _start_with(self, file: FileHandle, text: str) -> None:
        heard = Heard("", self.lang, text, files=(file,))
        if text:
            request = self._understood(text)
            heard = replace(_heard(request.clauses[0], self.lang), files=(file,))
            if request.decision == "direct" and self._takes_files(heard.intent):
                return self._start(heard)
        fitting = files_fitting(file, text, self.core.dialogs.values())
        if len(fitting) == 1:
            return self._start(replace(heard, intent=fitting[0].intents[0], negated=False))
        buttons = [
            Button(self._t(f"intent-{intent}"), "intent", replace(heard, intent=intent).to_json())
            for intent in sorted(each.intents[0] for each in fitting)
        ]
        if not buttons:
            return self._text("file-nobody-takes", name=file.name)
        buttons.append(Button(self._t("none-of-these"), "none"))
        return self._emit(Text(self._t("file-what-for", name=file.name), tuple(buttons)))

    def _takes_files(self, intent: str) -> bool:
        dialog = self.core.by_intent.get(intent)
        return dialog is not None and bool(dialog.takes_files)

    # --- buttons and forms --------------------------------------------------------------------

    def _pressed(self, sealed: Sealed | None) -> None:
        if sealed is None:
            return self._text("finished")
        match sealed.action:
            case "answer" | "form":
                return self._pressed_answer(sealed)
            case "none":
                return self._text("none-chosen")
            case "intent":
                return self._start(Heard.from_json(sealed.value))
        dialog = self.core.dialogs.get(sealed.action)
        if dialog is None:
            return self._text("finished")
        intent = dialog.intents[0] if dialog.intents else ""
        return self._start(Heard(intent, self.lang, value=sealed.value), dialog)

    def _pressed_answer(self, sealed: Sealed) -> None:
        if not self._top(sealed.run):
            return self._text("finished")
        top = self.state.runs[-1]
        if sealed.action == "form":
            return self._resume(None)
        key, value = str(sealed.value.get("key")), str(sealed.value.get("is", ""))
        if key == top.open:
            return self._resume(Answer(value=value))
        if key not in top.entries:
            return self._text("finished")
        entries = {k: v for k, v in top.entries.items() if k != key}
        self.state = self.state.with_top(replace(top, entries=entries, open=key))
        return self._resume(Answer(value=value))

    def _submitted(self, sealed: Sealed | None, answers: Any) -> None:
        if sealed is None or not self._top(sealed.run):
            return self._text("finished")
        return self._resume(Answer(form=str(sealed.value.get("form")), filled=answers))

    def _top(self, run_id: str | None) -> bool:
        """Bring the run to the top, from this conversation or the person's own; False if gone."""
        for place in dict.fromkeys((self._place, _personal(self.turn))):
            state = self.state if place == self._place else self._load(place)
            if any(run.id == run_id for run in state.runs):
                self._place, self._before = place, self._before if place == self._place else state
                mine = [run for run in state.runs if run.id == run_id]
                rest = [run for run in state.runs if run.id != run_id]
                self.state = replace(state, runs=(*rest, *mine))
                return True
        return False

    def _undo(self) -> None:
        undo = self.state.undo
        dialog = self.core.dialogs.get(undo.get("dialog", ""))
        if dialog is None:
            return self._text("nothing-to-undo")
        self.state = replace(self.state, undo={})
        self._undoing = True
        intent = dialog.intents[0] if dialog.intents else ""
        return self._start(Heard(intent, self.lang, value=undo["value"]), dialog)

    # --- runs ---------------------------------------------------------------------------------

    _suspended_now = False
    _undoing = False

    def _start(self, heard: Heard, dialog: Dialog | None = None) -> None:
        dialog = dialog or self.core.by_intent.get(heard.intent)
        self._suspended_now = False
        if heard.negated and (dialog is None or dialog.changes):
            return self._text("left-alone")
        if dialog is None:
            return self._text("not-yet", what=self._t(f"intent-{heard.intent}"))
        if dialog.personal and self._place != _personal(self.turn):
            self._move_home()
        run = Run(_run_id(), dialog.name, heard.to_json())
        self.state = replace(self.state, runs=(*self.state.runs[-DEPTH + 1 :], run))
        return self._settle(run, self._replay(run, None, heard))

    def _move_home(self) -> None:
        """A personal matter asked in a channel is kept, and goes on, in the private chat."""
        self._place = _personal(self.turn)
        self.state = self._before = self._load(self._place)

    def _resume(self, answer: Answer | None) -> None:
        top = self.state.runs[-1]
        self._settle(top, self._replay(top, answer))

    def _replay(self, run: Run, answer: Answer | None, heard: Heard | None = None) -> Talk | None:
        """Run the dialog; its state is settled unless an answer could not be read."""
        if run.dialog not in self.core.dialogs:
            self._drop(run)
            self._text("finished")
            return None
        talk = self._talk(run, answer, heard)
        try:
            done = self._drive(talk)
        except FormWanted as wanted:
            self.form_view = replace(
                wanted.view, token=self._seal("form", {"form": wanted.view.name}, run.id)
            )
            return None
        except Refused as refusal:
            talk.say_refused(self._refusal(refusal, talk.heard))
            done = True
        if not done and talk.misread is not None:
            return talk
        self._keep(run, talk, done=done)
        return None

    def _refusal(self, refusal: Refused, heard: Heard) -> Reply:
        """Why not and who may; a button for each of those who may, to ask them."""
        text = self._t(refusal.text_id, **refusal.values)
        known = self.core.texts.has(label := f"intent-{heard.intent}")
        wish = heard.text.strip()[:WISH] or (self._t(label) if known else "")
        others = [each for each in refusal.ask if self.person and each[0] != self.person.id]
        if not wish or "ask-person" not in self.core.dialogs:
            return Text(text)
        first = [name.split()[0] for _, name in others]
        buttons = tuple(
            Button(
                self._t("ask-person", name=short if first.count(short) == 1 else name),
                "ask-person",
                {"to": number, "name": name, "wish": wish, "key": secrets.token_hex(6)},
            )
            for (number, name), short in list(zip(others, first, strict=True))[:CHOICES]
        )
        return Text(text, buttons)

    def _settle(self, run: Run, talk: Talk | None) -> None:
        if talk is not None:
            talk.say_misread()
            self._keep(run, talk)

    def _keep(self, run: Run, talk: Talk, *, done: bool = False) -> None:
        self.replies.extend(talk.replies)
        self.letters.extend(talk.outgoing)
        self._suspended_now = not done
        if not done:
            newer = replace(run, entries=talk.entries, open=talk.open, kind=talk.kind)
            runs = tuple(newer if each.id == run.id else each for each in self.state.runs)
            self.state = replace(self.state, runs=runs, undo={})
            return
        self._drop(run)
        passes = talk.dialog.changes and not talk.dialog.leans
        remembered = {**self.state.last, "lang": talk.lang} if passes else talk.heard.to_json()
        changed = any(key.startswith("do:") for key in talk.entries)
        undo = talk.undo or ({} if changed else self.state.undo)
        if self._undoing:  # taken back once; to take that back, one says so in words
            undo = {}
        self.state = replace(self.state, last=remembered, undo=undo)
        if run.open is not None:
            self._go_on()

    def _go_on(self) -> None:
        """Something ended: the next request that waits, then the question that was left open."""
        if self._start_waiting():
            return
        if self.state.runs:
            self._text("back-to")
            self._resume(None)

    def _start_waiting(self) -> bool:
        while self.state.waiting:
            first, *rest = self.state.waiting
            self.state = replace(self.state, waiting=tuple(rest))
            self._start(Heard.from_json(first))
            if self._suspended_now:
                return True
        return False

    def _drop(self, run: Run) -> None:
        runs = tuple(each for each in self.state.runs if each.id != run.id)
        self.state = replace(self.state, runs=runs)

    def _talk(self, run: Run, answer: Answer | None, heard: Heard | None = None) -> Talk:
        return Talk(
            dialog=self.core.dialogs[run.dialog], run=run, turn=self.turn, person=self.person,
            heard=heard or Heard.from_json(run.heard), lang=self.lang, texts=self.core.texts,
            session=self.session, answer=answer, public_url=self.core.public_url,
            lov=self._lov,
        )  # fmt: skip

    def _lov(self) -> Mapping[str, tuple[int, ...]]:
        """The school holidays of the person's region."""
        assert self.person is not None
        return self.core.names(self.session, self.person).weeks

    def _drive(self, talk: Talk) -> bool:
        """Run the dialog's coroutine to its end or to its open question; True at its end."""
        coroutine: Any = talk.dialog(talk)
        try:
            coroutine.send(None)
        except StopIteration:
            return True
        except Suspended:
            return False
        coroutine.close()
        raise DialogError(f"{talk.dialog.name} awaits something else than talk.…")

    # --- small things -------------------------------------------------------------------------

    def _load(self, place: str) -> Conversation:
        state = self.session.conversation(place)
        if state is None:
            return Conversation()
        if state.expired(self.turn.at):
            return Conversation(version=state.version)
        return state

    def _language(self) -> str:
        if self.person is not None and self.person.language:
            return self.person.language
        text = self.turn.what.text if isinstance(self.turn.what, Said | Attached) else ""
        text = "" if words.command(text) else text
        heard = self.state.runs[-1].heard if self.state.runs else self.state.last
        if not text and heard.get("lang"):
            return str(heard["lang"])
        open_in = self.state.runs[-1].heard.get("lang") if self.state.runs else None
        return understand.answer_language(text, locale=open_in or self.turn.who.locale)

    def _understood(self, text: str) -> understand.Understanding:
        if text not in self._heard_as:
            self._heard_as[text] = self._understand(text)
        return self._heard_as[text]

    def _understand(self, text: str) -> understand.Understanding:
        assert self.person is not None
        context = understand.Context(
            lang=self.lang, client_locale=self.turn.who.locale,
            roles=frozenset(m.role.value for m in self.person.memberships),
            names=self.core.names(self.session, self.person),
            last_intent=self.state.last.get("intent"),
        )  # fmt: skip
        request = understand.understand(text, now=self.turn.at, context=context)
        known = self.core.phrases.get(plain(text))
        if known and request.clauses and request.intent != known:
            clause = replace(request.clauses[0], intent=known, confidence=1.0)
            return replace(request, clauses=(clause,), decision="direct", choices=())
        return request

    def _t(self, name: str, /, **values: object) -> str:
        return self.core.texts.format(self.lang, name, **values)

    def _text(self, name: str, /, **values: object) -> None:
        self._emit(Text(self._t(name, **values)))

    def _emit(self, reply: Reply) -> None:
        self.replies.append(reply)

    def _seal(self, action: str, value: Json, run: str | None) -> str:
        return self.core.seal.close(self.turn.who.tenant, Sealed(action, value, run))

    def _unseal(self, token: str) -> Sealed | None:
        try:
            return self.core.seal.open(self.turn.who.tenant, token)
        except SealError:
            return None

    def _sealed(self, reply: Reply, tenant: str | None = None) -> Reply:
        return seal_reply(self.core.seal, tenant or self.turn.who.tenant, reply)


def files_fitting(file: FileHandle, text: str, dialogs: Iterable[Dialog]) -> list[Dialog]:
    """The dialogs whose words stand in what was said, else in the file's name, else in its head.

    All that take files where no word tells them apart.
    """
    takers = [each for each in dialogs if each.takes_files]
    for said in (text, file.name, file.head):
        plainly = said.casefold()
        found = [d for d in takers if any(word in plainly for word in d.takes_files)]
        if found:
            return found
    return takers


_SMALL_TALK = frozenset({"yes", "no", "thanks", "greeting", "cancel_flow", "out_of_scope"})


def _personal(turn: Turn) -> str:
    return "|".join(("p", *turn.who.key))


def _run_id() -> str:
    """Tells runs apart and is no secret; asking the system for it would hold the event loop."""
    return f"{random.getrandbits(48):012x}"


def _place(turn: Turn) -> str:
    if turn.where.kind == "personal":
        return _personal(turn)
    where = turn.where
    return "|".join(("c", *turn.who.key, where.conversation, where.thread or ""))


def _lasting(state: Conversation) -> tuple[object, ...]:
    """What must not be lost; the memory of the last question may be."""
    return state.runs, state.waiting, state.undo, state.version


def _without_last_answer(run: Run) -> Run:
    answers = [key for key in run.entries if key.startswith("ask:")]
    entries = {key: value for key, value in run.entries.items() if key not in answers[-1:]}
    return replace(run, entries=entries, open=None)


def _only(clause: understand.Clause) -> bool:
    """Whether the words name things and say next to nothing else."""
    named = sum(each.end - each.start for each in clause.entities)
    return named >= 0.8 * len(clause.text.strip(" ?.!"))


def _found(clause: understand.Clause) -> tuple[Found, ...]:
    from bot.dates import DateValue  # noqa: PLC0415

    return tuple(
        Found(e.type, e.value, e.meaning if isinstance(e.meaning, DateValue) else None)
        for e in clause.entities
    )


def _heard(clause: understand.Clause, lang: str) -> Heard:
    return Heard(clause.intent, lang, clause.text, _found(clause), {}, clause.negated,
                 clause.about_other)  # fmt: skip
