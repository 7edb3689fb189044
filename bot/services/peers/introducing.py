"""Bringing two colleagues together: the card with the link to a chat, for either side."""

from bot.domain.messages import ChampionFound
from bot.domain.peers.directory import Match
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import Person
from bot.domain.text.language import Language, joined, say
from bot.domain.text.wording import capitalised
from bot.services import composing
from bot.services.ports import World


def to_champion(world: World, request: HelpRequest, champion: Person, title: str) -> ChampionFound:
    """The card on which the asker finds the champion who said yes."""
    name = champion.first_name
    sentence = _between(
        say("Hello {name}, you kindly offered to help me with “{about}”.", name=name, about=request.about)
        if request.about
        else say("Hello {name}, you kindly offered to help me with Copilot.", name=name),
        champion,
    )
    return ChampionFound(
        title=title,
        name=champion.name,
        about=who(world, champion),
        reason=say(
            "{name} said yes. Open a chat and agree on a time that suits you both.",
            name=capitalised(called(champion)),
        ),
        link=_link(champion, sentence),
        first_sentence=sentence,
        prompt_id=request.prompt or "",
        request_id=request.id,
    )


def to_asker(world: World, request: HelpRequest, asker: Person) -> ChampionFound:
    """The card on which the champion finds the asker."""
    name = asker.first_name
    sentence = _between(
        say("Hello {name}, you asked about “{about}”. When would suit you?", name=name, about=request.about)
        if request.about
        else say("Hello {name}, you asked for help. When would suit you?", name=name),
        asker,
    )
    return ChampionFound(
        title=say("Thank you for helping"),
        name=asker.name,
        about=who(world, asker),
        reason=say("I tell {name} that you can help. Ten minutes are often enough.", name=called(asker)),
        link=_link(asker, sentence),
        first_sentence=sentence,
    )


def directly(world: World, request: HelpRequest, champion: Person, found: Match) -> ChampionFound:
    """The card for a champion whom the bot cannot write to: the asker does."""
    sentence = _between(
        say(
            "Hello {name}, could you spare ten minutes to help me with “{about}”?",
            name=champion.first_name,
            about=request.about,
        ),
        champion,
    )
    return ChampionFound(
        title=say("A colleague who can help"),
        name=champion.name,
        about=who(world, champion),
        reason=say(
            "{reason}. I cannot reach them myself, so please write to them.", reason=capitalised(found.reason)
        ),
        link=_link(champion, sentence),
        first_sentence=sentence,
        prompt_id=request.prompt or "",
    )


def who(world: World, person: Person) -> str:
    """A colleague's role and site."""
    role = composing.role_name(world.library, person.role)
    return joined(role, person.roster.site, by=", ") if person.roster else role


def called(person: Person) -> str:
    """How to speak of somebody: their first name, where it is known."""
    return person.first_name or say("your colleague")


def _between(sentence: str, colleague: Person) -> str:
    """What one writes to the other: in the reader's language where their colleague reads it too."""
    return str(sentence) if colleague.preferences.language is Language.ENGLISH else sentence


def _link(person: Person, sentence: str) -> str:
    return composing.chat_link(person.roster.upn if person.roster else "", sentence)
