"""Any rhythm that somebody may live by: fixed days or a rota, nights, leave, quiet hours, in any zone."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Hours, Leave, Nation, Nights, Rota, Shift

ZONES = (
    "Europe/London",
    "UTC",
    "America/New_York",
    "America/St_Johns",  # half an hour off
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Africa/Cairo",  # its clocks change at midnight
    "Asia/Kolkata",
)
NEAR = date(2026, 11, 23)

days = st.integers(-60, 400).map(lambda ahead: NEAR + timedelta(days=ahead))
whole_hours = st.integers(0, 23).map(time)
hours = st.builds(Hours, whole_hours, whole_hours)
leaves = st.builds(
    lambda first, length: Leave(first, first + timedelta(days=length)), days, st.integers(-1, 30)
)
rotas = st.builds(Rota, days, st.lists(st.sampled_from(Shift), max_size=30).map(tuple))
rhythms = st.builds(
    Rhythm,
    days=st.frozensets(st.integers(0, 6)),
    start=whole_hours,
    end=whole_hours,
    zone=st.sampled_from(ZONES),
    per_week=st.integers(0, 5),
    rota=st.none() | rotas,
    nights=st.sampled_from(Nights),
    quiet=st.none() | hours,
    leave=st.lists(leaves, max_size=3).map(tuple),
    nation=st.sampled_from(Nation),
    works_holidays=st.booleans(),
)
