"""One tree of errors. Messages name what is wrong and how to mend it; ids, never what somebody typed."""


class SteadyDripError(Exception):
    """The root: anything that this service raises on purpose."""


class Problems(SteadyDripError):
    """Several things are wrong at once: one of `lines` each, `file:line: what and how to mend it`."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class TemplateError(SteadyDripError):
    """A card template says something that cannot be carried out."""


class StoreFailed(SteadyDripError):
    """A unit of work could not be kept; nothing of it was."""


class StoreDamaged(SteadyDripError):
    """The store's file cannot be read whole."""


class WrongStore(SteadyDripError):
    """The store holds sample data where real data is wanted, or the other way round."""


class StoreBusy(SteadyDripError):
    """Another process has the store open."""


class StoreOutdated(SteadyDripError):
    """The store was made by another release; the message says what to run."""


class NotUnderstood(SteadyDripError):
    """A card's payload is not one that the service could have made."""


class Unauthorised(SteadyDripError):
    """A request that nobody we trust has signed; the message is a code."""


class Forbidden(Unauthorised):
    """A request that is signed, from a tenant or a channel that this service does not serve."""


class NotDelivered(SteadyDripError):
    """The connector did not take an answer to somebody; the message is a code."""


class TokenUnavailable(SteadyDripError):
    """There is no token to send with; the message is the identity provider's code."""
