"""What the bot does with each kind of activity: find out who asks, ask a use case, say what it returns."""

from dataclasses import replace
from http import HTTPStatus

import structlog
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount

from bot.domain.commands import Command
from bot.domain.commands.own import ChangeSettings, SetLanguage
from bot.domain.json import Json
from bot.domain.messages import Message, Note
from bot.domain.staff.people import PersonId
from bot.domain.text.language import Language, in_words
from bot.domain.typed import phrases
from bot.errors import NotDelivered
from bot.services import conversing
from bot.services.own import onboarding
from bot.services.ports import World
from bot.teams import activities, cards, extension, payloads
from bot.teams.cards import Card, Render
from bot.teams.quotas import Quota, Verdict

log = structlog.get_logger()

MESSAGES_PER_MINUTE = 20
"""What one person may send and press in a minute, where nothing else is set."""

CARD_ACTION = "adaptiveCard/action"

LANGUAGE = "language"
"""Where a turn carries the language that the person reads; without it, English."""

COMINGS_AND_GOINGS = frozenset({ActivityTypes.installation_update, ActivityTypes.conversation_update})
"""Activities that say for themselves whether somebody can be reached."""


class SteadyDripBot(ActivityHandler):  # type: ignore[misc]  # botbuilder has no types
    """One instance serves everybody. Raises NotUnderstood, NotDelivered, and what the use cases raise."""

    def __init__(self, world: World, render: Render, quota: Quota | None = None) -> None:
        self._world = world
        self._render = render
        self._quota = Quota(MESSAGES_PER_MINUTE) if quota is None else quota
        self._others: dict[PersonId, Language] = {}  # of those who read another language than English

    async def on_turn(self, turn_context: TurnContext) -> None:
        """Handle one activity. Outside a personal chat nothing is stored, and the answer says where to go."""
        activity = turn_context.activity
        if activity.type == ActivityTypes.invoke and activity.name in extension.NAMES:
            await self._share(turn_context)
            return
        if not activities.is_personal(activity):
            await self.say(turn_context, conversing.elsewhere())
            return
        if activity.type not in COMINGS_AND_GOINGS:
            self._recall(turn_context)
            verdict = self._quota.take(activities.person(activity))
            if verdict is not Verdict.ADMITTED:
                await self._slow_down(turn_context, verdict)
                return
            language = await onboarding.seen(
                self._world,
                activities.person(activity),
                activities.reference(activity),
                answering=payloads.is_about_questions(activity.value),
            )
            self._remember(turn_context, language)
        await super().on_turn(turn_context)

    async def say(self, context: TurnContext, message: Message) -> None:
        """Answer in the way that the activity expects: in a card's place, as a message, or not at all."""
        activity = context.activity
        if activity.type == ActivityTypes.invoke and activity.name in extension.NAMES:
            await self._dialog(context, message)
        elif activity.type == ActivityTypes.invoke:
            body = cards.replacement(self._card(context, message)) if activity.name == CARD_ACTION else {}
            await _answer(context, body)
        elif activity.type == ActivityTypes.message:
            await _reply(context, self._card(context, message))

    def _card(self, context: TurnContext, message: Message) -> Card:
        """The card in the person's language."""
        return self._render(replace(message, language=_language(context)))

    def _said(self, context: TurnContext, text: str) -> str:
        """Words beside a card, in the person's language."""
        tongue = self._world.tongues.get(_language(context))
        return in_words(text, tongue) if tongue else text

    def _recall(self, context: TurnContext) -> None:
        """The language of an earlier turn, for as long as the store has not been asked."""
        known = self._others.get(activities.person(context.activity), Language.ENGLISH)
        context.turn_state[LANGUAGE] = known

    def _remember(self, context: TurnContext, language: Language) -> None:
        context.turn_state[LANGUAGE] = language
        person = activities.person(context.activity)
        if language is Language.ENGLISH:
            self._others.pop(person, None)
        else:
            self._others[person] = language

    async def _ask_language(self, context: TurnContext) -> None:
        person = activities.person(context.activity)
        self._remember(context, await onboarding.spoken(self._world, person))

    async def apologise(self, context: TurnContext) -> None:
        """Say that a fault of ours is in the way; what was typed on a card or in a dialog is not lost."""
        activity = context.activity
        if activity.type == ActivityTypes.invoke and activity.name == CARD_ACTION:
            await _answer(context, cards.words(self._said(context, conversing.TROUBLE)))
        elif activity.type == ActivityTypes.invoke and activity.name == extension.SUBMIT:
            form = conversing.as_typed(self._world, extension.command(activity), conversing.TROUBLE)
            await self._dialog(context, form or conversing.trouble())
        else:
            await self.say(context, conversing.trouble())

    async def _share(self, context: TurnContext) -> None:
        """The dialog of *Share as prompt*. Of the chat that it was opened in nothing is kept but the day."""
        activity = context.activity
        self._recall(context)
        asked = extension.command(activity)
        if self._quota.take(activities.person(activity)) is not Verdict.ADMITTED:
            form = conversing.as_typed(self._world, asked, conversing.SLOW_DOWN)
            await self._dialog(context, form or conversing.slow_down())
        elif extension.closes(asked):
            await _answer(context, {})
        else:
            self._remember(context, await onboarding.seen_elsewhere(self._world, activities.person(activity)))
            await self._dialog(context, await self._answered(context, asked))

    async def _dialog(self, context: TurnContext, message: Message) -> None:
        title = self._said(context, conversing.DIALOG)
        await _answer(context, extension.dialog(self._card(context, message), title))

    async def _slow_down(self, context: TurnContext, verdict: Verdict) -> None:
        """Say so: a button each time, beside its card, so that nothing typed is lost; in the chat once."""
        activity = context.activity
        log.warning("quota_reached", activity=activity.id)
        if activity.type == ActivityTypes.invoke:
            words = cards.words(self._said(context, conversing.SLOW_DOWN))
            await _answer(context, words if activity.name == CARD_ACTION else {})
        elif activity.type == ActivityTypes.message and verdict is Verdict.REFUSED:
            await context.send_activity(_activity(self._card(context, conversing.slow_down())))

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Typed words, or a button of a client that knows no `Action.Execute`."""
        activity = turn_context.activity
        if activity.value is None:
            await self._obey(turn_context, phrases.understand(activities.typed(activity)))
        else:
            await self._obey(turn_context, payloads.from_submit(activity.value))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse | None:
        """A button; whatever else Teams may ask for is taken note of with an empty answer."""
        activity = turn_context.activity
        if activity.name != CARD_ACTION:
            return InvokeResponse(status=HTTPStatus.OK, body={})
        await self._obey(turn_context, payloads.from_execute(activity.value))
        return None

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """The app was installed or upgraded."""
        await self._arrived(turn_context)

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """The app was removed; the first half of an upgrade looks alike and changes nothing."""
        if turn_context.activity.action == "remove":
            await onboarding.left(self._world, activities.person(turn_context.activity))

    async def on_members_added_activity(
        self, members_added: list[ChannelAccount], turn_context: TurnContext
    ) -> None:
        """The chat began: it now has the bot or the person in it."""
        activity = turn_context.activity
        ours = {account.id for account in (activity.recipient, activity.from_property) if account}
        if any(member.id in ours for member in members_added):
            await self._arrived(turn_context)

    async def _arrived(self, context: TurnContext) -> None:
        activity = context.activity
        await onboarding.arrived(self._world, activities.person(activity), activities.reference(activity))

    async def _obey(self, context: TurnContext, command: Command) -> None:
        await self.say(context, await self._answered(context, command))

    async def _answered(self, context: TurnContext, command: Command) -> Message:
        """What the use case says, and a line in the log where it refused."""
        activity = context.activity
        answer = await conversing.respond(self._world, activities.person(activity), command)
        if isinstance(command, ChangeSettings | SetLanguage):
            await self._ask_language(context)
        if isinstance(answer, Note) and answer.refused:
            log.warning("command_refused", code=answer.refused, activity=activity.id)
        return answer


def _language(context: TurnContext) -> Language:
    language: Language = context.turn_state.get(LANGUAGE, Language.ENGLISH)
    return language


async def _answer(context: TurnContext, body: dict[str, Json]) -> None:
    """Answer an invoke."""
    response = InvokeResponse(status=HTTPStatus.OK, body=body)
    await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))


async def _reply(context: TurnContext, card: Card) -> None:
    """Put the card in the place of the one whose button was pressed, else send it as a new message."""
    pressed = context.activity.reply_to_id if context.activity.value is not None else None
    if pressed and await _replaced(context, pressed, card):
        return
    await context.send_activity(_activity(card))


async def _replaced(context: TurnContext, pressed: str, card: Card) -> bool:
    activity = _activity(card)
    activity.id = pressed
    try:
        await context.update_activity(activity)
    except NotDelivered as error:
        log.info("card_not_replaced", code=str(error), activity=context.activity.id)
        return False
    return True


def _activity(card: Card) -> Activity:
    attachment = Attachment(content_type=cards.CARD_TYPE, content=card)
    return Activity(type=ActivityTypes.message, summary=cards.summary(card), attachments=[attachment])
