"""Putting somebody in touch with a champion."""

from bot.domain.champions import Introduction, Match, match
from bot.domain.commands import AskChampion
from bot.domain.messages import ChampionFound, Message
from bot.domain.people import Person, PersonId, Right
from bot.domain.prompts import Prompt
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of, prompt_of


async def introduce(world: World, person_id: PersonId, command: AskChampion) -> Message:
    """The best champion for this person, with a link to a chat; a kind word where there is none."""
    async with world.store.unit_of_work() as work:
        asker = await person_of(work, person_id)
        found = await _match(world, work, asker)
        if found is None:
            return _nobody(world)
        about = await prompt_of(world.library, work, command.prompt_id) if command.prompt_id else None
    return _as_message(world, found, about)


async def _match(world: World, work: UnitOfWork, asker: Person) -> Match | None:
    champions = await work.people.holding(Right.CHAMPION)
    found = match(asker, champions, await work.introductions.by(asker.id))
    if found:
        await work.introductions.put(Introduction(asker.id, found.champion.id, world.clock.now()))
    return found


def _as_message(world: World, found: Match, about: Prompt | None) -> ChampionFound:
    champion = found.champion
    sentence = _first_sentence(champion, about)
    site = champion.roster.site if champion.roster else ""
    return ChampionFound(
        name=champion.name,
        about=f"{composing.role_name(world.library, champion.role)}, {site}",
        reason=found.reason,
        link=composing.chat_link(champion.roster.upn if champion.roster else "", sentence),
        first_sentence=sentence,
        prompt_id=about.id if about else "",
    )


def _first_sentence(champion: Person, about: Prompt | None) -> str:
    if about is None:
        return (
            f"Hello {champion.first_name}, could you spare ten minutes to help me get started with Copilot?"
        )
    return (
        f"Hello {champion.first_name}, I am trying “{about.title}”. Could you spare ten minutes to help me?"
    )


def _nobody(world: World) -> Message:
    return composing.declined(
        "No champion yet",
        "Nobody in your organisation has offered to help yet.",
        f"Until then, ask here: {world.library.rules.contact}",
    )
