"""Looking for what points to a person, in the text and on the staff list, before a word of it is kept."""

from collections.abc import Sequence

from bot.domain.messages import Piece
from bot.domain.text.identifiers import Identifier, find
from bot.domain.text.language import say
from bot.domain.text.names import find_names, possible_names
from bot.domain.text.wording import listed
from bot.services.ports import UnitOfWork


async def screen(work: UnitOfWork, *texts: str) -> Sequence[Identifier]:
    """Everything in these texts that points to a person, each only once."""
    text = "\n\n".join(texts)  # no name begins in one and goes on in the next
    known = await work.people.named(sorted(possible_names(text)))
    return list(dict.fromkeys([*find(text), *find_names(text, known)]))


def problem(found: Sequence[Identifier]) -> str:
    """What was found and how to mend it, as sentences for whoever wrote it; empty for nothing."""
    if not found:
        return ""
    marked = listed([say("{kind} ({words})", kind=say(one.kind), words=one.words) for one in found])
    return say("This points to a person: {found}. Please take it out or put [a blank] there.", found=marked)


def marked(text: str, found: Sequence[Identifier]) -> Sequence[Piece]:
    """The text in pieces, those marked that were found."""
    pieces = [Piece(text, marked=False)]
    for one in found:
        pieces = [part for piece in pieces for part in _split(piece, one.words)]
    return pieces


def _split(piece: Piece, words: str) -> Sequence[Piece]:
    if piece.marked or words not in piece.text:
        return [piece]
    before, _, after = piece.text.partition(words)
    rest = _split(Piece(after, marked=False), words)
    return [part for part in [Piece(before, marked=False), Piece(words, marked=True), *rest] if part.text]
