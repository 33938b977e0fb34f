"""Forms and their fields: names, rules, and how an answer is read. No drawing, no I/O.

A form is a class. The same class becomes a Slack modal, a Teams dialog, a web form, and questions
asked one by one; what is drawn is a `FormView`, whose words are already in the person's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, dataclass_transform

from bot.errors import DialogError

FieldKind = Literal["text", "choice", "date", "time", "yes_no", "number", "file"]
T = TypeVar("T")

TEXT_LIMIT = 3000  # characters; Slack's longest input


@dataclass(frozen=True, slots=True)
class Choice:
    """`words` are further ways to say it, as whole words in lower case."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `name` is at once attribute, block id, input id, journal key and text id."""

    kind: FieldKind
    name: str = ""
    required: bool = True
    options: tuple[str, ...] = ()  # static values; their labels are attributes of the field's text
    open_list: bool = False  # a choice whose options come from the database, handed to ask or fill
    multiline: bool = False
    limit: int = TEXT_LIMIT  # characters
    least: int | None = None  # number: smallest value
    most: int | None = None  # number: largest value
    past: bool = False  # date: "torsdag" means the last one, not the next
    loose: bool = False  # date: "maj 2027" and "efter sommaren" are answers; drawn as text


def text_field(*, required: bool = True, multiline: bool = False, limit: int = TEXT_LIMIT) -> Any:
    return Field("text", required=required, multiline=multiline, limit=limit)


def choice_field(*options: str, required: bool = True) -> Any:
    """Without options: the dialog hands them to `talk.fill(…, choices={name: […]})`."""
    return Field("choice", required=required, options=options, open_list=not options)


def date_field(*, required: bool = True, past: bool = False, loose: bool = False) -> Any:
    """The answer is a bot.dates.DateValue: a day, or as vague as it was said."""
    return Field("date", required=required, past=past, loose=loose)


def time_field(*, required: bool = True) -> Any:
    """The answer is "09.00" or "09.00–12.00" in wall time."""
    return Field("time", required=required)


def yes_no_field(*, required: bool = True) -> Any:
    return Field("yes_no", required=required)


def number_field(
    *, required: bool = True, least: int | None = None, most: int | None = None
) -> Any:
    return Field("number", required=required, least=least, most=most)


def file_field(*, required: bool = True) -> Any:
    return Field("file", required=required)


@dataclass_transform(
    field_specifiers=(
        text_field, choice_field, date_field, time_field, yes_no_field, number_field, file_field,
    ),
    kw_only_default=True,
)  # fmt: skip
def form(name: str) -> Callable[[type[T]], type[T]]:
    """Make a class a form; its attributes that are fields become its questions, in order."""

    def decorate(cls: type[T]) -> type[T]:
        fields = tuple(
            replace(value, name=key) for key, value in vars(cls).items() if isinstance(value, Field)
        )
        if not fields:
            raise DialogError(f"the form {name} has no fields")

        def __init__(self: object, **answers: object) -> None:  # noqa: N807
            unknown = set(answers) - {each.name for each in fields}
            if unknown:
                raise DialogError(f"the form {name} has no field {', '.join(sorted(unknown))}")
            for each in fields:
                setattr(self, each.name, answers.get(each.name))

        setattr(cls, "__init__", __init__)  # noqa: B010
        setattr(cls, "__form__", FormSpec(name, fields))  # noqa: B010
        return cls

    return decorate


@dataclass(frozen=True, slots=True)
class FormSpec:
    name: str
    fields: tuple[Field, ...]


def spec_of(cls: type) -> FormSpec:
    """Raise DialogError for a class that is no form."""
    spec = getattr(cls, "__form__", None)
    if not isinstance(spec, FormSpec):
        raise DialogError(f"{cls.__name__} is not a form: decorate it with @form")
    return spec


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as it is to be drawn, in one language."""

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[Choice, ...] = ()
    initial: str = ""  # what is known already: an option's value, an ISO date, HH:MM, ja/nej, text
    multiline: bool = False
    limit: int = TEXT_LIMIT
    least: int | None = None
    most: int | None = None
    error: str = ""  # what is wrong with the answer that was sent


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as it is to be drawn. `token` comes back with the answers in Submitted."""

    name: str
    title: str  # at most 24 characters: Slack's limit for a modal
    submit: str
    cancel: str
    fields: tuple[FieldView, ...]
    token: str = ""
    intro: str = ""

    def with_errors(self, answers: Mapping[str, str], errors: Mapping[str, str]) -> FormView:
        """The same form as it was filled in, each wrong field with its sentence."""
        fields = tuple(
            replace(each, initial=answers.get(each.name, ""), error=errors.get(each.name, ""))
            for each in self.fields
        )
        return replace(self, fields=fields)


@dataclass(frozen=True, slots=True)
class Options:
    """Options from the database, by field name."""

    by_field: Mapping[str, Sequence[Choice]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Choice, ...]:
        return tuple(self.by_field.get(name, ()))
