"""A person in the Playground, over its HTTP and WebSocket: installs, types, presses buttons, reads cards.

async with joined(address) as alex:
    await alex.says("tip")
    tip = await alex.receives("Worked")
    thanks = await tip.press("Worked")
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

PATIENCE_SECONDS = 60.0

Content = Mapping[str, Any]
"""An Adaptive Card's JSON, or a part of it."""


class NothingCame(AssertionError):
    """What a person waited for did not come. The message says what came instead."""


class NotAnswered(Exception):
    """A press that got no card back, as when the bot is away."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it stands in somebody's chat: `message` is the message that holds it."""

    reader: "Colleague"
    message: str
    content: Content

    @property
    def text(self) -> str:
        """Every word on the card but its buttons and inputs, a line for each element."""
        return "\n".join(_texts(self.content))

    @property
    def buttons(self) -> list[str]:
        """The titles of its buttons, from the top."""
        return [action["title"] for action in _actions(self.content)]

    @property
    def inputs(self) -> dict[str, str]:
        """What its inputs hold when it opens."""
        return {one["id"]: one.get("value", "") for one in _parts(self.content) if _is_input(one)}

    def button(self, title: str) -> Content:
        """The button with this title. Raises AssertionError where the card has none."""
        found = [action for action in _actions(self.content) if action["title"] == title]
        assert found, f"no button {title!r} among {self.buttons} on: {self.text}"
        return found[0]

    def link(self, title: str) -> str:
        """Where a button that opens an address leads."""
        return str(self.button(title)["url"])

    async def press(self, title: str, /, **typed: str) -> "Card":
        """Fill in the form and press a button; the card that takes this one's place."""
        action = self.button(title)
        return await self.send(action["verb"], {**action.get("data", {}), **self._filled(action, typed)})

    async def submit(self, title: str, /, **typed: str) -> "Card":
        """The same in a client that knows no `Action.Execute` and falls back to `Action.Submit`."""
        action = self.button(title)["fallback"]
        return await self.reader.submits(self, {**action["data"], **self._filled(action, typed)})

    async def send(self, verb: object, data: object) -> "Card":
        """What no button of this card sends, or what one does: any verb with any data."""
        return await self.reader.executes(self, {"type": "Action.Execute", "verb": verb, "data": data})

    def _filled(self, action: Content, typed: dict[str, str]) -> dict[str, str]:
        """The form as the Playground sends it: like a client, it refuses one that is not filled in."""
        if action.get("associatedInputs") == "none":
            return {}
        values = self.inputs | typed
        required = [one["id"] for one in _parts(self.content) if _is_input(one) and one.get("isRequired")]
        missing = [name for name in required if not values[name]]
        assert not missing, f"the client asks for {missing} first"
        assert not set(typed) - set(self.inputs), f"the card has only {list(self.inputs)}"
        return values


class Colleague:
    """One person and their one-to-one chat with the bot. `unread` holds what they have not looked at yet."""

    def __init__(self, http: aiohttp.ClientSession, config: Content) -> None:
        self.id = str(config["currentUser"]["aadObjectId"])
        self.unread: list[Card] = []
        self._http = http
        self._from = {"id": config["currentUser"]["id"]}
        self._chat = config["personalChat"]["id"]
        self._replaced: dict[str, list[Card]] = {}
        self._news = asyncio.Condition()

    async def installs(self) -> None:
        """Install the app: the bot gets the two events of an installation."""
        await self._post(f"/_debug/conversation/{self._chat}/installation", {})

    async def says(self, line: str) -> None:
        """Type a line and press Enter."""
        body = {"from": self._from, "text": line, "textFormat": "plain"}
        await self._post(f"/_conversation/v1/conversations/{self._chat}/messages", body)

    async def receives(
        self, button: str = "", *, saying: str = "", patience: float = PATIENCE_SECONDS
    ) -> Card:
        """The oldest unread card with this button and these words; what else came stays unread."""

        def wanted() -> Card | None:
            return next((c for c in self.unread if _has(c, button) and saying in c.text), None)

        what = f"a card with {button or 'any button'!r} and {saying!r}"
        card = await self._wait(wanted, what, patience)
        self.unread.remove(card)
        return card

    def reads(self, button: str = "") -> list[Card]:
        """All unread cards with this button, the oldest first; what else came stays unread."""
        found = [card for card in self.unread if _has(card, button)]
        self.unread = [card for card in self.unread if card not in found]
        return found

    async def executes(self, card: Card, action: Content) -> Card:
        """Send a button's invoke. Raises NotAnswered where no card comes back."""
        value = {"action": action, "trigger": "manual"}
        answer = await self._post(
            "/_conversation/v1/invoke", self._on(card, value, name="adaptiveCard/action")
        )
        content = json.loads(answer).get("value")
        if not isinstance(content, dict):
            raise NotAnswered(answer)
        return Card(self, card.message, content)

    async def extends(self, name: str, value: Content) -> Content:
        """Send a message extension's invoke; the card in the dialog. Raises NotAnswered without one."""
        body = {"name": name, "value": value, "from": self._from, "conversation": {"id": self._chat}}
        answer = json.loads(await self._post("/_conversation/v1/invoke", body))
        try:
            content: Content = answer["task"]["value"]["card"]["content"]
        except (KeyError, TypeError):
            raise NotAnswered(str(answer)) from None
        return content

    async def submits(self, card: Card, value: Content) -> Card:
        """Send a button's message, and wait until the card is replaced."""
        before = len(self._replaced.get(card.message, []))
        await self._post("/_conversation/v1/submit", self._on(card, value))
        return await self._wait(
            lambda: next(iter(self._replaced.get(card.message, [])[before:]), None), "the card replaced"
        )

    async def listen(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        """Take in what the Playground shows, until it closes."""
        async for frame in stream:
            shown = json.loads(frame.data)
            async with self._news:
                self._take(shown["action"], shown.get("message", {}))
                self._news.notify_all()

    def _take(self, action: str, message: Content) -> None:
        for attachment in message.get("attachments", []):
            card = Card(self, str(message["messageId"]), attachment["content"])
            if action == "createMessage":
                self.unread.append(card)
            elif action == "updateMessage":
                self._replaced.setdefault(card.message, []).append(card)

    async def _wait(
        self, found: Callable[[], Card | None], what: str, patience: float = PATIENCE_SECONDS
    ) -> Card:
        try:
            async with asyncio.timeout(patience), self._news:
                while (card := found()) is None:
                    await self._news.wait()
                return card
        except TimeoutError:
            titles = [card.text[:80] for card in self.unread]
            raise NothingCame(f"{what} did not come; unread: {titles}") from None

    def _on(self, card: Card, value: Content, **more: str) -> Content:
        chat = {"id": self._chat}
        return {"from": self._from, "conversation": chat, "replyToId": card.message, "value": value, **more}

    async def _post(self, path: str, body: Content) -> str:
        async with self._http.post(path, json=body) as response:
            text = await response.text()
            if response.status != 200:
                raise NotAnswered(f"{path}: {response.status} {text}")
            return text


@asynccontextmanager
async def joined(address: str) -> AsyncIterator[Colleague]:
    """The current user of the Playground at `address`, their chat open while the block runs."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(address))
        async with http.get("/_internal/v1/config") as response:
            config = (await response.json())["config"]
        stream = await stack.enter_async_context(
            http.ws_connect("/_ws_conversation/v1/conversations/stream", max_msg_size=0)
        )
        colleague = Colleague(http, config)
        await stack.enter_async_context(_running(colleague.listen(stream)))
        yield colleague


@asynccontextmanager
async def _running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Something that goes on beside the block, and ends with it."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _has(card: Card, button: str) -> bool:
    return not button or button in card.buttons


def _is_input(part: Content) -> bool:
    return str(part.get("type")).startswith("Input.")


def _parts(content: Content) -> Iterator[Content]:
    """Every element of a card in reading order, but no fallback: those are for other clients."""
    yield content
    for name in ("body", "items", "columns", "inlines", "facts", "actions"):
        for part in content.get(name, []):
            yield from _parts(part)


def _actions(content: Content) -> list[Content]:
    return [part for part in _parts(content) if str(part.get("type")).startswith("Action.")]


def _texts(content: Content) -> Iterator[str]:
    for part in _parts(content):
        match part:
            case {"inlines": runs}:
                yield "".join(run["text"] for run in runs)
            case {"type": "TextBlock", "text": text}:
                yield str(text)
            case {"value": value, "title": title} if "type" not in part:
                yield f"{title}: {value}"
