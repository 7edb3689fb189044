"""Activities as Teams sends them: as recorded from Microsoft's emulator."""

from bot.domain.json import Json

USER = "00000000-0000-0000-0000-00000000ab20"
TENANT = "00000000-0000-0000-0000-000000000001"
CONVERSATION = "a:8b42f30/fe6a;x@y"
ACTIVITY = "989835d4-d746-4471-bf1c-deb63849ec27"
CARD = "1795398211557"


def activity(kind: str, service_url: str = "http://127.0.0.1:9", **changes: Json) -> dict[str, Json]:
    """An activity of a personal chat."""
    sent: dict[str, Json] = {
        "type": kind,
        "id": ACTIVITY,
        "from": {"id": "29:user-id-0", "name": "Alex Wilber", "aadObjectId": USER.upper()},
        "timestamp": "2026-11-23T01:43:31.540Z",
        "localTimestamp": "2026-11-23T01:43:31.540+00:00",
        "localTimezone": "UTC",
        "serviceUrl": service_url,
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CONVERSATION},
        "recipient": {"id": "28:bot", "name": "Test Bot"},
        "locale": "en-US",
        "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web"}],
        "channelData": {"tenant": {"id": TENANT}},
        "channelId": "msteams",
    }
    return {**sent, **changes}


def text(words: str, service_url: str, **changes: Json) -> dict[str, Json]:
    """Typed words."""
    return activity("message", service_url, text=words, textFormat="plain", **changes)


def submit(value: Json, service_url: str, **changes: Json) -> dict[str, Json]:
    """A button of a client without `Action.Execute`."""
    return activity("message", service_url, value=value, replyToId=CARD, **changes)


def execute(verb: str, data: Json, service_url: str, **changes: Json) -> dict[str, Json]:
    """A button."""
    action: Json = {"type": "Action.Execute", "verb": verb, "data": data}
    return invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}, service_url, **changes)


def invoke(name: str, value: Json, service_url: str, **changes: Json) -> dict[str, Json]:
    """Any invoke."""
    return activity("invoke", service_url, name=name, value=value, replyToId=CARD, **changes)


def installation(action: str, service_url: str, **changes: Json) -> dict[str, Json]:
    """The app was installed, upgraded or removed."""
    return activity("installationUpdate", service_url, action=action, **changes)


def members_added(service_url: str, *ids: str) -> dict[str, Json]:
    """Somebody came into the chat."""
    added: Json = [{"id": one} for one in ids]
    return activity("conversationUpdate", service_url, membersAdded=added)
