"""Short remarks as people type them: answers, thanks, who writes here, a wish for a tip → a command."""

import re

from bot.domain import commands as c
from bot.domain.commands.own import ShowPrivacy
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.typed.rhythm_phrases import tips_told

_WHO = (
    r"(?:(?:whats?|who|what the hell|what on earth)(?: is| are|'s|s)? (?:this|you|this bot"
    r"|steady drip)(?: for)?"
    r"|are you (?:a )?(?:bot|chatgpt|copilot|real|human|robot|person|real person|ai|(?:an )ai)"
    r"|why (?:am i|are you|do i|did i) (?:getting|get|sending|messaging|send|keep getting|being sent"
    r"|receiving)"
    r"(?: me)?(?: this| these| it| them)?(?: messages?| tips?| stuff)?"
    r"|why do you keep (?:messaging|writing to|sending|texting) (?:me|this|these)|who (?:sent|sends"
    r"|is sending|set up|made|runs|signed me up)(?: me)?(?: (?:this|these|you|it|up"
    r"|to|for))*"
    r"(?: messages?| tips?)?"
    r"|(?:is (?:this|it)|are (?:these|tips|you)) (?:mandatory|compulsory|optional|required|voluntary"
    r"|obligatory)"
    r"|do i (?:really )?(?:have|need) to(?: (?:answer|take part|reply))?(?: (?:do|use|answer|read"
    r"|take part in) (?:this|it|these|them"
    r"|the questions))?"
    r"|must i|i (?:did not|didn't|didnt|never) (?:ask|sign up) for (?:this|these|it)(?: messages?| tips?)?)"
)
_BOSS = (
    r"(?:my |the )?(?:manager|managers|boss|bosses|employer|line manager|trust|lead|team leader|hr|it"
    r"|they|anyone|anybody|someone)"
)
_WATCHED = (
    r"(?:who (?:can |will |else )*(?:see|sees|read|reads|reading|is reading|knows?)"
    r"(?: (?:this|these|it|that|what i (?:write|type|say|wrote)|my (?:answers|messages|data)|everything))?"
    rf"|(?:is|are|can|does|do|will) {_BOSS} (?:be )?(?:reading|read|seeing|see|sees|watching|watch"
    r"|monitoring|know|told)"
    r"(?: (?:this|these|it|that|me|what i (?:write|type|say)|my (?:answers|messages|data)|about this))*"
    r"|(?:do|will|did) (?:you|u) (?:tell|report to|report me to|share (?:this|it) with"
    rf"|inform) {_BOSS}(?: \w+){{0,4}}"
    r"|(?:are|r) (?:you|u) (?:spying|watching|monitoring|tracking|recording|listening)(?: (?:on"
    r"|to))?(?: me| us| this)?"
    r"|do you (?:record|keep|log|save) (?:this|what i (?:type|write|say)|everything)"
    r"|how did you get my (?:name|address|email|details)|does (?:my )?(?:manager|boss) know (?:if"
    r"|when|what|that) i .{1,30}|am i being (?:watched|monitored|tracked|spied on|recorded)"
    r"|is (?:this|it) (?:confidential"
    r"|private|secret|recorded|monitored))"
)
_YES_NO = re.compile(
    r"(?:ok |okay |oh |well |um |er )?(?:y|n|yes|no|yep|yeah|yea|yup|nope|nah|sure|correct|right|that's right"
    r"|thats right|do it|go ahead|confirm|confirmed|i do|i did|i am|i'm sure|im sure|ie|nage|ydw|nac ydw)"
    r"(?: please| sure| it is| it's right| i did| i do| i am| i'm sure| that's right| thats right"
    r"| do it| go ahead)?"
    r"|yes,? (?:yes|i .{1,20}|please|pause|erase (?:it|my data|everything).*)|no,? (?:no|i .{1,12}"
    r"|don't|dont)"
)
_NOT_WANTED = re.compile(
    r"(?:no,? )?(?:not (?:now|today|this (?:week|month)|next week|helpful|useful|interested|for me"
    r"|really)|no,? (?:thanks?|thank you|ta|not now|not today)"
    r"|i'?m not interested|i am not interested|maybe later|another time|dim diolch|dim nawr)"
    r"(?: thanks| thank you| ta)?"
    r"|i (?:really )?(?:hate|dislike|don't like|dont like|can't stand|cant stand) (?:this|it|these"
    r"|you|these tips|tips)"
    r"|opt me out|(?:i.?ve|i have) had enough(?: of (?:this|these|you|tips|messages|it))?|(?:this|it"
    r"|that)(?:.s| is) too much|no use|unhelpful|wtf|ffs|idiots?|stupid(?: bot| thing)?|you idiot"
    r"|dumb|bloody (?:hell|annoying|useless)"
    r"|you suck|this sucks"
    r"|bugger|bollocks|waste of (?:my )?time|(?:this|it)(?: is|'s|s) a waste of (?:my )?time|spam"
    r"|this is spam"
)
_THANKS = re.compile(
    r"(?:ok |okay |great |oh |ah |that's |thats |that is )*(?:thx|thnx|tnx|tx|ok|okay|k|kk|great|good"
    r"|nice|cool|fine|lovely"
    r"|brilliant|excellent|amazing|awesome|perfect|fab|fabulous|super|wonderful|fantastic|helpful"
    r"|very helpful|useful|very useful"
    r"|thanks?|thank you|thankyou|ta|cheers|many thanks|got it|understood|will do|noted|well done"
    r"|good bot|diolch|diolch yn fawr|lol|haha|hehe|bye|goodbye|bye bye|see you|hwyl)"
    r"(?: (?:thanks?|thank you|ta|so much|very much|a lot|a million|for (?:this|that|the tip"
    r"|your help|everything)|one"
    r"|tip|stuff|work|job|bot|again|mate))*"
    r"|i (?:really )?(?:love|like) (?:this|it|these|you|that|this one|these tips|that one"
    r"|your tips)(?: tip| one)?"
    r"|(?:this|that|it) (?:is|was) (?:\w+ ){0,2}(?:helpful|useful|great|brilliant|good|lovely|nice"
    r"|amazing|excellent)"
)
_LAST = re.compile(
    r"(?:(?:yes|no|ok),? )?(?:(?:it|that|this|the (?:tip|prompt|last one)|that one"
    r"|this one) (?:(?:really|just"
    r"|all) )*(?:worked|works|helped"
    r"|(?:did not|didn't|didnt|does not|doesn't|doesnt) (?:work|help)|needed (?:some )?changes"
    r"|was (?:no good|no use|useless))"
    r"(?: (?:well|great|fine|for me|at all|perfectly|thanks))*|worked|did not work|didn't work"
    r"|didnt work|needed changes"
    r"|save(?: (?:this|it|that|this one|that one|this tip|the tip))?|remove from saved|keep this"
    r"|(?:(?:it|this|that|this one|that one) is |(?:it|that)'?s )?not (?:for|relevant to"
    r"|relevant for) (?:my (?:job|role|work)|me at work)"
    r"|not relevant)"
)
_LICENCE = re.compile(
    r"(?:i|we)(?:'ve| have| now have|'ve got| have got| got| just got| do not| don't| dont| no longer"
    r"| lost| have lost"
    r"| haven't| havent| have no| have not| can't| cant| now)*"
    r"(?: (?:have|got|had|get|use|access|to|a|the|my|any|no|just|now|been|given|copilot|full|ai))*"
    r" (?:copilot(?: licence| license| chat)?|licen[cs]e)(?: (?:now|yet|any ?more|at last|today|at work))*"
    r"|do i have (?:a )?(?:copilot(?: licen[cs]e)?|licen[cs]e)"
    r"|my (?:copilot )?licen[cs]e (?:has )?(?:\w+ )?(?:changed|gone|expired|ended|arrived|removed"
    r"|taken away)"
)
_NEXT = re.compile(
    r"(?:when|what (?:day|time))(?: is|'s|s| does| will| do| are)? (?:(?:my|the|your|i|you) )?(?:get "
    r"|have |send )?"
    r"(?:(?:my|the|your) )?(?:next )?(?:tips?|one|message|messages|prompt)"
    r"(?: (?:come|coming|due|arrive|be sent|be|sent|going to come))*"
    r"|how often(?: (?:do|will|are|does) .*(?:tips?|messages?|message|write|come|get).*)?"
    r"|how many (?:tips|messages)(?: a week)?(?: (?:do|will) i get)?(?: a week)?|when (?:will"
    r"|do) i (?:get|have) (?:my |the |another |the next |my next )?(?:tip|one)"
)
_HELP = re.compile(
    r"(?:please |can you |could you |i |i'd like )*(?:help(?: me)?|need (?:some |your )?help"
    r"|want help|help (?:please|needed))"
)
_HELLO = re.compile(
    r"(?:good )?(?:morning|afternoon|evening)|good day|(?:hi|hello|hey|hiya|bore da|prynhawn da)"
    r"(?: (?:there|bot|steady drip|again|you))?"
)
_HOW = re.compile(
    r"(?:how does (?:this|it) work|how do i use (?:this|it|you)|what (?:can|do) you do|what (?:do"
    r"|should|can) i do"
    r"(?: (?:now|here|next))?|i (?:don't|dont|do not) (?:get|understand) (?:it|this)|what now)"
)
_TABLES: tuple[tuple[re.Pattern[str], c.Command], ...] = (
    (_HELLO, c.ShowHelp(c.Greeting.HELLO)),
    (_HELP, c.ShowHelp()),
    (_HOW, c.ShowHelp()),
    (re.compile(_WATCHED), ShowPrivacy()),
    (re.compile(_WHO), Remark(Subject.WHO_I_AM)),
    (_NOT_WANTED, c.OfferChoices()),
    (_LAST, Remark(Subject.UNDER_THE_TIP)),
    (_THANKS, Remark(Subject.THANKS)),
    (_YES_NO, Remark(Subject.UNDER_THE_QUESTION)),
    (_NEXT, Remark(Subject.NEXT_TIP)),
    (_LICENCE, Remark(Subject.LICENCE)),
)
"""Whole lines alone: with a word more they may be a task."""


def remark(word: str) -> c.Command | None:
    """What a short line asks for or answers; None where it is about something else."""
    return next((command for table, command in _TABLES if table.fullmatch(word)), None)


_ASKS = (
    r"(?:(?:please|just|hi|hello|ok|yes|can you|could you|can i|could i|may i|i'd like|i would like"
    r"|i want|i need|i could do with"
    r"|let me|got|have you got|do you have|give|show|send|tell|get|have|see|us|me|to) )*"
)
_ANY = (
    r"(?:(?:a|an|the|my|some|any|another|one|more|next|new|other|different|quick|good|first|few"
    r"|few more|today's|todays) )*"
)
_TIP = re.compile(
    rf"{_ASKS}{_ANY}(?:tips?|(?:another|next|new|different|other) (?:one|tip|tips))"
    r"(?: (?:for me|now|today|of the day|again|for today|please|then))*"
    rf"|{_ASKS}(?:one more|some more|more|next|another)(?: (?:now|then|of these|of them))?|next one"
    r"|something else"
    r"|again|go on|surprise me"
)
_TIP_ABOUT = re.compile(
    rf"{_ASKS}{_ANY}(?:tips?|prompts?|advice|ideas?) (?:about|on|for|with|regarding) (?:using )?(.+)"
)


def tip_wanted(word: str) -> c.Command | None:
    """A tip, or prompts about something, where a sentence asks for one."""
    if _TIP.fullmatch(word):
        return c.ShowTip()
    about = _TIP_ABOUT.fullmatch(word)
    return c.FindPrompts(about[1]) if about and not tips_told(f"on {about[1]} only") else None
