"""The language that dialogs are written in.

A dialog is a function that runs again from its first line on every turn. What it has said, asked
and done is found in the journal under names; the first question without an answer stops the run.
A dialog awaits nothing but `talk.…`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from bot.errors import DialogError, Misread, Refused
from bot.files import FileHandle
from bot.form import Choice, Field, FieldView, FormView, spec_of
from bot.heard import Heard
from bot.journal import Json, Run
from bot.ports import Session
from bot.reading import Reading, keep, plain, read, restore
from bot.reply import Button, Card, FormPrompt, Reply, Text
from bot.rules.roles import Action, Person
from bot.texts import Texts
from bot.turn import ConversationReference, Turn

T = TypeVar("T")
F = TypeVar("F")

Script = Callable[["Talk"], Awaitable[None]]
# A query: the value that the dialog starts with, or None where it does not expect to hear this.
Overhears = Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Dialog:
    """One thing that people can do, with its specification beside it."""

    name: str
    script: Script
    intents: tuple[str, ...] = ()
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by language
    near_misses: Sequence[str] = ()  # utterances that must not start it
    talks: str = ""  # transcripts: specification and test
    changes: bool = False  # opens a draft or changes something; a negation blocks it
    personal: bool = False  # its answers are for the person alone, also when asked in a channel
    needs: Action | None = None  # the right without which help does not speak of it
    forms: tuple[type, ...] = ()
    leans: bool = False  # "nej, ta tisdag" repeats it with the new fact, though it changes things
    overhears: Overhears | None = None  # whether words that fit nothing else answer its letter
    takes_over: tuple[str, ...] = ()  # intents whose words it may overhear before their own dialog
    takes_files: tuple[str, ...] = ()  # words that name the files it takes, e.g. protokoll
    # What it can look for where a question is not understood; it starts with them as `words`.
    rescues: Callable[[str], tuple[str, ...]] | None = None

    async def __call__(self, talk: Talk) -> None:
        """Run it; also from within another dialog, and then with its own texts."""
        outer, talk.dialog = talk.dialog, self
        try:
            await self.script(talk)
        finally:
            talk.dialog = outer


def dialog(name: str, **facts: Any) -> Callable[[Script], Dialog]:
    """Make an `async def` a dialog. The facts are the fields of Dialog."""

    def decorate(script: Script) -> Dialog:
        return Dialog(name, script, **facts)

    return decorate


class Suspended(BaseException):
    """The dialog waits for an answer. A BaseException, so that a dialog cannot swallow it."""


class FormWanted(BaseException):
    """The run was only replayed to draw its form, perhaps with what was wrong in it."""

    def __init__(self, view: FormView) -> None:
        super().__init__(view.name)
        self.view = view


@dataclass(slots=True)
class Answer:
    """What this turn brings for the open question: words, a button's value, or a filled form."""

    text: str | None = None
    value: str | None = None
    file: FileHandle | None = None
    form: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)
    draw: bool = False  # only draw the form


@dataclass(frozen=True, slots=True)
class Asked:
    """A question met in this run, so that a change of mind can find it."""

    key: str
    field: Field
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Texts in another person's language."""

    lang: str
    texts: Texts

    def text(self, name: str, /, **values: object) -> str:
        return self.texts.format(self.lang, name, **values)

    def button(self, name: str, dialog: str, **value: object) -> Button:
        return Button(self.text(name), dialog, value)


@dataclass(frozen=True, slots=True)
class Letter:
    """Replies to somebody else than the person who speaks."""

    where: ConversationReference
    lang: str
    replies: tuple[Reply, ...]
    person: int


class Talk:
    """One run of one dialog in one turn."""

    def __init__(
        self, *, dialog: Dialog, run: Run, turn: Turn, person: Person | None, heard: Heard,
        lang: str, texts: Texts, session: Session, lov: Callable[[], Mapping[str, tuple[int, ...]]],
        answer: Answer | None = None,
        notes: Sequence[Reply] = (), public_url: str = "",
    ) -> None:  # fmt: skip
        self.dialog = dialog
        self.heard = heard
        self.lang = lang
        self.turn = turn
        self.public_url = public_url  # of the web pages, without a slash at the end
        self._person = person
        self._lov = lov
        self._texts = texts
        self._session = session
        self._answer = answer
        self._run = run
        self._counts: dict[str, int] = {}
        self.entries: Json = dict(run.entries)
        self.open: str | None = None
        self.kind: str | None = None
        self.misread: Reply | None = None  # what to say of an answer that could not be read
        self._question_at = 0
        self.asked: list[Asked] = []
        self.replies: list[Reply] = list(notes)
        self.outgoing: list[Letter] = []
        self.undo: Json = {}

    # --- what a dialog may know ---------------------------------------------------------------

    @property
    def person(self) -> Person:
        if self._person is None:
            raise DialogError(f"{self.dialog.name} asked who speaks, but is open to strangers")
        return self._person

    @property
    def now(self) -> datetime:
        """The turn's moment, aware, in the person's zone."""
        return self.turn.at.astimezone(ZoneInfo(self.turn.who.zone))

    @property
    def wall(self) -> datetime:
        """The turn's moment as naive wall time in Sweden, as meetings are kept."""
        return self.turn.at.astimezone(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None)

    @property
    def today(self) -> date:
        return self.wall.date()

    @property
    def file(self) -> FileHandle | None:
        """The file that came with the request; storage.files knows its words and bytes."""
        return next(iter(self.heard.files), None)

    @property
    def in_channel(self) -> bool:
        """Others read along: nothing personal may be said."""
        return self.turn.where.kind != "personal"

    def text(self, name: str, /, **values: object) -> str:
        """A text of this dialog or a shared one, in the person's language."""
        return self._texts.format(self.lang, name, **values)

    def button(
        self, name: str, dialog: str, *, style: Any = "default", confirm: str | None = None,
        **value: object,
    ) -> Button:  # fmt: skip
        """A button labelled with the text `name` that starts the named dialog with these values."""
        return Button(self.text(name), dialog, value, style=style, confirm=confirm)

    # --- what a dialog may do -----------------------------------------------------------------

    async def say(self, what: str | Reply, *, private: bool = False, **values: object) -> None:
        """Say a text (by name) or a reply, once per run."""
        key = self._key("say", what if isinstance(what, str) else what.plain[:40])
        reply = Text(self.text(what, **values)) if isinstance(what, str) else what
        if key in self.entries:
            return
        self.entries[key] = True
        self._emit(replace(reply, seen_by="person") if private else reply)

    async def ask(
        self, name: str, question: Field, *, choices: Sequence[Choice] = (),
        known: str | None = None, card: Card | None = None, text: str | None = None,
        **values: object,
    ) -> Any:  # fmt: skip
        """Ask one question and give its answer; None when it is optional and was skipped.

        `known` is what the person has said about it already; it is taken if it can be read.
        `text` names the question's text where several dialogs share it.
        """
        name_id = text or f"{self.dialog.name}-{name}"
        return self._ask(self._key("ask", name), name_id, replace(question, name=name),
                         tuple(choices), known, values, card)  # fmt: skip

    async def choose(
        self, name: str, choices: Sequence[Choice], *, known: str | None = None,
        text: str | None = None, **values: object,
    ) -> str:  # fmt: skip
        """One of some things; asks nothing when there is only one."""
        if len(choices) == 1:
            return choices[0].value
        field_ = Field("choice", open_list=True)
        answer: str = self._ask(
            self._key("ask", name), text or f"{self.dialog.name}-{name}",
            replace(field_, name=name), tuple(choices), known, values, None,
        )  # fmt: skip
        return answer

    async def confirm(self, name: str, *, card: Card | None = None, **values: object) -> bool:
        """A clear yes or no. Nothing may be changed without it unless a button said it."""
        answer: bool = self._ask(
            self._key("ask", name), f"{self.dialog.name}-{name}", Field("yes_no", name), (), None,
            values, card,
        )  # fmt: skip
        return answer

    async def fill(
        self, form_class: type[F], *, choices: Mapping[str, Sequence[Choice]] | None = None,
        known: Mapping[str, str | None] | None = None,
    ) -> F:  # fmt: skip
        """Every required field, asked one by one or filled in as a form, whatever is handier."""
        spec = spec_of(form_class)
        given = dict(known or {})
        options = {
            each.name: self._options(
                f"{spec.name}-{each.name}", each, (choices or {}).get(each.name)
            )
            for each in spec.fields
        }
        self._take_form(spec.name, spec.fields, options, given)
        values: dict[str, Any] = {}
        for each in spec.fields:
            key = self._key("ask", f"{spec.name}.{each.name}")
            if each.required or key in self.entries or given.get(each.name):
                view = self._view(spec.name, spec.fields, options, given)
                values[each.name] = self._ask(
                    key, f"{spec.name}-{each.name}", each, options[each.name],
                    given.get(each.name), {}, None, view,
                )  # fmt: skip
        return form_class(**values)

    async def look(self, query: Callable[..., T], *args: Any) -> T:
        """Read from the database, afresh on every turn."""
        return self._session.query(query, *args)

    async def do(
        self, name: str, operation: Callable[..., T], *args: Any,
        subject: str = "", detail: Mapping[str, str] | None = None,
    ) -> T:  # fmt: skip
        """Change something, once per run, inside the turn's transaction; leaves a line of audit.

        What the operation returns is kept in the journal, so it must be JSON or None.
        """
        key = self._key("do", name)
        if key not in self.entries:
            self._session.watch(subject)
            self.entries[key] = self._session.act(operation, *args)
            origin = {"from": self.turn.who.platform}
            self._session.audit(name, subject, self._person, {**(detail or {}), **origin})
        result: T = self.entries[key]
        return result

    async def tell(
        self, people: Sequence[int], make: Callable[[Teller], Sequence[Reply]], *,
        or_mail: bool = False,
    ) -> int:  # fmt: skip
        """Write to other people, each in their own language, once per run and after the commit.

        Gives the number of those who can be reached in a chat, with `or_mail` also by mail.
        """
        key = self._key("do", "tell")
        if key not in self.entries:
            found = (self._session.reach if or_mail else self._session.addresses)(people)
            for each in found:
                replies = make(Teller(each.lang, self._texts))
                self.outgoing.append(Letter(each.where, each.lang, tuple(replies), each.person))
            self.entries[key] = len(found)
        return int(self.entries[key])

    async def note(self, name: str, value: T) -> T:
        """Keep a fact as it was when the run first came here, e.g. what the words meant.

        The words themselves are gone on the next turn, and the database may have changed.
        """
        key = self._key("note", name)
        if key not in self.entries:
            self.entries[key] = value
        result: T = self.entries[key]
        return result

    def can_undo(self, dialog: str, **value: object) -> None:
        """Say how the change just made is taken back, if the person says "ångra" next."""
        self.undo = {"dialog": dialog, "value": value}

    def refuse(
        self, name: str, /, *, ask: Sequence[tuple[int, str]] = (), **values: object
    ) -> NoReturn:
        """End the dialog with a text; `ask` are the number and name of people who may."""
        raise Refused(name, ask=ask, **values)

    # --- how it works -------------------------------------------------------------------------

    def _key(self, kind: str, name: str) -> str:
        key = f"{kind}:{name}"
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return key if count == 1 else f"{key}#{count}"

    def reading(self, field_: Field, choices: tuple[Choice, ...]) -> Reading:
        """How an answer to this question is read; the region's holidays are looked up for dates."""
        found = Reading(self.lang, self.now, choices)
        return replace(found, lov=self._lov()) if field_.kind == "date" else found

    def say_misread(self) -> None:
        """Put what was wrong with the answer in front of the question that is asked again."""
        if self.misread is not None:
            question = self.replies[self._question_at :]
            del self.replies[self._question_at :]
            self._emit(self.misread)
            self.replies.extend(question)

    def say_refused(self, reply: Reply) -> None:
        self._emit(reply)

    def _emit(self, reply: Reply) -> None:
        if self.dialog.personal and self.in_channel:
            reply = replace(reply, seen_by="person")
        self.replies.append(reply)

    def _options(
        self, text_id: str, field_: Field, given: Sequence[Choice] | None
    ) -> tuple[Choice, ...]:
        if given is not None:
            return tuple(given)
        return tuple(Choice(value, self.text(f"{text_id}.{value}")) for value in field_.options)

    def _ask(
        self, key: str, text_id: str, field_: Field, choices: tuple[Choice, ...],
        known: str | None, values: Mapping[str, object], card: Card | None,
        view: FormView | None = None,
    ) -> Any:  # fmt: skip
        choices = choices or self._options(text_id, field_, None)
        if key not in self.entries and known:
            self._note_known(key, field_, choices, known)
        if key not in self.entries and self._answer and self._run.open == key:
            self.misread = self._take_answer(key, field_, choices)
        if key in self.entries:
            self.asked.append(Asked(key, field_, choices))
            return restore(self.entries[key])
        self.open = key
        self.kind = field_.kind
        self.asked.append(Asked(key, field_, choices))
        self._question_at = len(self.replies)
        self._emit(self._question(key, text_id, field_, choices, values, card, view))
        raise Suspended

    def _note_known(self, key: str, field_: Field, choices: tuple[Choice, ...], known: str) -> None:
        try:
            value = read(field_, known, self.reading(field_, choices))
        except Misread:
            return
        if not _open_date(field_, value, self.lang):
            self.entries[key] = keep(value)

    def _take_answer(self, key: str, field_: Field, choices: tuple[Choice, ...]) -> Reply | None:
        """Write the answer into the journal, or give back what to say about it."""
        answer, self._answer = self._answer, None
        if answer is None or (answer.value is None and answer.text is None and not answer.file):
            return None
        try:
            if answer.file is not None:
                value: Any = answer.file
            elif answer.value is not None:
                value = _pressed(field_, answer.value, choices)
            else:
                value = read(field_, answer.text or "", self.reading(field_, choices))
        except Misread as error:
            return Text(self.text(error.text_id, **error.values))
        question = _open_date(field_, value, self.lang) if answer.value is None else None
        if question:
            return Text(question, buttons=self._date_buttons(key, value))
        self.entries[key] = keep(value)
        return None

    def _date_buttons(self, key: str, value: Any) -> tuple[Button, ...]:
        from bot import dates  # noqa: PLC0415

        options = [value.start, *value.alternatives]
        days = [each for each in options if isinstance(each, date)]
        return tuple(
            Button(dates.show(day, self.lang), "answer",
                   {"key": key, "is": day.isoformat()}, run=self._run.id)
            for day in dict.fromkeys(days)
        )[:3]  # fmt: skip

    def _question(
        self, key: str, text_id: str, field_: Field, choices: tuple[Choice, ...],
        values: Mapping[str, object], card: Card | None, view: FormView | None,
    ) -> Reply:  # fmt: skip
        buttons = self._answer_buttons(key, text_id, field_, choices)
        if card is not None:
            return replace(card, buttons=(*buttons, *card.buttons))
        question = self.text(f"{text_id}.question", **values)
        if view is not None and len(view.fields) > 1:
            opener = Button(self.text(f"{view.name}.open"), "form", {"form": view.name},
                            run=self._run.id)  # fmt: skip
            return FormPrompt(view, question, opener, buttons)
        return Text(question, buttons)

    def _answer_buttons(
        self, key: str, text_id: str, field_: Field, choices: tuple[Choice, ...]
    ) -> tuple[Button, ...]:
        choices = choices or self._yes_no(field_, text_id)
        buttons = [
            Button(choice.label, "answer", {"key": key, "is": choice.value}, run=self._run.id,
                   style="primary" if choice.value == "yes" else "default")
            for choice in choices[:BUTTONS]
        ]  # fmt: skip
        if not field_.required:
            buttons.append(Button(self.text("skip"), "answer", {"key": key, "is": ""},
                                  run=self._run.id))  # fmt: skip
        return tuple(buttons)

    # --- forms --------------------------------------------------------------------------------

    def _view(
        self, name: str, fields: Sequence[Field], options: Mapping[str, tuple[Choice, ...]],
        given: Mapping[str, str | None],
    ) -> FormView:  # fmt: skip
        return FormView(
            name=name, title=self.text(name), submit=self.text(f"{name}.submit"),
            cancel=self.text("form-cancel"), token=self._run.id,
            fields=tuple(
                FieldView(
                    name=each.name, kind="text" if each.loose else each.kind,
                    label=self.text(f"{name}-{each.name}.label"),
                    hint=self._hint(f"{name}-{each.name}.hint"), required=each.required,
                    options=options[each.name] or self._yes_no(each, f"{name}-{each.name}"),
                    multiline=each.multiline, limit=each.limit,
                    least=each.least, most=each.most,
                    initial=self._initial(f"ask:{name}.{each.name}", each, options[each.name],
                                          given.get(each.name)),
                )
                for each in fields
            ),
        )  # fmt: skip

    def _yes_no(self, field_: Field, text_id: str) -> tuple[Choice, ...]:
        if field_.kind != "yes_no":
            return ()
        return tuple(
            Choice(word, self.text(own if self._texts.has(own := f"{text_id}.{word}") else f"answer-{word}"))
            for word in ("yes", "no")
        )  # fmt: skip

    def _hint(self, text_id: str) -> str:
        return self.text(text_id) if self._texts.has(text_id) else ""

    def _initial(
        self, key: str, field_: Field, choices: tuple[Choice, ...], known: str | None
    ) -> str:
        if key not in self.entries and known:
            self._note_known(key, field_, choices, known)
        value = restore(self.entries.get(key))
        if value is None:
            return ""
        if field_.loose:
            return str(value.words)
        if field_.kind == "date":
            return value.first_day.isoformat() if value.first_day else ""
        if field_.kind == "yes_no":
            return "yes" if value else "no"
        return str(value)

    def _take_form(
        self, name: str, fields: Sequence[Field], options: Mapping[str, tuple[Choice, ...]],
        given: Mapping[str, str | None],
    ) -> None:  # fmt: skip
        """A filled form: write all of it into the journal, or raise FormWanted with the errors."""
        answer = self._answer
        if answer is None or answer.form != name:
            return
        self._answer = None
        view = self._view(name, fields, options, given)
        if answer.draw:
            raise FormWanted(view)
        errors: dict[str, str] = {}
        for each in fields:
            try:
                value = _filled(each, answer.filled.get(each.name, ""), options[each.name],
                                self.reading(each, options[each.name]))  # fmt: skip
            except Misread as error:
                errors[each.name] = self.text(error.text_id, **error.values)
            else:
                self.entries[f"ask:{name}.{each.name}"] = keep(value)
        if errors:
            raise FormWanted(view.with_errors(answer.filled, errors))


BUTTONS = 10  # choices shown as buttons; more are named in the question


def _open_date(field_: Field, value: Any, lang: str) -> str | None:
    """The question that an answer leaves; a field for loose words takes them as they are."""
    from bot.dates import DateValue, Precision  # noqa: PLC0415

    if field_.loose and isinstance(value, DateValue) and value.precision is Precision.LOOSE:
        return dates_question(value, lang) if "recurring" in value.notes else None
    return dates_question(value, lang)


def dates_question(value: Any, lang: str) -> str | None:
    """What must be asked about a date before it counts; None for anything that is clear."""
    from bot import dates  # noqa: PLC0415

    return dates.question(value, lang) if isinstance(value, dates.DateValue) else None


def _pressed(field_: Field, value: str, choices: tuple[Choice, ...]) -> Any:
    """A button's value is exact; yes/no and dates come as words of their own."""
    if not value and not field_.required:
        return None
    if field_.kind == "yes_no":
        return value == "yes"
    if field_.kind == "date":
        return _day(value)
    if field_.kind == "choice" and value not in {choice.value for choice in choices}:
        raise Misread("misread-choice", said=value[:60])
    return value


def _filled(field_: Field, text: str, choices: tuple[Choice, ...], reading: Reading) -> Any:
    """An answer from a drawn form: options and days come as values, the rest as words."""
    if not text.strip():
        if field_.required:
            raise Misread("misread-missing")
        return None
    if field_.kind in {"yes_no", "choice"}:
        if field_.kind == "yes_no" and plain(text) in {"true", "yes", "false", "no"}:
            return plain(text) in {"true", "yes"}
        if text in {choice.value for choice in choices}:
            return text
    if field_.kind == "date" and len(text) == 10 and text[4] == text[7] == "-":
        return _day(text)
    return read(field_, text, reading)


def _day(text: str) -> Any:
    from bot import dates  # noqa: PLC0415

    try:
        day = date.fromisoformat(text[:10])
    except ValueError as error:
        raise Misread("misread-date", said=text[:60]) from error
    return dates.DateValue(dates.Precision.DAY, day, None, text)
