"""The whole dialog with the real processes: the bot, its scheduler and its store, and Microsoft's client."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Awaitable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import TipDue, WelcomeDue
from bot.domain.rounds.pulses import Answer
from bot.domain.staff.people import Person
from tests.playground.client import PATIENCE_SECONDS, Card, Colleague, NotAnswered
from tests.playground.processes import LOCAL_TIME
from tests.playground.trust import Trust, trust

SPEED = 20_000
"""A day in 4.3 seconds."""

WEEKDAYS = "0,1,2,3,4"

SET_UP = "Send my first tip"
WORKED = "Worked"
SEND = "Send my answers"

MARK = "zebra"
"""A word that no card and no log line of ours has."""


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    """A trust in real time: nothing comes by itself, so an answer is the next card."""
    with trust(tmp_path_factory.mktemp("slow"), time_of(1)) as running:
        yield running


@pytest.fixture
def weekend(tmp_path: Path) -> Iterator[Trust]:
    """A trust on a Friday evening, two and a half days before a round of questions opens."""
    with trust(tmp_path, time_of(SPEED), evening_of(4)) as running:
        yield running


@pytest.fixture
def sunday(tmp_path: Path) -> Iterator[Trust]:
    """A trust on a Saturday evening: nothing may go out for a day and a half, and no questions for a week."""
    with trust(tmp_path, time_of(SPEED), evening_of(5)) as running:
        yield running


def time_of(speed: int) -> dict[str, str]:
    """The settings for how fast time runs; a round of questions comes as often as in the local run."""
    return LOCAL_TIME | {"STEADY_DRIP_TIME_SPEED": str(speed)}


def evening_of(weekday: int) -> datetime:
    """Nine in the evening on the next such day but at least a day ahead; 0 is Monday."""
    today = datetime.now(UTC).date()  # noqa: TID251 - the compressed clock starts no earlier than the machine's
    ahead = (weekday - today.weekday()) % 7 or 7
    return datetime.combine(today + timedelta(days=ahead), time(21), UTC)


async def test_a_newcomer_from_the_welcome_to_a_changed_answer(weekend: Trust) -> None:
    """Two installation events and one welcome; tips asked for and scheduled; champions; a pulse, twice."""
    async with weekend.people("Isaiah") as [isaiah]:
        await isaiah.installs()
        await isaiah.installs()
        welcome = await isaiah.receives(SET_UP)
        assert "Sample data" in welcome.text
        tip = await welcome.press(SET_UP, role="hr-adviser", licence="chat", days=WEEKDAYS)

        await uses_a_tip(tip)
        await meets_champions(tip)
        scheduled = await isaiah.receives(WORKED)
        assert scheduled.content != tip.content
        await answers_the_pulse(isaiah, weekend)
        await answers_what_nobody_asked(weekend)

        await isaiah.receives(WORKED)
        assert not isaiah.reads(SET_UP), "two installation events, one welcome"
    assert_kept_to_the_rhythm(weekend)


async def uses_a_tip(tip: Card) -> None:
    """Say how a tip went in each way, get another, save it, find it again and remove it."""
    for button in ("Needed changes", "Did not work", WORKED):
        thanks = await tip.press(button)
        assert WORKED not in thanks.buttons
        assert thanks.buttons
    await tip.reader.says("tip")
    another = await tip.reader.receives(WORKED)
    assert another.text != tip.text
    saved = await another.press("Save")
    assert "Remove from saved" in saved.buttons
    await tip.reader.says("saved")
    shelf = await tip.reader.receives("Remove")
    opened = await shelf.press("Open")
    assert prompt_of(opened) == prompt_of(another)
    assert "Remove" not in (await shelf.press("Remove")).buttons


async def meets_champions(tip: Card) -> None:
    """Get a champion who has not met the bot: a link opens a chat with the first words in it."""
    link = (await tip.press("Ask a champion")).link("Open a chat")
    assert link.startswith("https://teams.microsoft.com/l/chat/0/0?users=")
    assert link.partition("&message=")[2]


async def answers_the_pulse(person: Colleague, where: Trust) -> None:
    """Answer, be thanked, answer again: one voice, the last one."""
    pulse = await person.receives(SEND)
    round_id = pulse.button(SEND)["data"]["round_id"]
    thanks = await pulse.press(SEND, confidence="2", workload="4")
    again = await thanks.press("Change my answers")
    await again.submit(SEND, confidence="5", workload="1")
    answers = open_answers(where)
    assert [(one.round, one.confidence, one.workload) for one in answers] == [(round_id, 5, 1)]
    assert person.id not in answers[0].voice


async def answers_what_nobody_asked(where: Trust) -> None:
    """Somebody who was not asked in the round that is open changes nothing."""
    before = open_answers(where)
    async with where.people("Adele") as [adele]:
        await adele.says("privacy")
        card = await adele.receives("Settings")
        answer = {"round_id": before[0].round, "confidence": "1", "workload": "1"}
        assert (await card.send("pulse", answer)).buttons
    assert open_answers(where) == before


def open_answers(where: Trust) -> list[Answer]:
    """The answers of teams in rounds that are still open."""
    still_open = {one.id for one in where.rows("rounds") if not one.is_closed}
    return [one for one in where.rows("answers") if one.round in still_open and one.group.startswith("team:")]


def assert_kept_to_the_rhythm(where: Trust) -> None:
    """Whatever went out by itself did so once, and on the person's days and hours."""
    people: dict[str, Person] = {person.id: person for person in where.rows("people")}
    sent = [one for one in where.rows("deliveries") if one.unasked and one.state is State.SENT]
    assert any(isinstance(one.subject, TipDue) for one in sent)
    for one in sent:
        rhythm = people[one.person].preferences.rhythm
        assert one.settled is not None
        assert rhythm.allows(one.settled) or rhythm.allows(one.settled - timedelta(seconds=SPEED)), (
            f"{one.key} went out at {one.settled}; a send may take a second of ours"
        )
    tips = Counter((one.person, one.subject.prompt) for one in sent if isinstance(one.subject, TipDue))
    assert set(tips.values()) == {1}


async def test_a_lead_sees_figures_and_a_kind_refusal_for_a_small_group(slow: Trust) -> None:
    """Figures with charts, words and a fallback for one group; not a number for the other."""
    async with slow.people("Alex") as [alex]:
        await alex.says("summary")
        which = await alex.receives("Patient Access")
        figures = await which.press("Patient Access")
        assert "Sample data" in figures.text
        assert "%" in figures.text
        shown = [part for section in figures.content["body"] for part in section.get("items", [])]
        charts = [part for part in shown if part["type"].startswith("Chart.")]
        assert charts
        assert all("fallback" in chart for chart in charts)

        refusal = await which.press("Corporate Office")
        assert "%" not in refusal.text
        assert refusal.buttons


async def test_a_shared_prompt_reaches_a_ward_clerk_by_the_drip(sunday: Trust) -> None:
    """Refused with a phone number in it, accepted without, approved by a second person, and then a tip."""
    async with sunday.people("Alex", "Megan", "Amara") as [alex, megan, amara]:
        for person in (alex, megan, amara):
            await person.installs()
        welcome = await amara.receives(SET_UP)
        await welcome.press(SET_UP, role="ward-clerk", licence="copilot", days=WEEKDAYS)

        await alex.says("share")
        form = await alex.receives("Send for review")
        refused = await form.press("Send for review", **a_prompt("Ring 07700 900123 about the notice."))
        assert "07700 900123" in refused.text
        assert refused.inputs["title"] == f"A {MARK} notice"
        await refused.press("Send for review", **a_prompt("Write a notice about [the change]."))

        review = await megan.receives("Approve", saying=MARK)
        assert "Alex Sample" in review.text
        await review.press("Approve")
        await alex.receives("Share another", saying=MARK)
        tip = await amara.receives(WORKED, saying=MARK)
        assert (await tip.press(WORKED)).buttons
    assert_kept_to_the_rhythm(sunday)


def a_prompt(text: str) -> dict[str, str]:
    """The share form, filled in."""
    check = "Read it aloud to a colleague."
    title = f"A {MARK} notice"
    return {"title": title, "prompt": text, "role": "ward-clerk", "check": check, "data": "internal"}


async def test_every_word_gets_a_card_with_a_way_on(slow: Trust) -> None:
    """No dead end, whatever somebody types."""
    words = ["hi", "hello", "help", "tip", "saved", "pause", "resume", "settings", "privacy", "stop"]
    free = ["a notice for visitors", MARK, "  HELP!  ", "?"]
    async with slow.people("Isaiah") as [isaiah]:
        for line in [*free, *words]:
            await isaiah.says(line)
            answer = await isaiah.receives()
            assert answer.buttons, line
            assert answer.text, line
        assert not isaiah.unread
    person = next(one for one in slow.rows("people") if one.id == isaiah.id)
    assert person.preferences.stopped


async def test_a_button_of_any_card_works_as_a_submit_too(slow: Trust) -> None:
    """A client without `Action.Execute` gets the same cards in the same places."""
    async with slow.people("Isaiah") as [isaiah]:
        await isaiah.says("help")
        shown = await isaiah.receives("Tip")
        tip = await shown.submit("Tip")
        thanks = await tip.submit(WORKED)
        saved = await thanks.submit("Save this one")
        assert "Remove from saved" in saved.buttons


TIP_ID = "finance-analyst-odd-lines"

BAD_BUTTONS: Sequence[tuple[object, object]] = [
    (f"{MARK}_verb", {}),
    (None, {}),
    ("tip", [MARK]),
    ("tip", {"person": MARK}),
    ("outcome", {"prompt_id": TIP_ID, "outcome": MARK}),
    ("save", {"prompt_id": [MARK]}),
    ("pulse", {"round_id": "closed", "confidence": "6", "workload": "3"}),
    ("set_up", {"role": "ward-clerk", "licence": "chat", "days": "8"}),
    ("share", {"title": "t", "prompt": "p", "role": [MARK], "check": "c", "data": "public"}),
]

STALE_BUTTONS: Sequence[tuple[object, object]] = [
    ("open", {"prompt_id": MARK}),
    ("outcome", {"prompt_id": MARK, "outcome": "worked"}),
    ("save", {"prompt_id": MARK}),
    ("pulse", {"round_id": MARK, "confidence": "3", "workload": "3"}),
    ("pulse", {"round_id": "closed", "confidence": "3", "workload": "3"}),
    ("set_up", {"role": MARK, "licence": "chat", "days": "1"}),
    ("approve", {"contribution_id": MARK}),
]


@pytest.mark.parametrize(("verb", "data"), [*BAD_BUTTONS, *STALE_BUTTONS])
async def test_a_bad_button_gets_a_card_and_stores_nothing(slow: Trust, verb: object, data: object) -> None:
    """A way on for the person, without what was sent, and nothing in the store."""
    async with slow.people("Isaiah") as [isaiah]:
        await isaiah.says("privacy")
        card = await isaiah.receives("Settings")
        stored = slow.stored()
        answer = await card.send(verb, of_a_closed_round(slow, data))
        assert answer.buttons
        assert MARK not in answer.text
        assert slow.stored() == stored


@pytest.mark.parametrize(("verb", "data"), [*BAD_BUTTONS, *STALE_BUTTONS])
async def test_a_bad_button_logs_one_line_without_what_was_sent(
    slow: Trust, verb: object, data: object
) -> None:
    """An operator sees that something is wrong, and not a word of it."""
    async with slow.people("Isaiah") as [isaiah]:
        await isaiah.says("privacy")
        card = await isaiah.receives("Settings")
        logged = slow.logged()
        await card.send(verb, of_a_closed_round(slow, data))
        [line] = slow.logged()[len(logged) :]
        assert MARK not in line


def of_a_closed_round(where: Trust, data: object) -> object:
    """The same data, with the id of a round that has closed, in which this person was not asked."""
    if isinstance(data, dict) and data.get("round_id") == "closed":
        return {**data, "round_id": where.rows("rounds")[0].id}
    return data


Happened = TypeVar("Happened")


class Dialog:
    """What somebody does again and again, and what was acknowledged of it."""

    def __init__(self, tip: Card) -> None:
        self.tip = tip
        self.prompt = tip.button(WORKED)["data"]["prompt_id"]
        self.kept: dict[str, object] = {}
        self.asked: dict[str, object] = {}
        self._ends = itertools.cycle([17, 18, 19])

    async def go_on(self) -> None:
        """Change the settings; then outcome, save and remove in turns, until the bot is away."""
        end = next(self._ends)
        settings = {"role": "hr-adviser", "licence": "chat", "days": WEEKDAYS, "per_week": "3", "start": "8"}
        await self._do("end", end, "change_settings", settings | {"end": str(end)})
        for outcome in itertools.cycle(["worked", "needed_changes", "did_not_work"]):
            await self._do("outcome", outcome, "outcome", {"outcome": outcome, "prompt_id": self.prompt})
            await self._do("saved", self.prompt, "save", {"prompt_id": self.prompt})
            await self._do("saved", None, "remove", {"prompt_id": self.prompt})

    async def _do(self, what: str, value: object, verb: str, data: dict[str, str]) -> None:
        self.asked[what] = value
        await self.tip.send(verb, data)
        self.kept[what] = value

    def assert_kept(self, where: Trust) -> None:
        """What was acknowledged is there; what was only asked for may be."""
        person = next(one for one in where.rows("people") if one.id == self.tip.reader.id)
        seen = [one for one in where.rows("experiences") if one.person == person.id]
        found = {
            "outcome": next(one.outcome for one in seen if one.prompt == self.prompt),
            "saved": self.prompt if self.prompt in person.preferences.saved else None,
            "end": person.preferences.rhythm.end.hour,
        }
        for what, value in self.kept.items():
            assert found[what] in {value, self.asked[what]}, what


async def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_comes_twice(
    sunday: Trust,
) -> None:
    """Four kills at random, two between a tip's sending and its record; then everything is as it was."""
    async with sunday.people("Patti") as [patti]:
        await patti.installs()
        welcome = await patti.receives(SET_UP)
        dialog = Dialog(await welcome.press(SET_UP, role="hr-adviser", licence="chat", days=WEEKDAYS))
        for _ in range(4):
            await kill_at(asyncio.sleep(random.random()), sunday, dialog)
            await patti.installs()
        tips = patti.reads(WORKED)
        tips += [await kill_at(patti.receives(WORKED), sunday, dialog) for _ in range(2)]
        await everything_settled(sunday)
        tips += patti.reads(WORKED)
        assert not patti.reads(SET_UP), "a second welcome"
    assert len({prompt_of(tip) for tip in tips}) == len(tips)
    assert_went_out_once(sunday.rows("deliveries"), patti.id)


async def kill_at(moment: Awaitable[Happened], where: Trust, dialog: Dialog) -> Happened:
    """Go on with the dialog until that moment, kill the bot, start it again, and look what is there."""
    talking = asyncio.ensure_future(dialog.go_on())
    happened = await moment
    await asyncio.to_thread(where.restart)
    with pytest.raises(NotAnswered):
        await talking
    dialog.assert_kept(where)
    return happened


async def everything_settled(where: Trust) -> None:
    """Wait until nothing is left of what a killed bot was sending."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while any(one.state is State.CLAIMED for one in where.rows("deliveries")):  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.1)


def assert_went_out_once(deliveries: Sequence[Delivery], person: str) -> None:
    """One welcome, and one tip for each slot."""
    theirs = [one for one in deliveries if one.person == person]
    assert sum(isinstance(one.subject, WelcomeDue) for one in theirs) == 1
    gone = [one for one in theirs if one.state in {State.SENT, State.UNKNOWN}]
    prompts = [one.subject.prompt for one in gone if isinstance(one.subject, TipDue)]
    assert len(set(prompts)) == len(prompts)


def prompt_of(tip: Card) -> str:
    """Which prompt a tip shows, by its id."""
    return str(tip.button("Ask a champion")["data"]["prompt_id"])
