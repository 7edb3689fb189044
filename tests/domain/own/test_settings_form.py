"""The settings form: what is typed there becomes a rhythm, or a sentence on what to mend."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands.own import ChangeSettings
from bot.domain.own import settings_form as form
from bot.domain.own.settings_form import Problem, letters_from, rhythm_in
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Hours, Leave, Nation, Nights, Rota, Shift
from bot.domain.staff.people import Licence
from bot.domain.typed.clock_times import time_in
from tests.samples import CLERK, MONDAY

PLAIN = ChangeSettings(CLERK, Licence.CHAT, frozenset({1, 3}), 2, "09:00", "17:00")
LEAVE = (Leave(date(2026, 12, 21), date(2027, 1, 3)),)
WITH_ROTA = replace(PLAIN, rota="d d n n o o o o", rota_from=date(2026, 11, 20), nights=Nights.NEVER)


def test_every_choice_arrives() -> None:
    """Quiet hours, a rota and its first day, nights, nation, bank holidays, place; leave stays."""
    whole = replace(
        WITH_ROTA,
        quiet_from="12:00",
        quiet_until="13:00",
        nation=Nation.WALES,
        works_holidays=True,
        zone="Asia/Kolkata",
    )
    assert rhythm_in(whole, Rhythm(leave=LEAVE), MONDAY) == Rhythm(
        days=frozenset({1, 3}),
        rota=Rota(date(2026, 11, 20), tuple(map(Shift, "DDNNOOOO"))),
        nights=Nights.NEVER,
        quiet=Hours(time(12), time(13)),
        leave=LEAVE,
        nation=Nation.WALES,
        works_holidays=True,
        zone="Asia/Kolkata",
    )


def test_hours_may_pass_midnight() -> None:
    """From ten in the evening to six in the morning, and slots are in them."""
    rhythm = rhythm_in(replace(PLAIN, start="22:00", end="6:00"), Rhythm(), MONDAY)
    assert isinstance(rhythm, Rhythm)
    slot = rhythm.next_slot("sam", MONDAY)
    assert slot is not None
    assert slot.hour >= 22 or slot.hour < 6


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (replace(PLAIN, start=""), form.NO_TIME),
        (replace(PLAIN, end="half five"), form.NO_TIME),
        (replace(PLAIN, start="17:00"), form.NO_HOURS),
        (replace(PLAIN, quiet_from="12:00"), form.HALF_QUIET),
        (replace(PLAIN, quiet_until="late", quiet_from="12:00"), form.HALF_QUIET),
        (replace(PLAIN, quiet_from="12:00", quiet_until="12:00"), form.NO_QUIET),
        (replace(PLAIN, rota="DDXX"), form.NO_ROTA),
        (replace(PLAIN, rota="D"), form.NO_ROTA),
        (replace(PLAIN, rota="D" * 57), form.NO_ROTA),
        (replace(PLAIN, quiet_from="8:00", quiet_until="18:00"), form.NOTHING_LEFT),
        (replace(PLAIN, rota="OOO"), form.NOTHING_LEFT),
        (replace(PLAIN, rota="NO", nights=Nights.NEVER), form.NOTHING_LEFT),
    ],
)
def test_what_does_not_work_is_said(wrong: ChangeSettings, problem: Problem) -> None:
    """One sentence for each, and it says what to do."""
    assert rhythm_in(wrong, Rhythm(), MONDAY) == problem


@pytest.mark.parametrize("none_wanted", [replace(PLAIN, per_week=0), replace(PLAIN, days=frozenset())])
def test_wanting_no_tips_is_no_mistake(none_wanted: ChangeSettings) -> None:
    """Whoever only wants to ask may say so."""
    assert isinstance(rhythm_in(none_wanted, Rhythm(), MONDAY), Rhythm)


def test_leave_is_no_mistake_either() -> None:
    """Two years away leave no slot for now, and the form is fine."""
    away = Rhythm(leave=(Leave(date(2026, 1, 1), date(2028, 1, 1)),))
    assert isinstance(rhythm_in(PLAIN, away, MONDAY), Rhythm)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:00", time(9)),
        ("9", time(9)),
        ("7.30", time(7, 30)),
        ("5pm", time(17)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("23:59:00", time(23, 59)),
        ("24:00", None),
        ("9:75", None),
        ("13pm", None),
        ("", None),
        ("soon", None),
    ],
)
def test_times_as_people_type_them(typed: str, meant: time | None) -> None:
    """A time input sends 09:00; clients without one let people type."""
    assert time_in(typed) == meant


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none(typed: str) -> None:
    """Nothing that is typed breaks the form."""
    assert time_in(typed) is None or isinstance(time_in(typed), time)


@given(st.text("EDLNO", min_size=2, max_size=14), st.integers(-40, 40))
def test_a_rota_reads_the_same_on_any_day(letters: str, days: int) -> None:
    """Shown on a later day and kept as it stands there, it is still the same rota."""
    rota = Rota(MONDAY.date(), tuple(map(Shift, letters)))
    shown_on = date.fromordinal(MONDAY.toordinal() + days)
    shown = replace(PLAIN, per_week=0, rota=letters_from(rota, shown_on), rota_from=shown_on)
    kept = rhythm_in(shown, Rhythm(), datetime(2027, 1, 1, tzinfo=UTC))
    assert isinstance(kept, Rhythm)
    assert kept.rota is not None
    week = [date.fromordinal(MONDAY.toordinal() + n) for n in range(30)]
    assert [kept.rota.on(day) for day in week] == [rota.on(day) for day in week]
