"""A tiny language for dialogs: people type, press the buttons of real cards, and wait for the post.

Nothing here is imitated but the network and the clock: what people do comes in as the bytes that Teams would
post, cards come from `cards/`, and ticks call what the scheduler calls.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from bot.content.cards import Card, Cards
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.staff.hours import Nation
from bot.domain.staff.people import Person, PersonId
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import erasing
from bot.services.ports import World
from bot.services.upkeep import tending
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.inbound import Inbound
from bot.teams.quotas import Quota
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import keep
from tests.samples import reference

CARDS = Path(__file__).parents[2] / "cards"
TICK = timedelta(minutes=10)

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Button:
    """What somebody can press: its title, what it sends, and whether the card's inputs go with it."""

    title: str
    verb: str
    data: Mapping[str, Json]
    takes_inputs: bool

    def does(self, what: str) -> bool:
        """Whether this is the button for a verb, or for one of the values that it sends."""
        return what == self.verb or what in self.data.values()


class Wire(Connector):
    """The network, which takes everything."""

    def __init__(self) -> None:
        """Connect to nothing."""

    async def _within(self, *request: object) -> Reply:
        """Take it, however much there is: how often a chat is written to is not what stories are about."""
        return Accepted(str(request[1]))


@cache
def all_cards() -> Cards:
    """The cards, loaded for the first town: nothing changes them."""
    return Cards(CARDS)


@dataclass(slots=True)
class Town:
    """One small world with its post: time passes here, and what is due goes out."""

    world: World
    clock: SettableClock
    outbound: ScriptedOutbound
    limit: int = 1_000_000
    cards: Cards = field(default_factory=all_cards)
    dispatcher: Dispatcher = field(init=False)
    inbound: Inbound = field(init=False)
    people: list[Person] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = replace(self.world, tongues=self.cards.tongues)
        self.dispatcher = Dispatcher(self.world)
        bot = SteadyDripBot(self.world, self._render, Quota(self.limit))
        self.inbound = Inbound(TeamsAdapter(Wire()), bot, None)

    def _render(self, message: Message) -> Card:
        """What the bot says is remembered as the message that it was."""
        self.said.append(message)
        return self.cards.render(message)

    def closes(self, *days: date) -> None:
        """These days are bank holidays in England."""
        self.world = replace(self.world, holidays={Nation.ENGLAND: frozenset(days)})
        self.__post_init__()

    async def tick(self) -> None:
        """What the scheduler does every minute."""
        await tending.tend_rounds(self.world)
        await tending.tend_help(self.world)
        await nudging.plan_due(self.world)
        await erasing.expire(self.world)
        await self.dispatcher.dispatch_due()

    async def until(self, moment: datetime) -> None:
        """Let time pass, tick by tick."""
        while self.clock.at < moment:
            self.clock.forward(min(TICK, moment - self.clock.at))
            await self.tick()

    async def wait(self, **spell: float) -> None:
        """Let some days or hours pass."""
        await self.until(self.clock.at + timedelta(**spell))

    async def restart(self) -> None:
        """The process ends and begins again; only the store is left."""
        self.dispatcher = Dispatcher(self.world)

    async def living_here(self, person: Person) -> "Actor":
        """Somebody whom the roster knows, and who has not met the bot yet."""
        await keep(self.world, Person(person.id, person.roster))
        self.people.append(person)
        return Actor(self, person.id)

    async def welcomed(self, person: Person) -> "Actor":
        """Somebody who has installed the app and set it up as the card suggests."""
        actor = await self.living_here(person)
        await actor.installs()
        await actor.presses("set_up")
        return actor


@dataclass(slots=True)
class Actor:
    """One person in front of a chat. `message` and `card` are the last that they got, asked or unasked.

    `title` stands over the dialog that they opened last.
    """

    town: Town
    id: PersonId
    message: Message | None = None
    title: str = ""
    _read: int = 0

    async def installs(self) -> None:
        """Install the app, of which Teams tells twice, and get the post."""
        at = reference(self.id)
        await self._tells("installationUpdate", action="add")
        await self._tells("conversationUpdate", membersAdded=[{"id": at.user}, {"id": at.bot}])
        await self.town.tick()
        self.receives()

    async def removes_the_app(self) -> None:
        """Remove the app."""
        await self._tells("installationUpdate", action="remove")

    async def types(self, text: str) -> None:
        """Type a line and read the answer."""
        self.town.typed.append(text)
        await self._tells("message", text=text)
        self.message = self.town.said[-1]

    async def presses(self, what: str, card: Card | None = None, /, **inputs: str) -> None:
        """Press the first button that does `what`, some inputs filled in otherwise; also on an older card.

        `what` is a verb, or what tells two buttons of one verb apart ("worked"): titles may be reworded.
        """
        shown = card or self.card
        button = next((b for b in buttons(shown) if b.does(what)), None)
        assert button is not None, f"nothing does {what!r} among {buttons(shown)}"
        await self.sends(button.verb, {**button.data, **filled_in(shown, button, inputs)})

    async def sends(self, verb: str, data: Mapping[str, Json]) -> None:
        """Send what a button would send; or what no button does."""
        self.town.typed.extend(value for value in data.values() if isinstance(value, str))
        action: Json = {"type": "Action.Execute", "verb": verb, "data": dict(data)}
        await self._tells("invoke", name="adaptiveCard/action", value={"action": action})
        self.message = self.town.said[-1]

    async def hurries(self) -> str:
        """Press a button more often than the limit allows; what is said beside the card."""
        action: Json = {"type": "Action.Execute", "verb": "help", "data": {}}
        answer = await self._tells("invoke", name="adaptiveCard/action", value={"action": action})
        return str(_object(answer)["value"])

    async def shares(self, html: str, chat: str = "groupChat") -> Card:
        """Press *Share as prompt* on a message; the card in the dialog."""
        payload: Json = {"id": "1", "body": {"contentType": "html", "content": html}}
        return await self._extends("fetchTask", {"commandId": "sharePrompt", "messagePayload": payload}, chat)

    async def submits(self, card: Card, what: str, /, **inputs: str) -> Card:
        """Press a button in the dialog; the card that takes its place, an empty one where the dialog ends."""
        action = next(one for one in parts(card) if _verb(one) == what)
        typed = {str(i["id"]): i.get("value", "") for i in inputs_of(card)} | dict(inputs)
        self.town.typed.extend(inputs.values())
        sent = {} if action.get("associatedInputs") == "none" else typed
        data: Json = {**_object(action["data"]), **sent}
        return await self._extends("submitAction", {"commandId": "sharePrompt", "data": data}, "groupChat")

    async def _extends(self, what: str, value: Json, chat: str) -> Card:
        where: Json = {"conversationType": chat, "id": "some-other-chat"}
        answer = await self._tells("invoke", name=f"composeExtension/{what}", value=value, conversation=where)
        task = _object(_object(answer).get("task"))
        self.title = str(_object(task.get("value")).get("title", ""))
        shown = _object(_object(task.get("value")).get("card"))
        return dict(_object(shown.get("content")))

    async def _tells(self, kind: str, **what: Json) -> Json:
        """Post an activity as Teams does; the body of the answer."""
        at = reference(self.id)
        activity: Json = {
            "type": kind,
            "id": f"activity-{len(self.town.said)}",
            "from": {"id": at.user, "aadObjectId": self.id},
            "recipient": {"id": at.bot},
            "serviceUrl": at.service_url,
            "channelId": "msteams",
            "conversation": {"conversationType": "personal", "id": at.conversation},
            "channelData": {"tenant": {"id": at.tenant}},
            **what,
        }
        answer = await self.town.inbound.receive(None, json.dumps(activity).encode())
        assert answer.status == 200, answer
        return answer.body

    def receives(self) -> Sequence[Message]:
        """What came since somebody last looked; the last of it is what they see now."""
        post = self.town.outbound.to(self.id)
        new, self._read = post[self._read :], len(post)
        self.message = new[-1] if new else self.message
        return new

    def finds(self, kind: type[Message]) -> None:
        """Scroll to the newest of what came that is of this kind."""
        self.message = next(message for message in reversed(self.receives()) if isinstance(message, kind))

    def sees(self, kind: type[Shown]) -> Shown:
        """The last message, which is of this kind."""
        assert isinstance(self.message, kind), f"{self.id} sees {self.message}"
        return self.message

    @property
    def card(self) -> Card:
        """The last card."""
        assert self.message is not None, f"{self.id} has not got anything yet"
        return self.town.cards.render(self.message)

    @property
    def reads(self) -> str:
        """All the text on the last card."""
        return "\n".join(texts(self.card))

    @property
    def steps(self) -> list[str]:
        """The verbs of the last card's buttons."""
        return [button.verb for button in buttons(self.card)]


def buttons(card: Card) -> list[Button]:
    """Every button of a card, also those behind another."""
    return [
        Button(
            title=str(part["title"]),
            verb=str(part["verb"]),
            data=_object(part.get("data")),
            takes_inputs=part.get("associatedInputs") != "none",
        )
        for part in parts(card)
        if part.get("type") == "Action.Execute"
    ]


def inputs_of(card: Card) -> list[Mapping[str, Json]]:
    """Every input of a card."""
    return [part for part in parts(card) if str(part.get("type")).startswith("Input.")]


def inputs_for(card: Card, button: Button) -> list[Mapping[str, Json]]:
    """The inputs that go with a button: those around it, and none that another button opens."""
    opened = [part["card"] for part in parts(card) if part.get("type") == "Action.ShowCard"]
    others = [one for one in opened if not any(part.get("verb") == button.verb for part in parts(one))]
    elsewhere = [part for one in others for part in parts(one)]
    return [one for one in inputs_of(card) if one not in elsewhere]


def filled_in(card: Card, button: Button, typed: Mapping[str, str]) -> Mapping[str, Json]:
    """What the inputs send along: what was typed, else what stood there. Required ones must not be empty."""
    if not button.takes_inputs:
        assert not typed, f"{button.title} takes no inputs"
        return {}
    inputs = inputs_for(card, button)
    sent: dict[str, Json] = {str(i["id"]): i.get("value", "") for i in inputs} | dict(typed)
    unknown = set(typed) - {str(i["id"]) for i in inputs}
    assert not unknown, f"no inputs {unknown}"
    missing = [i["id"] for i in inputs if i.get("isRequired") and not sent[str(i["id"])]]
    assert not missing, f"Teams would ask to fill in {missing}"
    return sent


def texts(part: Json) -> Iterator[str]:
    """What a person reads on a card or a part of it."""
    if isinstance(part, list):
        for one in part:
            yield from texts(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in {"text", "title", "value", "label"} and isinstance(value, str):
                yield value
            elif key != "fallback":
                yield from texts(value)


def parts(part: Json) -> Iterator[Mapping[str, Json]]:
    """Every element of a card, but no fallback."""
    if isinstance(part, list):
        for one in part:
            yield from parts(one)
    elif isinstance(part, dict):
        yield part
        for key, value in part.items():
            if key != "fallback":
                yield from parts(value)


def inlines(part: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """The text runs of an element: in those no markdown is read."""
    runs = part.get("inlines")
    return [run for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []


def _verb(part: Mapping[str, Json]) -> Json:
    """The verb of a button in a dialog; None for any other part."""
    return _object(part.get("data")).get("verb") if part.get("type") == "Action.Submit" else None


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
