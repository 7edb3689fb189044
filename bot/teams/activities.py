"""An activity → who it is from, where that chat is, and what was typed.

Who somebody is comes from `from.aadObjectId`, which Teams sets, and never from what a card sends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from azure.core.exceptions import DeserializationError
from botbuilder.schema import Activity

from bot.domain.json import Json
from bot.domain.staff.people import ConversationReference, PersonId
from bot.errors import NotUnderstood

LONGEST_TEXT = 500
"""A typed line is read up to here: what is longer is no question, and finding compares every word of it."""

UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that JSON can carry and stores cannot: NUL, and halves of a surrogate pair."""

_OBJECT_ID = re.compile(r"[0-9a-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an activity says that it comes from; nothing of it is true before a token confirms it."""

    channel: str
    service_url: str
    tenant: str


def origin(raw: Mapping[str, Json]) -> Origin:
    """The origin of an activity as it came; what is absent or no text is empty."""
    conversation = _object(raw.get("conversation"))
    return Origin(
        channel=_text(raw.get("channelId")),
        service_url=_text(raw.get("serviceUrl")),
        tenant=_tenant(raw.get("channelData"), conversation.get("tenantId")),
    )


def parse(raw: Mapping[str, Json]) -> Activity:
    """The activity as botbuilder knows it. Raises NotUnderstood for one that is not formed like that."""
    _expect_addresses(raw)
    try:
        activity = Activity().deserialize(dict(raw))
    except (DeserializationError, RecursionError):
        raise NotUnderstood("malformed_activity") from None  # the cause quotes what was sent
    if not (activity.type and activity.service_url and activity.conversation and activity.conversation.id):
        raise NotUnderstood("incomplete_activity")
    return activity


def _expect_addresses(raw: Mapping[str, Json]) -> None:
    """Raise NotUnderstood where a part of an answer's address is there and is no text, or cannot be kept.

    botbuilder would make a text of anything.
    """
    parts = [_object(raw.get(name)).get("id") for name in ("conversation", "from", "recipient")]
    for part in (*parts, raw.get("replyToId")):
        if part is not None and (not isinstance(part, str) or UNKEEPABLE.search(part)):
            raise NotUnderstood("unusable_address")


def is_personal(activity: Activity) -> bool:
    """Whether it belongs to a one-to-one chat."""
    return bool(activity.conversation.conversation_type == "personal")


def person(activity: Activity) -> PersonId:
    """Who sent it. Raises NotUnderstood where Teams does not say."""
    sender = activity.from_property
    found = ((sender and sender.aad_object_id) or "").lower()
    if not _OBJECT_ID.fullmatch(found):
        raise NotUnderstood("no_person")
    return PersonId(found)


def reference(activity: Activity) -> ConversationReference:
    """Where the chat can be reached from now on. Raises NotUnderstood where a part is missing."""
    chat, sender, bot = activity.conversation, activity.from_property, activity.recipient
    if not (chat.id and sender and sender.id and bot and bot.id):
        raise NotUnderstood("no_conversation")
    return ConversationReference(
        # botbuilder 4.17 looks for `tenantID`, Teams sends `tenantId`: it lands beside the known fields
        tenant=_tenant(activity.channel_data, chat.additional_properties.get("tenantId")),
        conversation=chat.id,
        service_url=activity.service_url,
        user=sender.id,
        bot=bot.id,
    )


def typed(activity: Activity) -> str:
    """The typed words, without a mention of the bot."""
    text = activity.text or ""
    for entity in activity.entities or []:
        text = text.replace(_mention(entity.additional_properties, activity), " ")
    return UNKEEPABLE.sub("", text.replace("&nbsp;", " ")).strip()[:LONGEST_TEXT]


def _mention(entity: Mapping[str, object], activity: Activity) -> str:
    """The text with which an entity mentions the bot; a blank, so that nothing changes, for any other."""
    mentioned = _object(entity.get("mentioned")).get("id")
    is_bot = mentioned is not None and activity.recipient and mentioned == activity.recipient.id
    return (_text(entity.get("text")) or " ") if is_bot else " "


def _tenant(channel_data: object, conversation_tenant: object) -> str:
    tenant = _object(_object(channel_data).get("tenant"))
    return _text(tenant.get("id")) or _text(conversation_tenant)


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
