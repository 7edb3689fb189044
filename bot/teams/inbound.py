"""The outer loop of everything that comes in: bytes and a header in, an HTTP answer out, nothing raised."""

import json
import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial

import structlog
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot.domain.json import Json
from bot.errors import Forbidden, NotUnderstood, Unauthorised
from bot.services import conversing
from bot.teams import activities
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.tokens import Verifier

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: the status, a JSON body or none, and perhaps after how many seconds to come again."""

    status: int
    body: Json = None
    retry_after: int | None = None


DEEPEST = 64
"""Levels of lists and objects within one another. Teams' activities, cards included, have fewer than 30."""

AT_ONCE = 200
"""Turns under way at once: each waits for the store and perhaps for Teams; an endless queue helps nobody."""

COME_AGAIN = 2
"""Seconds after which to come again when every turn is taken."""


class Inbound:
    """Takes what Teams posts. Without a verifier it believes everybody: for a local run only."""

    def __init__(
        self, adapter: TeamsAdapter, bot: SteadyDripBot, verifier: Verifier | None, at_once: int = AT_ONCE
    ) -> None:
        self._adapter = adapter
        self._bot = bot
        self._verifier = verifier
        self._free = at_once

    async def receive(self, authorization: str | None, body: bytes) -> Answer:
        """Handle one request. 400, 401 and 403: it was not one of Teams'. 503: all turns are taken.

        All else is 200. Turns are counted once the token is known to be good: strangers take up none.
        """
        try:
            self._expect_token(authorization)
            raw = _parsed(body)
            await self._verify(authorization, raw)
            activity = activities.parse(raw)
        except Unauthorised as error:
            log.warning("request_refused", code=str(error))
            return Answer(403 if isinstance(error, Forbidden) else 401, {"error": "unauthorised"})
        except NotUnderstood as error:
            log.warning("request_malformed", code=str(error))
            return Answer(400, {"error": str(error)})
        if not self._free:
            log.warning("turns_taken", activity=activity.id)
            return Answer(503, {"error": "busy"}, COME_AGAIN)
        self._free -= 1
        try:
            return await self._turn(activity)
        finally:
            self._free += 1

    def _expect_token(self, authorization: str | None) -> None:
        """Raise Unauthorised for a request without a token, before a word of it is read."""
        if self._verifier is not None and not authorization:
            raise Unauthorised("no_token")

    async def _verify(self, authorization: str | None, raw: dict[str, Json]) -> None:
        if self._verifier is not None:
            await self._verifier.verify(authorization, activities.origin(raw))

    async def _turn(self, activity: Activity) -> Answer:
        try:
            return _answer(activity, await self._adapter.process_activity(activity, self._bot.on_turn))
        except NotUnderstood as error:
            log.warning("activity_not_understood", code=str(error), activity=activity.id)
            return await self._instead(activity, partial(_stale, self._bot))
        except Exception as error:
            _log_fault("turn_failed", activity, error)
            return await self._instead(activity, self._bot.apologise)

    async def _instead(self, activity: Activity, logic: Callable[[TurnContext], Awaitable[None]]) -> Answer:
        """Do this in place of the answer that could not be given; where that fails too, nothing."""
        try:
            return _answer(activity, await self._adapter.process_activity(activity, logic))
        except Exception as error:
            _log_fault("apology_failed", activity, error)
            return _answer(activity, None)


async def _stale(bot: SteadyDripBot, context: TurnContext) -> None:
    await bot.say(context, conversing.stale())


def _parsed(body: bytes) -> dict[str, Json]:
    """The request as a JSON object. Raises NotUnderstood."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("not_json") from None  # the cause quotes what was sent
    if not isinstance(raw, dict):
        raise NotUnderstood("not_an_object")
    if body.count(b"{") + body.count(b"[") > DEEPEST and _is_deep(raw):
        raise NotUnderstood("too_deep")
    return raw


def _is_deep(raw: Json) -> bool:
    """Whether more than `DEEPEST` levels stand within one another."""
    level: list[Json] = [raw]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    return any(isinstance(left, dict | list) for left in level)


def _inside(value: Json) -> Iterable[Json]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
    return ()


def _answer(activity: Activity, response: InvokeResponse | None) -> Answer:
    if response is not None:
        return Answer(int(response.status), response.body)
    return Answer(200, {} if activity.type == ActivityTypes.invoke else None)


def _log_fault(event: str, activity: Activity, error: Exception) -> None:
    """The error's type and where it was raised: its message may hold what somebody wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    log.error(
        event, error=type(error).__name__, where=f"{frame.filename}:{frame.lineno}", activity=activity.id
    )
