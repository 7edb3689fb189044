"""Who the service is to Microsoft, and whose requests it takes."""

from pathlib import Path
from typing import TypeAlias

from bot.config import Settings
from bot.teams.credentials import (
    ClientCredentials,
    Credential,
    NoToken,
    assertion,
    certificate,
    confidential_client,
)
from bot.teams.keys import SigningKeys
from bot.teams.tokens import Verifier

Tokens: TypeAlias = ClientCredentials | NoToken


def tokens_of(settings: Settings, *, local: bool) -> Tokens:
    """The tokens that Teams asks for; a local run has none and needs none."""
    if local:
        return NoToken()
    make = confidential_client(
        settings.app_id, settings.tenant_id, _credential(settings), settings.token_authority
    )
    return ClientCredentials(make, scope=settings.token_scope)


def _credential(settings: Settings) -> Credential:
    """With what the service proves who it is; `safety` has seen to it that there is one."""
    if settings.app_certificate_file:
        return certificate(Path(settings.app_certificate_file).read_text("utf-8"))
    if settings.app_assertion_file:
        return assertion(Path(settings.app_assertion_file))
    return settings.app_secret.get_secret_value()


def verifier_of(settings: Settings, keys: SigningKeys) -> Verifier:
    """Lets in what Teams signed for this bot, from people of the one tenant."""
    return Verifier(
        keys=keys,
        issuer=settings.token_issuer,
        audience=settings.app_id,
        tenants=frozenset({settings.tenant_id}),
    )
