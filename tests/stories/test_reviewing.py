"""Around a review: what the reviewer sees and changes, reminders, and when a prompt has had its time."""

from datetime import date, timedelta

from bot.domain.library.contributions import REVIEWED_FOR, Stage
from bot.domain.messages import Note, ReviewRequest, Tip
from bot.domain.outbox.subjects import ReviewDue
from bot.domain.staff.people import Right
from tests.samples import champion, staff
from tests.stories.dialog import Actor, Town

PROMPT = {
    "title": "Sum up the ward round list",
    "prompt": "Make a list of [what is left to do] by bay.",
    "check": "Count the lines against your own list.",
}


REV = champion("Rev Sample").id


async def shared(town: Town) -> tuple[Actor, Actor]:
    """A champion who has shared a prompt, and a reviewer who looks at it."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    await cham.types("share")
    await cham.presses("share", **PROMPT)
    await rev.types("reviews")
    return cham, rev


async def test_the_reviewer_sees_what_was_looked_for(town: Town) -> None:
    """And that the library has nothing like it."""
    _, rev = await shared(town)
    assert "I found nothing in it that points to a person." in rev.reads
    assert "The library has nothing like it." in rev.reads


async def test_a_reviewer_can_change_it_first(town: Town) -> None:
    """The changes are checked like a new prompt; the old words are kept, and the new ones are approved."""
    cham, rev = await shared(town)
    await rev.presses("edit_prompt", prompt="Ring 07700 900123 about [the list].")
    assert "07700 900123" in rev.sees(ReviewRequest).problem
    assert rev.sees(ReviewRequest).prompt == PROMPT["prompt"]
    assert rev.sees(ReviewRequest).new_prompt.startswith("Ring"), "nobody types it twice"
    better = "Make a list of [what is left to do], by bay and by time."
    await rev.presses("edit_prompt", prompt=better)
    assert (rev.sees(ReviewRequest).prompt, rev.sees(ReviewRequest).problem) == (better, "")
    assert "A reviewer has changed its words." in rev.reads
    await rev.presses("approve")
    async with town.world.store.unit_of_work() as work:
        (kept,) = await work.contributions.approved()
    assert kept.text == better
    assert [version.text for version in kept.versions] == [PROMPT["prompt"]]
    await town.wait(days=8)
    (told,) = [m for m in cham.receives() if isinstance(m, Note) and "approved" in m.title]
    assert told.lines[-1] == f"The reviewer changed a few words. It says now: {better}"


async def test_a_yes_is_one_to_the_words_on_the_card(town: Town) -> None:
    """Whoever has a card of before a change sees the new words first; then their yes counts."""
    _, rev = await shared(town)
    before = rev.card
    other = await town.welcomed(champion("Other Sample"))
    await other.types("reviews")
    better = "Make a list of [what is left to do], by bay and by time."
    await other.presses("edit_prompt", prompt=better)
    await rev.presses("approve", before)
    assert rev.sees(ReviewRequest).problem == "A reviewer has changed it meanwhile. Please look again."
    assert rev.sees(ReviewRequest).prompt == better
    await rev.presses("approve")
    assert "Approved" in rev.reads


async def test_a_reviewer_can_leave_one_to_others(town: Town) -> None:
    """And look at the next, round and round; with one alone they hear that nothing else waits."""
    cham, rev = await shared(town)
    await rev.presses("reviews")
    assert "Nothing else waits for review" in rev.reads
    await cham.types("share")
    await cham.presses(
        "share", title="Another", prompt="Write a kind notice about [the lifts].", check="Read."
    )
    await rev.types("reviews")
    seen = [rev.sees(ReviewRequest).title]
    for _ in range(2):
        await rev.presses("reviews")
        seen.append(rev.sees(ReviewRequest).title)
    assert seen == [PROMPT["title"], "Another", PROMPT["title"]]


async def test_nobody_changes_their_own_in_review(town: Town) -> None:
    """Two pairs of eyes: the author's button from somebody else's card does nothing."""
    cham, rev = await shared(town)
    await cham.sends("edit_prompt", {"contribution_id": rev.sees(ReviewRequest).contribution_id, **PROMPT})
    assert "That is no longer here" in cham.reads


async def test_reviewers_are_reminded_once(town: Town) -> None:
    """After three working days, and not again."""
    _, rev = await shared(town)
    await town.wait(days=28)
    cards = [message for message in rev.receives() if isinstance(message, ReviewRequest)]
    assert len(cards) == 2


async def test_three_working_days_leave_out_bank_holidays(town: Town) -> None:
    """The reminder comes a day later for each that the reviewer has off."""
    town.closes(date(2026, 11, 25), date(2026, 11, 26))
    await shared(town)
    async with town.world.store.unit_of_work() as work:
        first, reminder = [d for d in await work.deliveries.of(REV) if isinstance(d.subject, ReviewDue)]
    assert first.due.date() == date(2026, 11, 23)
    assert reminder.due.date() == date(2026, 11, 30)


async def test_a_reviewer_without_the_app_is_told_once_they_have_it(town: Town) -> None:
    """Days later, with a whole reminder of their own; nothing is lost meanwhile."""
    cham, rev = await town.welcomed(champion()), await town.living_here(champion("Rev Sample"))
    await cham.types("share")
    await cham.presses("share", **PROMPT)
    await town.wait(days=7)
    await rev.installs()
    await rev.presses("set_up")
    await town.wait(days=14)
    cards = [message for message in town.outbound.to(rev.id) if isinstance(message, ReviewRequest)]
    assert [card.title for card in cards] == [PROMPT["title"]] * 2


async def test_a_reviewer_in_a_pause_is_told_after_it(town: Town) -> None:
    """A holiday hides nothing from them."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    await rev.types("pause 20 days")
    await cham.types("share")
    await cham.presses("share", **PROMPT)
    await town.wait(days=20)
    assert not any(isinstance(message, ReviewRequest) for message in rev.receives())
    await town.wait(days=7)
    assert any(isinstance(message, ReviewRequest) for message in rev.receives())


async def a_year_later(town: Town) -> tuple[Actor, Actor]:
    """An approved prompt after a year; the reviewer has the card that asks about it."""
    cham, rev = await shared(town)
    await rev.presses("approve")
    town.clock.forward(REVIEWED_FOR - timedelta(days=1))
    await town.wait(days=8)
    rev.message = _asked(rev)
    return cham, rev


async def test_a_prompt_that_is_kept_for_another_year(town: Town) -> None:
    """One tap; the other button of the same card is used up."""
    _, rev = await a_year_later(town)
    card = rev.card
    await rev.presses("renew_prompt", card)
    assert "another year" in rev.reads
    await rev.presses("retire_prompt", card)
    assert "That is no longer here" in rev.reads
    async with town.world.store.unit_of_work() as work:
        assert len(await work.contributions.approved()) == 1


async def test_a_prompt_that_has_had_its_time(town: Town) -> None:
    """One tap, and nobody gets it any more; its author sees that, with thanks."""
    cham, rev = await a_year_later(town)
    await rev.presses("retire_prompt")
    assert "Retired" in rev.reads
    await cham.types("shared")
    assert "has had its time and is retired" in cham.reads
    async with town.world.store.unit_of_work() as work:
        assert await work.contributions.approved() == []


async def test_a_prompt_that_stops_working(town: Town) -> None:
    """Three for whom it did not work, each counted once: the reviewers are asked, the author sees "a few"."""
    cham, rev = await shared(town)
    await rev.presses("approve")
    for name in ("Ann Sample", "Ben Sample", "Cat Sample"):
        actor = await town.welcomed(staff(name))
        while not (isinstance(actor.message, Tip) and actor.message.title == PROMPT["title"]):
            await actor.types("tip")
        card = actor.card
        await actor.presses("did_not_work", card)
        await actor.presses("did_not_work", card)
    await cham.types("shared")
    assert "A few said how it went; it worked for nobody." in cham.reads
    await town.wait(days=8)
    rev.message = _asked(rev)
    await rev.presses("renew_prompt")
    await town.wait(days=8)
    assert not [m for m in rev.receives() if isinstance(m, Note) and "still good" in m.title]
    async with town.world.store.unit_of_work() as work:
        (kept,) = await work.contributions.approved()
    assert kept.stage is Stage.APPROVED


async def test_nobody_renews_their_own(town: Town) -> None:
    """Two pairs of eyes after a year as well: a made-up button of the author's does nothing."""
    cham, rev = await shared(town)
    request = rev.sees(ReviewRequest).contribution_id
    await rev.presses("approve")
    town.clock.forward(REVIEWED_FOR + timedelta(days=1))
    for verb in ("renew_prompt", "retire_prompt"):
        await cham.sends(verb, {"contribution_id": request})
        assert "That is no longer here" in cham.reads


async def test_retire_says_where_the_button_is(town: Town) -> None:
    """Whoever types the word, a reviewer or not, hears on which card it is done."""
    for actor in (await town.welcomed(champion()), await town.welcomed(staff())):
        await actor.types("retire")
        assert "The button to retire it is on that card" in actor.reads


async def test_only_reviewers_retire(town: Town) -> None:
    """And only what has had its time."""
    _, rev = await shared(town)
    request = rev.sees(ReviewRequest).contribution_id
    await rev.presses("approve")
    only = await town.welcomed(staff("Olly Sample", rights=frozenset({Right.CHAMPION})))
    for actor in (rev, only):
        await actor.sends("retire_prompt", {"contribution_id": request})
        assert "That is no longer here" in actor.reads


def _asked(actor: Actor) -> Note:
    """The newest card that asks whether a prompt is still good."""
    found = [m for m in actor.receives() if isinstance(m, Note) and m.title == "Is this prompt still good?"]
    assert found
    return found[-1]
