"""Whether a request comes from Teams: its token, checked against what the activity says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import jwt

from bot.errors import Forbidden, Unauthorised
from bot.teams.activities import Origin
from bot.teams.keys import SigningKey, SigningKeys

CHANNEL = "msteams"
"""The only channel that is served: in others, such as Direct Line, a client says itself who it is."""

LEEWAY = timedelta(minutes=5)
"""How far the clocks may be apart."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """What a token must say. `audience` is the bot's app id, `tenants` the ones that may use it."""

    keys: SigningKeys
    issuer: str
    audience: str
    tenants: frozenset[str]

    async def verify(self, authorization: str | None, origin: Origin) -> None:
        """Return for a request that Teams signed for us. Raises Unauthorised or Forbidden for any other."""
        token = _bearer(authorization)
        key = await self.keys.find(_key_id(token))
        if key is None:
            raise Unauthorised("unknown_key")
        claims = self._claims(token, key)
        if origin.channel not in key.endorsements:
            raise Unauthorised("not_endorsed")
        if not origin.service_url or claims.get("serviceurl") != origin.service_url:
            raise Unauthorised("other_service_url")
        self._admit(origin)

    def _claims(self, token: str, key: SigningKey) -> Mapping[str, object]:
        try:
            claims: Mapping[str, object] = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self.audience,
                issuer=self.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise Unauthorised(type(error).__name__) from error
        return claims

    def _admit(self, origin: Origin) -> None:
        if origin.channel != CHANNEL:
            raise Forbidden("other_channel")
        if origin.tenant.lower() not in {tenant.lower() for tenant in self.tenants}:
            raise Forbidden("other_tenant")


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorised("no_token")
    return token.strip()


def _key_id(token: str) -> str:
    """The id of the key that the token names. Nothing of it is trusted yet."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, UnicodeError) as error:
        raise Unauthorised(type(error).__name__) from error
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str):
        raise Unauthorised("not_rs256")
    return key_id
