"""Every button of every card that somebody can reach is understood and leads on."""

import json
from collections import deque
from datetime import timedelta

import pytest

from bot.domain.commands import VERBS
from bot.domain.json import Json
from bot.domain.library.experiences import Votes
from bot.domain.library.prompts import PromptId
from bot.domain.messages import HelpOffer, Note, PulseQuestions
from bot.domain.staff.people import Person, Right
from bot.services.library import renewing
from bot.teams import payloads
from tests.contract.rows import contribution
from tests.rounds import MIXED, answered
from tests.samples import MONDAY, WARD, champion, staff, stranger
from tests.stories.dialog import Actor, Button, Town, buttons, filled_in, inputs_for, inputs_of

WORDS = (
    "hi",
    "help",
    "tip",
    "saved",
    "saved notice",
    "my progress",
    "pause",
    "resume",
    "settings",
    "privacy",
    "stop",
    "champion",
    "champions",
    "coverage",
    "profile",
    "become a champion",
    "share",
    "shared",
    "reviews",
    "summary",
    "summary last",
    "summary csv",
    "compare",
    "plan",
    "plan a notice",
    "questions",
    "audit",
    "installs",
    "my data",
    "notice",
    "xyzzy",
    "can I put the rota into Copilot?",
    "may I paste a zebra?",
    "no laeve",
    "pause 3 months",
    "leave 3 January to 20 December",
    "rota",
    "rota 4 on 4 off",
    "rota XYZ",
    "I work nights",
    "rota DDNNOOOO from nowhere",
    "on leave",
    "off sick",
    "7 a week",
    "Monday to Friday",
    "language",
    "i feel sad",
    "yes",
    "thanks",
    "who are you",
    "how often",
    "save",
    "i have copilot now",
    "i'm on nights this week",
    "not mondays",
    "no tips before 10",
    "i work bank holidays",
    "summary of a report",
)
EVERYTHING = staff("Ever Sample", rights=frozenset(Right), leads=frozenset({WARD}))


@pytest.mark.parametrize("person", [staff(), stranger(), champion(), EVERYTHING], ids=lambda p: p.id)
async def test_no_dead_end_anywhere(town: Town, person: Person) -> None:
    """From each word, press every button of every card, and every card offers a next step."""
    await prompt_that_waits(town)
    await answered(town.world, MIXED)
    actor = await town.living_here(person)
    await actor.installs()
    seen: set[str] = set()
    todo: deque[tuple[str, dict[str, Json]]] = deque(pressable(actor))
    for word in WORDS:
        await actor.types(word)
        todo.extend(pressable(actor))
    while todo:
        verb, data = todo.popleft()
        key = json.dumps([verb, data], sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        payloads.command(verb, data)  # raises for a button that no command answers
        await actor.sends(verb, data)
        todo.extend(pressable(actor))
    assert {json.loads(key)[0] for key in seen} >= {"tip", "outcome", "save", "open", "set_up", "settings"}


async def test_every_verb_has_a_button(town: Town) -> None:
    """Between them, the cards that people can get by words and first steps offer every verb that there is."""
    author = await prompt_that_waits(town)
    await answered(town.world, MIXED)
    lead = staff("Lea Sample", leads=frozenset({WARD}))
    administrator = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
    people = [await town.welcomed(person) for person in (champion(), lead, administrator)]
    newcomer = await town.living_here(staff())
    await newcomer.installs()
    verbs = {*newcomer.steps, *author.steps}
    for person in people:
        await person.presses("save")
        for word in (*WORDS, "saved", "resume"):
            await person.types(word)
            verbs |= set(person.steps)
    verbs |= await help_with_something(town, newcomer)
    verbs |= await wish_to_be_a_champion(town, newcomer)
    verbs |= {step.verb for step in renewing.over(contribution("c"), Votes(PromptId("c"))).steps}
    await people[0].types("reviews")
    await people[0].presses("approve")
    verbs |= set(people[0].steps)
    await author.types("shared")
    verbs |= set(author.steps)
    await decline_another(author, people[0])
    await author.types("shared")
    verbs |= set(author.steps)
    for person in people:
        await town.until(MONDAY + timedelta(days=8, hours=9))  # the questions are there
        person.finds(PulseQuestions)
        verbs |= set(person.steps)
        await person.presses("pulse", confidence="3", workload="3", tune="true")
        verbs |= set(person.steps)
    await people[1].types("cymraeg")
    verbs |= set(people[1].steps)
    await people[0].types("erase my data")
    verbs |= set(people[0].steps)
    assert verbs == set(VERBS)


async def wish_to_be_a_champion(town: Town, newcomer: Actor) -> set[str]:
    """Become a champion by an administrator's yes; the verbs of all cards on the way."""
    ada = await town.welcomed(staff("Addie Sample", rights=frozenset({Right.ADMINISTRATOR})))
    await newcomer.types("profile")
    verbs = set(newcomer.steps)
    await newcomer.types("become a champion")
    await town.wait(days=4)
    wishes = [m for m in ada.receives() if isinstance(m, Note) and m.steps[0].verb == "admit_champion"]
    ada.message = wishes[0]
    verbs |= set(ada.steps)
    await ada.presses("admit_champion")
    await newcomer.types("profile")
    return verbs | set(newcomer.steps)


async def help_with_something(town: Town, asker: Actor) -> set[str]:
    """Ask for help and get it; the verbs of all cards on the way."""
    helper = await town.welcomed(champion("Helper Sample"))
    verbs: set[str] = set()
    await asker.types("champion")
    await asker.presses("ask_help", about="a sample task")
    verbs |= set(asker.steps)
    await asker.presses(helper.id)
    await town.tick()
    helper.finds(HelpOffer)
    verbs |= set(helper.steps)
    await helper.presses("accept_help")
    await asker.types("champion")
    verbs |= set(asker.steps)
    await town.until(MONDAY + timedelta(days=7, hours=1))
    asker.finds(Note)
    return verbs | set(asker.steps)


async def decline_another(author: Actor, reviewer: Actor) -> None:
    """A second prompt is shared, and needs a little more work."""
    await author.types("share")
    typed = {"title": "Another", "prompt": "Write a kind notice about [the lifts].", "check": "A check"}
    await author.presses("share", **typed)
    await reviewer.types("reviews")
    await reviewer.presses("decline", reason="Say where the list comes from.")


async def prompt_that_waits(town: Town) -> Actor:
    """Somebody else's prompt, so that there is something to review."""
    author = await town.welcomed(champion("Author Sample"))
    await author.types("share")
    typed = {"title": "A title", "prompt": "A prompt that is long enough", "check": "A check"}
    await author.presses("share", **typed, credit="true")
    return author


def pressable(actor: Actor) -> list[tuple[str, dict[str, Json]]]:
    """What each button of the last card sends, the inputs filled in as somebody might. There must be some."""
    card = actor.card
    found = buttons(card)
    assert found, f"a dead end: {actor.reads}"
    return [(b.verb, {**b.data, **filled_in(card, b, typed(actor, b))}) for b in found]


def typed(actor: Actor, button: Button) -> dict[str, str]:
    """Something for every input that is empty."""
    if not button.takes_inputs:
        return {}
    empty = [i for i in inputs_for(actor.card, button) if not i.get("value")]
    licences = [i for i in inputs_of(actor.card) if i["id"] == "licence"]
    chosen = {str(i["id"]): _first_choice(i.get("choices")) for i in empty}
    return chosen | {str(i["id"]): "chat" for i in licences}


def _first_choice(choices: Json) -> str:
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return str(choices[0]["value"])
    return "Some sample words"
