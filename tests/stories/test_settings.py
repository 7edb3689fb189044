"""Settings as one card: every choice, each change confirmed in words, and mistakes mended in the form."""

import json
from dataclasses import replace
from datetime import date, timedelta

from bot.content.card_rules import LARGEST
from bot.domain.messages import Note, PulseQuestions, Settings, Tip
from bot.domain.staff.hours import Leave, Nation
from bot.domain.staff.people import Person, Right
from tests.kept import keep, person_in
from tests.samples import MONDAY, WARD, staff
from tests.stories.dialog import Actor, Town, inputs_of


async def opens_settings(town: Town, person: Person | None = None) -> Actor:
    """Somebody in front of their settings."""
    sam = await town.welcomed(person or staff())
    await sam.types("settings")
    sam.sees(Settings)
    return sam


async def test_one_card_has_every_choice(town: Town) -> None:
    """All of them, each with a label; small, and with six buttons at most."""
    everything = staff("Ever Sample", rights=frozenset(Right), leads=frozenset({WARD}))
    sam = await opens_settings(town, everything)
    assert [one["id"] for one in inputs_of(sam.card)] == [
        "language",
        "per_week",
        "days",
        "start",
        "end",
        "role",
        "licence",
        "rota",
        "nights",
        "quiet_from",
        "quiet_until",
        "nation",
        "works_holidays",
        "zone",
        "tuned",
    ]
    assert all(one["label"] for one in inputs_of(sam.card))
    assert len(json.dumps(sam.card)) < LARGEST
    assert isinstance(sam.card["actions"], list)
    assert len(sam.card["actions"]) <= 6


async def test_a_change_is_said_back_in_words(town: Town) -> None:
    """Days and about what time; a rota with nights; quiet hours; bank holidays; role, licence and place."""
    sam = await opens_settings(town)
    await sam.presses("change_settings", days="1,3", start="10:00", end="11:30")
    assert "Tips come on Tuesdays and Thursdays, about 10:" in sam.reads
    await sam.presses("settings")
    await sam.presses(
        "change_settings", rota="DDNNOOOO", nights="never", quiet_from="12:00", quiet_until="13:00"
    )
    assert "while you are on shift, with no messages on nights." in sam.reads
    assert "Nothing comes between 12:00 and 13:00." in sam.reads
    await sam.presses("settings")
    await sam.presses(
        "change_settings", nights="hours", nation="scotland", works_holidays="true", role="booking"
    )
    assert "on your nights between 10:00 and 11:30" in sam.reads
    assert "Tips may come on bank holidays too." in sam.reads
    assert "Your role is Outpatient booking now." in sam.reads
    await sam.presses("settings")
    await sam.presses("change_settings", zone="Asia/Kolkata", licence="copilot", works_holidays="false")
    assert "All times are those of this place: India." in sam.reads
    assert "Tips are for what you have now: Copilot." in sam.reads
    assert "Nothing comes on bank holidays in Scotland." in sam.reads


async def test_the_form_shows_what_was_kept(town: Town) -> None:
    """Saved and opened again, it is the same form; so is one that is only opened and saved."""
    sam = await opens_settings(town)
    await sam.presses(
        "change_settings", start="22:00", end="06:30", rota="DDNN", nights="hours", tuned="true"
    )
    await sam.presses("settings")
    first = sam.sees(Settings)
    assert (first.start, first.end, first.rota, first.nights, first.tuned) == (
        "22:00",
        "06:30",
        "DDNN",
        "hours",
        "true",
    )
    before = await person_in(town.world, sam.id)
    await sam.presses("change_settings")
    assert await person_in(town.world, sam.id) == before


async def test_a_rota_that_is_shown_later_stays_the_same(town: Town) -> None:
    """Three days on the form begins with that day's shift; a card that is a day old says which it meant."""
    sam = await opens_settings(town)
    await sam.presses("change_settings", rota="DDNNOOOO")
    await town.wait(days=3)
    await sam.types("settings")
    shown = sam.sees(Settings)
    assert (shown.rota, shown.rota_day) == ("NOOOODDN", "Thursday 26 November")
    old = sam.card
    before = await person_in(town.world, sam.id)
    await town.wait(days=1)
    await sam.presses("change_settings", old)
    after = await person_in(town.world, sam.id)
    rotas = [one.preferences.rhythm.rota for one in (before, after)]
    week = [MONDAY.date() + timedelta(days=n) for n in range(16)]
    assert [rotas[0].on(day) for day in week if rotas[0]] == [rotas[1].on(day) for day in week if rotas[1]]


async def test_a_mistake_comes_back_with_everything_that_was_typed(town: Town) -> None:
    """The folded part is open, the sentence says how to mend it, and once mended all of it is kept."""
    sam = await opens_settings(town)
    before = await person_in(town.world, sam.id)
    await sam.presses("change_settings", rota="DDXX", nation="wales", per_week="4")
    assert "A rota is one letter for each day, such as DDNNOOOO" in sam.reads
    back = sam.sees(Settings)
    assert (back.rota, back.nation, back.per_week, back.unfolded) == ("DDXX", "wales", "4", True)
    after = await person_in(town.world, sam.id)
    assert after.preferences == before.preferences
    await sam.presses("change_settings", rota="DDNN")
    assert sam.sees(Note).title == "Your settings are saved"
    kept = (await person_in(town.world, sam.id)).preferences.rhythm
    assert (kept.nation, kept.per_week) == (Nation.WALES, 4)


async def test_leave_and_saved_prompts_are_not_touched(town: Town) -> None:
    """The form leaves alone what is not on it."""
    sam = await town.welcomed(staff())
    await sam.presses("save")
    await sam.types("leave 21 December to 3 January")
    await sam.types("settings")
    await sam.presses("change_settings", per_week="1")
    assert "Nothing comes from Monday 21 December to Sunday 3 January" in sam.reads
    kept = (await person_in(town.world, sam.id)).preferences
    assert kept.rhythm.leave == (Leave(date(2026, 12, 21), date(2027, 1, 3)),)
    assert kept.saved


async def test_own_answers_may_choose_the_tips(town: Town) -> None:
    """Ticked here, the box of the questions is ticked too; unticked, what was kept is gone."""
    sam = await opens_settings(town)
    await sam.presses("change_settings", tuned="true")
    assert "choose your tips from now on" in sam.reads
    await town.wait(days=9)
    sam.finds(PulseQuestions)
    assert sam.sees(PulseQuestions).tune == "true"
    await sam.presses("pulse", confidence="2", workload="3")
    assert (await person_in(town.world, sam.id)).preferences.level == 2
    await sam.types("settings")
    await sam.presses("change_settings", tuned="false")
    assert "not kept any more" in sam.reads
    assert (await person_in(town.world, sam.id)).preferences.own == ()


async def test_five_a_week_are_five_a_week(town: Town) -> None:
    """The person's own number stands above the cap of three; still one a day."""
    sam = await opens_settings(town)
    await sam.presses("change_settings", per_week="5")
    person = await person_in(town.world, sam.id)
    assert person.preferences.rhythm.weekly_cap == 5
    await keep(town.world, replace(person, preferences=replace(person.preferences, role=person.role)))
    sam.receives()
    await town.wait(days=4)
    tips = [message for message in sam.receives() if isinstance(message, Tip)]
    assert len(tips) >= 3  # the small library has no more than three fresh ones left
