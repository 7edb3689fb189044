"""A wish to read another language, as people type it in English or Welsh → a command."""

import re

from bot.domain.commands.own import AskLanguage, SetLanguage
from bot.domain.text.language import Language

_NAMES = {
    **dict.fromkeys(("welsh", "cymraeg", "gymraeg", "nghymraeg"), Language.WELSH),
    **dict.fromkeys(("english", "saesneg"), Language.ENGLISH),
}
_NAME = rf"(?P<name>{'|'.join(_NAMES)})"
_MAY_I = (
    r"(?:(?:can|could|may) (?:i|we|you) |i(?:'d|’d| would) like (?:to )?|i (?:want|prefer)(?: to)? "
    r"|ga ?i |gaf i |(?:hoffwn|dw ?i eisiau|rwy eisiau) )?"
)
_READ = r"(?:(?:have|get|see|read|do|use|speak|talk|write|switch|change) )?"
_ALL = r"(?:(?:this|it|that|you|them|everything|tips|messages|to me|(?:the |my )?language|hyn|hwn|popeth) )?"
_NAMED = re.compile(rf"{_MAY_I}{_READ}{_ALL}(?:in|into|to|yn) {_NAME}(?: version|,? os gwelwch yn dda)?")
_SPOKEN = re.compile(
    rf"(?:do you |i )?{_MAY_I}(?:speak|siarad|use|defnyddio|switch to|newid i(?:'r)?) {_NAME}"
)
_ASKED = re.compile(
    r"(?:(?:change|set|choose|my|the|which|what|other|another|newid|dewis) )*(?:the |my |yr )?languages?"
    r"|(?:newid |dewis )?(?:yr |fy |pa )?(?:iaith|ieithoedd)"
)


def language_told(word: str) -> SetLanguage | AskLanguage | None:
    """The language that somebody names, or a choice of them; None where a line is about something else.

    "A letter in Welsh" is a task.
    """
    if told := _NAMED.fullmatch(word) or _SPOKEN.fullmatch(word):
        return SetLanguage(_NAMES[told["name"]])
    return AskLanguage() if _ASKED.fullmatch(word) else None
