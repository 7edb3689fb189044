"""Words of somebody who may be in distress. They get a kind note, never a prompt.

Only what people say of themselves counts, so that a task about stress is still looked for.
"""

import re

from bot.domain.commands.remarks import Remark, Subject

_I = r"(?:^|\b(?:i|im|id|ive|ill) (?:\w+ ){0,3})"
_WANTS = (
    r"(?:want|wants?|wanna|wish|going|gonna|ready|need|tried|trying|rather|like|hope|planning|thinking of)"
)
_OF_ONESELF = (
    rf"{_I}{_WANTS}(?: to| i could| i would)? (?:just )?(?:die|be dead|kill me)\b(?! laughing)",
    rf"{_I}{_WANTS}(?: to)? (?:hurt|harm|cut|hang|kill|drown)(?:ing)? my ?self\b",
    r"\b(?:kill|killing|harm|harming|hang|hanging|drown) my ?self\b",
    r"\b(?:keep|been|am|im|might|may|could|will|ill) (?:hurt|hurting|cut|cutting) my ?self\b|^(?:hurt"
    r"|cut) my ?self$",
    r"\b(?:end|ending|take|taking) my (?:own )?life\b|^end it all$",
    rf"{_I}(?:{_WANTS}|could|should|about)(?: to)? (?:just )?end(?:ing)? it all\b",
    r"\bwish i (?:was|were|had) (?:dead|never(?: been)? born)\b",
    r"\bbetter off (?:dead|without me)\b|\blife is(?:nt| not) worth living\b",
    r"\bno (?:reason|point) (?:to live|living|in living|to go on)\b",
    r"\b(?:dont|do not) (?:want|wanna)(?: to)? (?:live|be alive|wake up|be here any ?more|exist)\b",
    r"\b(?:i am|im|ive been|i have been|i feel|feeling|i have|having) (?:\w+ ){0,2}suicidal\b"
    r"(?! (?:patients?|clients?|people|callers?|person|colleague|young|service))(?<!a suicidal)",
    r"^suicid(?:e|al)$|\b(?:i|im|ive) .{0,20}\b(?:thoughts of|thought about) (?:suicide|ending it)\b"
    r"|\bthinking (?:of|about) (?:suicide|ending it)\b",
    r"\bi (?:keep |have been |am )?self ?-?harm(?:ing|ed)?\b|\bim self ?-?harming\b",
    r"\b(?:eisiau|isio) (?:marw|lladd fy hun)\b|\blladd fy hun(?:an)?\b",
)
_NOW = re.compile("|".join(_OF_ONESELF))
"""Somebody may hurt themselves. On the safe side: these are never a task."""

_VERY = (
    r"(?:(?:so|very|really|just|a bit|a little|quite|too|completely|totally|feeling|being|all|still"
    r"|getting|not) )*"
)
_FEELS = (
    r"(?:sad|low|down|anxious|lonely|overwhelmed|struggling|burn(?:t|ed) ?out|crying|scared"
    r"|frightened|unhappy"
    r"|not (?:coping|ok|okay|alright|well in myself)|alone|terrible|awful|numb|empty"
    r"|like (?:giving up|crying)|exhausted|stressed(?: out)?|upset|miserable"
    r"|useless|broken"
    r"|falling apart|having a (?:panic attack|breakdown)|bullied|grieving|drained|at breaking point"
    r"|at the end of my tether|in tears|heartbroken|bereaved)"
)
_FEELS_DEEPLY = r"(?:depressed|hopeless|worthless|desperate|in crisis)"
_AT_PRESENT = (
    r"(?: (?:today|at work|right now|now|at the moment|all the time|lately|again|any ?more|inside|every day"
    r"|these days|please help|with (?:everything|it all|life|my mental health|grief|anxiety|stress)"
    r"|(?:about|by) (?:everything|life|it all|my (?:manager|boss|life)|colleagues|a colleague)))*"
)
_I_AM = r"(?:i am|im|i feel|i have been|ive been|i keep|i was|i get|feel|feeling)"
_CANNOT = (
    r"(?:cant|cannot|can not) (?:cope|go on|carry on|do this|take (?:it|this|any ?more|much more)"
    r"|stop crying|breathe|face (?:work|it|today|the day))(?: with (?:this|it))?"
)
_THEM = (
    r"(?:mum|mam|mother|dad|father|parents?|husband|wife|partner|son|daughter|baby|child|brother"
    r"|sister|nan|nana"
    r"|gran|grandma|grandmother|grandad|grandfather|best friend|friend|aunt|uncle|dog|cat|girlfriend"
    r"|boyfriend)"
)
_SAID = (
    rf"(?:(?:please|help|i need help|hi|hello) )*{_I_AM} {_VERY}{_FEELS}{_AT_PRESENT}",
    rf"{_I_AM} {_VERY}{_FEELS_DEEPLY}\b.*",
    rf"(?:i )?{_VERY}{_CANNOT}{_AT_PRESENT}",
    rf"{_VERY}(?:struggling|depressed|not coping|overwhelmed|burnt out|sad|lonely){_AT_PRESENT}",
    rf"my {_THEM} (?:(?:has|have|had|just|recently|is|was) )*(?:died|passed away|passed|dying|dead"
    r"|killed)\b.*",
    rf"i (?:have |just |have just )?lost my {_THEM}(?: \w+){{0,3}}",
    rf"my {_THEM} (?:has |just )*left me(?: .+)?",
    r"i (?:just |really )?need (?:someone|somebody|a person) to (?:talk to|listen)",
    r"(?:ive|i have) had enough of (?:life|everything|it all)",
    r"(?:theres |there is )?no point (?:any ?more|going on)|whats the point(?: any ?more)?",
    r"(?:everything|work|life) is (?:all )?too much(?: for me)?",
    r"i(?:m| am)? (?:just |have )?(?:had|having) a (?:miscarriage|breakdown|panic attack)",
    r"i hate (?:my life|myself|my job|it here|being here)|nobody (?:cares|likes me|loves me)",
    r"i (?:just )?want to (?:cry|give up|run away|disappear)|i give up|kill me(?: now)?",
    r"(?:(?:this|my|the) )?(?:job|work|place|life) is (?:slowly )?killing me",
    r"my (?:manager|boss|colleagues?) (?:is |are )?(?:bullies|bullying|bully|harassing|harasses) me",
    r"(?:dwi|rwy|dw i|rydw i)n? ?(?:yn )?(?:drist|isel|unig|methu ymdopi)|alla i ddim ymdopi",
    r"bu farw fy .+|mae (?:mam|dad|fy .+) wedi marw",
)
_HARD = re.compile("|".join(_SAID))
"""Whole lines: "I am struggling with Excel" is a task, "I am struggling" is not."""


def cared_for(word: str) -> Remark | None:
    """A note for somebody who may be in distress; None for any other line."""
    said = " ".join(re.sub(r"[^\w\s-]", "", word).split())
    if _NOW.search(said):
        return Remark(Subject.CARE_NOW)
    return Remark(Subject.CARE) if _HARD.fullmatch(said) else None
