"""Lines about when messages come that nothing else understood: better asked about than looked for."""

import re

LONGEST = 8
"""Words. A longer line is about a task."""

_DAY = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:days?|s)?\b"
_TIME = (
    rf"\b(?:{_DAY}|weekends?|weekdays?|\d{{1,2}}(?:[:.]\d\d| ?[ap]m)\b|mornings?|afternoons?|evenings?"
    rf"|nights?|o'?clock|(?:at|before|after|by|from|until|till) \d{{1,2}}\b)"
)
_REST = (
    r"\b(?:off|sick|shifts?|on leave|leave|holidays?|messages?|tips?|(?:a|per|each|every) (?:week|day"
    r"|fortnight|month))\b"
)
_SAYS_WHEN = re.compile(rf"{_TIME}|{_REST}")
_OF_ONESELF = re.compile(
    r"(?:please |only |just |can you |could you )*"
    r"(?:i(?:'m| am|m|'ll be|ll be| will be)|i(?: only| always| never| usually)? (?:work|do|finish"
    r"|start|prefer|don't work|dont work)"
    r"|i (?:have|'ve got|ve got) (?:\w+ )?(?:off|leave)|off|sick|(?:at|before|after|between|from|until) \d\S*"
    r"|(?:no|not|never|don't|dont|do not|stop|less|fewer|more|send|message|text|contact|skip|change"
    r"|move|make)"
    r"(?: (?:it|me|them|my|the|a|any|on|at|in|tips?|messages?|to|send|message|days?|hours))*"
    r"|(?:my|the) (?:days?|hours|shifts?|tips?|messages?|working days)(?: off)?(?: (?:are|is|to|on|at"
    r"|should|can))*"
    r"|(?:tips?|messages?)(?: (?:on|at|in|only|every|to))+|(?:on|every|only|just) )"
    r"(?: .*)?|.* (?:off|only|instead)"
)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d ?(?:am|pm)?| ?(?:am|pm))")
_MAY_CHANGE = re.compile(
    r"(?:(?:can|could|may|how can|how do|where do) (?:i|you) |i want to |i'd like to |please )*change"
    r" (?:the|my) (?:days?|hours?|times?|rhythm)"
)
_A_TASK = re.compile(
    r"\b(?:write|draft|agenda|minutes|letter|email|poster|report|notice|plan|list|summar\w+|meetings?"
    r"|template|note|form"
    r"|policy|rota|prompt|excel|word|teams|table|clinic|patients?|staff|cover|desk|handover"
    r"|message (?:for|to|about)"
    r"|text (?:for|to|about)|what|how|who|where|why)\b"
)


def is_about_times(word: str) -> bool:
    """Whether a short line says when somebody works, rests or wants messages, and is no task."""
    if _CLOCK.fullmatch(word) or _MAY_CHANGE.fullmatch(word):
        return True
    if len(word.split()) > LONGEST or _A_TASK.search(word):
        return False
    return bool(_SAYS_WHEN.search(word) and _OF_ONESELF.fullmatch(word))
