"""Bringing two colleagues together: the card with the link to a chat, for either side."""

from bot.domain.champion_messages import ChampionFound
from bot.domain.champions import Match
from bot.domain.help_requests import HelpRequest
from bot.domain.people import Person
from bot.domain.wording import capitalised
from bot.services import composing
from bot.services.ports import World


def to_champion(world: World, request: HelpRequest, champion: Person, title: str) -> ChampionFound:
    """The card on which the asker finds the champion who said yes."""
    wish = f"about {quoted(request.about)}" if request.about else "with Copilot"
    return ChampionFound(
        title=title,
        name=champion.name,
        about=who(world, champion),
        reason=f"{champion.first_name} said yes. Open a chat and agree on a time that suits you both.",
        link=_link(
            champion, sentence := f"Hello {champion.first_name}, you kindly offered to help me {wish}."
        ),
        first_sentence=sentence,
        prompt_id=request.prompt or "",
        request_id=request.id,
    )


def to_asker(world: World, request: HelpRequest, asker: Person) -> ChampionFound:
    """The card on which the champion finds the asker."""
    wish = f"about {quoted(request.about)}" if request.about else "for help"
    sentence = f"Hello {asker.first_name}, you asked {wish}. When would suit you?"
    return ChampionFound(
        title="Thank you for helping",
        name=asker.name,
        about=who(world, asker),
        reason=f"{called(asker)} gets your name now too. Ten minutes are often enough.",
        link=_link(asker, sentence),
        first_sentence=sentence,
    )


def directly(world: World, request: HelpRequest, champion: Person, found: Match) -> ChampionFound:
    """The card for a champion whom the bot cannot write to: the asker does."""
    sentence = (
        f"Hello {champion.first_name}, could you spare ten minutes to help me with {quoted(request.about)}?"
    )
    return ChampionFound(
        title="A colleague who can help",
        name=champion.name,
        about=who(world, champion),
        reason=f"{capitalised(found.reason)}. I cannot reach them myself, so please write to them.",
        link=_link(champion, sentence),
        first_sentence=sentence,
        prompt_id=request.prompt or "",
    )


def who(world: World, person: Person) -> str:
    """A colleague's role and site."""
    role = composing.role_name(world.library, person.role)
    return f"{role}, {person.roster.site}" if person.roster else role


def called(person: Person) -> str:
    """How to speak of somebody: their first name, where it is known."""
    return person.first_name or "your colleague"


def quoted(words: str) -> str:
    """Somebody's own words inside a sentence."""
    return f"“{words}”"


def _link(person: Person, sentence: str) -> str:
    return composing.chat_link(person.roster.upn if person.roster else "", sentence)
