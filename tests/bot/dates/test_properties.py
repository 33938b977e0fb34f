"""What must hold for any text and any day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import dates
from bot.dates.tokens import tokens

HERE = ZoneInfo("Europe/Stockholm")
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
LANGS = st.sampled_from(["sv", "en"])
PIECES = st.lists(
    st.sampled_from(
        "på i den torsdag nästa 12 13 mars maj kl 9 9-12 . , - / 3/2 v vecka 53 54 31 februari halv två före efter "
        "senast till från om veckor dagen andra sista jul påsk 2027 fm i kväll mellan och 2027-03-04 250312 av slutet "
        "May march on next week 3pm half past q 4 läsåret varje the of".split()
    ),
    max_size=9,
)


SPOKEN = (
    "mellan jul och nyår", "sista fredagen i månaden", "på torsdag efter 15", "kl 12 på natten", "v 50-51",
    "tisdag till torsdag kl 9-12", "8-10 december", "första helgen i maj", "hela v 8", "nästa termin",
    "varje torsdag kl 8", "om tre veckor", "senast i maj", "inom två timmar", "imorgon mellan tio och tolv",
    "fre 4 dec kl 13.15-15", "imorgon kväll", "före årsskiftet", "om en timme", "slutet av veckan",
)  # fmt: skip


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=HERE)


@given(DAYS, DAYS, LANGS)
@settings(deadline=None)
def test_a_shown_day_is_read_as_the_same_day(day: date, today: date, lang: str) -> None:
    value = dates.read(dates.show(day, lang), now=morning(today), lang=lang)

    assert value is not None
    assert (value.start, value.end) == (day, None)
    assert set(value.notes) <= {"in_past"}


@given(DAYS, st.sampled_from(["vecka {0} {1}", "in week {0} of {1}"]), DAYS)
@settings(deadline=None)
def test_a_shown_week_is_read_as_the_same_week(day: date, form: str, today: date) -> None:
    number = day.isocalendar()
    lang = "sv" if form.startswith("v") else "en"
    first = date.fromisocalendar(number.year, number.week, 1)

    value = dates.read(form.format(number.week, number.year), now=morning(today), lang=lang)

    assert value is not None
    assert (value.start, value.end) == (first, first + timedelta(days=6))
    assert dates.show(value, lang) == form.format(number.week, number.year)


@given(DAYS, LANGS, DAYS)
@settings(deadline=None)
def test_a_shown_month_is_read_as_the_same_month(day: date, lang: str, today: date) -> None:
    name = dates.show(day, lang, week=False).split(" ", 2)[2]
    value = dates.read(name, now=morning(today), lang=lang)

    assert value is not None
    assert value.precision is dates.Precision.MONTH
    assert dates.read(dates.show(value, lang), now=morning(today), lang=lang) is not None
    assert (value.first_day, value.last_day) == (day.replace(day=1), value.end)


@given(st.text(max_size=80) | PIECES.map(" ".join) | PIECES.map("".join), DAYS, LANGS)
@settings(deadline=None, max_examples=300)
def test_no_text_raises_and_spans_lie_in_order_within_it(text: str, today: date, lang: str) -> None:
    found = dates.find(text, now=morning(today), lang=lang)
    dates.read(text, now=morning(today), lang=lang)

    borders = [border for each in found for border in (each.start, each.end)]
    assert borders == sorted(borders)
    assert all(text[each.start : each.end] == each.value.words != "" for each in found)
    assert found == dates.find(text, now=morning(today), lang=lang)


@given(PIECES.map(" ".join), DAYS)
@settings(deadline=None, max_examples=300)
def test_every_value_survives_the_journal_and_can_be_shown(text: str, today: date) -> None:
    for each in dates.find(text, now=morning(today)):
        assert dates.DateValue.from_json(each.value.to_json()) == each.value
        for lang in ("sv", "en"):
            assert dates.show(each.value, lang)
            dates.question(each.value, lang)


@given(st.integers(0, 23), st.integers(0, 59), DAYS)
@settings(deadline=None)
def test_a_time_written_with_two_digits_is_taken_as_it_stands(
    hour: int, minute: int, day: date
) -> None:
    value = dates.read(
        f"{day.isoformat()} kl {hour:02}.{minute:02}", now=morning(date(2026, 11, 22))
    )

    assert value is not None
    assert value.start == datetime(day.year, day.month, day.day, hour, minute)


@given(PIECES.map(" ".join) | st.sampled_from(SPOKEN), DAYS, LANGS)
@settings(deadline=None, max_examples=300)
def test_whatever_is_shown_is_read_as_the_same_value(text: str, today: date, lang: str) -> None:
    for each in dates.find(text, now=morning(today)):
        value = each.value
        again = dates.read(dates.show(value, lang), now=morning(today), lang=lang)

        assert again is not None
        assert (again.precision, again.start, again.end) == (
            value.precision,
            value.start,
            value.end,
        )
        assert again.operator.is_latest == value.operator.is_latest
        assert again.operator.is_earliest == value.operator.is_earliest


@given(DAYS, st.integers(1, 6), DAYS, LANGS, st.booleans())
@settings(deadline=None)
def test_a_weekday_that_contradicts_its_date_is_always_a_question(
    day: date, shift: int, today: date, lang: str, said_year: bool
) -> None:
    name = dates.show(day + timedelta(days=shift), lang, week=False).split(" ")[0]
    _, number, month, year = dates.show(day, lang, week=False).split(" ")
    text = f"{name} {number} {month} {year}" if said_year else f"{name} {number} {month}"

    for value in (
        dates.read(text, now=morning(today), lang=lang),
        *(each.value for each in dates.find(f"vi ses {text}.", now=morning(today), lang=lang)),
    ):
        assert value is not None
        assert isinstance(value.start, date)
        agrees = dates.show(value.start, lang).startswith(name) and not said_year
        assert agrees or dates.question(value, lang)


def work(text: str) -> int:
    """Calls of functions: the same on every machine and on every day."""
    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        dates.find(text, now=morning(date(2026, 11, 22)))
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "unit",
    ["1 ", "a", "maj ", "12/3-", "kl 9 ", "nästa ", "i ", "den 5:e ", "(", "9-", "två veckor före ", "sista ",
     "i slutet av ", "första helgen i ", "torsdag, ", "12 mars ", "i den på ", "vecka 8 - ", "en ", "varje ",
     "torsdag eller ", "inte på ", "slutet ", "fredagen den 11 december klockan tio, "],
)  # fmt: skip
def test_the_work_grows_with_the_text_and_never_faster(unit: str) -> None:
    text = (unit * 2000)[:2000]
    work(text)  # the grammar learns its states once

    assert work(text) <= 60 * len(tokens(text)) + 10_000
    assert work(text) <= 2.5 * work(text[:1000]) + 200
    assert work(text * 5) <= work(text) + 100


def test_importing_the_package_loads_no_library() -> None:
    script = "import sys, bot.dates; print({'dateparser', 'holidays', 'regex'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_moving_holidays_agree_with_the_holidays_library(year: int) -> None:
    holidays = pytest.importorskip("holidays")
    names = {
        "långfredagen": "Långfredagen", "påskdagen": "Påskdagen", "annandag påsk": "Annandag påsk",
        "kristi himmelsfärdsdag": "Kristi himmelsfärdsdag", "pingstdagen": "Pingstdagen",
        "midsommardagen": "Midsommardagen",
        "alla helgons dag": "Alla helgons dag", "trettondedag jul": "Trettondedag jul",
    }  # fmt: skip
    theirs = holidays.country_holidays("SE", years=year, language="sv")

    for ours, name in names.items():
        value = dates.read(f"{ours} {year}", now=morning(date(2026, 11, 22)))
        assert value is not None
        assert [day for day, text in theirs.items() if name in text] == [value.start]
