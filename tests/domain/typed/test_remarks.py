"""Words that ask for no prompt: distress, answers, thanks, who writes here, when tips come."""

import pytest

from bot.domain import commands as c
from bot.domain.commands import own
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.typed.phrases import understand
from tests.content.test_finding_questions import EVERYDAY, HELD_OUT

AT_ONCE = (
    "I want to kill myself",
    "i wanna die",
    "I am suicidal",
    "I'm thinking about suicide",
    "i don’t want to be here anymore",
    "I keep hurting myself",
    "better off dead",
    "There is no point in living.",
    "I feel like killing myself and I have to write a report",
    "dw i eisiau marw",
)
HARD = (
    "i cant cope",
    "I can't cope any more 😢",
    "my mum died",
    "my dad passed away last night, I have to cancel everything",
    "i feel sad",
    "I'm struggling",
    "I am really depressed about the new rota",
    "I'm not ok",
    "this job is killing me",
    "my manager is bullying me",
    "bu farw fy nhad",
    "i need help, i'm struggling",
    "I need someone to talk to",
    "everything is too much",
    "my wife left me",
    "i feel alone",
)
NOT_ABOUT_ONESELF = (
    "kill the meeting",
    "this deadline is killing me",
    "write a leaflet about stress",
    "leaflet on suicide prevention",
    "suicide risk assessment template",
    "I'm struggling with excel",
    "overwhelmed by emails",
    "how to tell a family that somebody is going to die",
    "i hurt myself at work, how do i report it",
    "i'm dying to try a new prompt for minutes",
    "cut my report to one page",
    "I have a suicidal patient on my list, what do I say",
    "I am writing a suicide prevention policy",
    "how do i end it all politely",
    "i want to end my contract",
    "sad news for the team about the lift",
)
SEARCHED = (
    "write the rota for next week",
    "agenda for Monday's meeting",
    "tell wards the water will be off on saturday",
    "i am off next week and somebody else is on my desk",
    "no meetings on fridays",
    "sick note template",
    "message for the night team",
    "when is the next meeting",
    "help me write a letter",
    "what is this spreadsheet about",
    "who reads the minutes",
    "yes or no questions for a survey",
    "i have a meeting about copilot",
    "not for profit letter",
    "next steps after a meeting",
    "more polite email",
    "ok to share letter",
)


def notes(subject: Subject, *lines: str) -> list[tuple[str, c.Command]]:
    """Lines that are all answered with the same note."""
    return [(line, Remark(subject)) for line in lines]


def each(command: c.Command, *lines: str) -> list[tuple[str, c.Command]]:
    """Lines that all ask for the same."""
    return [(line, command) for line in lines]


MEANT: list[tuple[str, c.Command]] = [
    *notes(Subject.CARE_NOW, *AT_ONCE),
    *notes(Subject.CARE, *HARD),
    *notes(
        Subject.UNDER_THE_QUESTION, "yes", "no", "y", "N", "ok yes", "Yes please", "no, don't", "Yes, pause"
    ),
    *each(c.OfferChoices(), "no thanks", "not now", "not interested", "Not today.", "no thank you"),
    *each(c.ShowTip(), "give me a tip", "can i have a tip", "could you send me another", "more tips please"),
    *each(c.ShowTip(), "tip 😀", "another one", "next", "more", "next tip", "Show me a tip", "Another tip"),
    *each(
        c.FindPrompts("rotas"), "tip about rotas", "tips on rotas", "can you give me a tip for rotas please"
    ),
    *each(own.ShowPrivacy(), "who can see this?", "is my manager reading this", "do you tell my boss"),
    *each(own.ShowPrivacy(), "are you spying on me"),
    *notes(Subject.WHO_I_AM, "why am i getting this", "who sent this", "is this mandatory", "do I have to?"),
    *notes(Subject.WHO_I_AM, "what is this", "What’s this?", "who are you", "what are you"),
    *each(c.ShowHelp(), "help me", "need help", "I need help please", "/help", "@Steady Drip help"),
    *each(own.LeaveOut(frozenset({4})), "no tips on Fridays", "not fridays", "fridays off", "stop fridays"),
    *each(own.AskRota(""), "I'm on nights this week"),
    *each(own.LeaveOut(frozenset({4})), "I don't work Fridays", "I'm off on Fridays"),
    *each(own.LeaveOut(frozenset({0})), "don't message me on mondays", "no messages on Monday"),
    *each(own.LeaveOut(frozenset({5, 6})), "not at weekends"),
    *each(own.SetTips(days=frozenset({0, 2, 4})), "mon wed fri", "Mon, Wed, Fri"),
    *each(own.SetTips(days=frozenset({2})), "pls only send on wed"),
    *each(own.SetTips(1, frozenset({0})), "once a week please, only on Mondays"),
    *each(own.SetHours(start="10"), "no tips before 10", "not before 10"),
    *each(own.SetHours(start="14:00"), "only after 2"),
    *each(own.SetHours(end="18:00"), "no messages after 6"),
    *each(own.SetHours(start="9", end="17:00"), "only between 9 and 5", "9 to 5"),
    *each(own.SetHours(start="9:00", end="12:00"), "mornings", "only in the morning"),
    *each(own.SetHours(start="12:00", end="17:00"), "afternoons"),
    *each(own.SetHours(quiet_from="22:00", quiet_until="7:00"), "quiet hours 22:00 to 7:00"),
    *each(own.SetHolidays(wanted=True), "I work bank holidays"),
    *each(own.SetHolidays(wanted=False), "no messages on bank holidays"),
    *notes(Subject.NEXT_TIP, "when is my next tip", "how often", "how often do tips come"),
    *notes(
        Subject.THANKS,
        "thx",
        "ok",
        "👍",
        "👍🏽",
        "brilliant",
        "I love this",
        "thanks so much 😀",
        "That was very helpful",
    ),
    *each(c.OfferChoices(), "I hate this", "wtf", "idiot", "👎", "no more messages", "stop messaging me"),
    ("resume 👍", own.Resume()),
    ("stop 🙏🏻", own.Stop()),
    *notes(Subject.UNDER_THE_TIP, "it worked", "that didn't work", "save", "save this", "not for my job"),
    *notes(Subject.UNDER_THE_TIP, "yes it worked", "no it didn't work"),
    *notes(Subject.NEXT_TIP, "when will i get another tip", "how many tips a week do i get"),
    *notes(Subject.WHO_I_AM, "do I have to answer", "why do you keep messaging me", "are you chatgpt"),
    *each(own.ShowPrivacy(), "does my manager know if i don't answer", "how did you get my name"),
    *each(
        c.OfferChoices(), "opt me out", "not this week", "not helpful", "I've had enough", "it is too much"
    ),
    *each(c.ShowHelp(c.Greeting.HELLO), "good morning", "hi there"),
    *each(c.ShowHelp(), "how does this work?", "what can you do", "I don't get it"),
    *each(own.LeaveOut(frozenset({4})), "no more tips on fridays"),
    *each(own.SetHours(start="12:00"), "not in the mornings"),
    *each(own.SetHours(end="12:00"), "no tips in the afternoon"),
    *notes(
        Subject.LICENCE,
        "do i have copilot",
        "I have Copilot now",
        "I don't have copilot",
        "I lost my licence",
    ),
    *[
        (line, Remark(Subject.RHYTHM, line))
        for line in (
            "at 10:30",
            "3pm",
            "can i change the days",
            "I finish at 4",
            "send me tips at 3pm",
            "move it to Thursdays",
        )
    ],
]


@pytest.mark.parametrize(("line", "command"), MEANT)
def test_what_a_remark_means(line: str, command: c.Command) -> None:
    """None of them is a question for the library."""
    assert understand(line) == command


@pytest.mark.parametrize("line", [*NOT_ABOUT_ONESELF, *SEARCHED])
def test_a_task_is_still_looked_for(line: str) -> None:
    """However sad or timely its words are."""
    assert understand(line) == c.FindPrompts(line)


def test_every_question_is_still_looked_for() -> None:
    """None of the questions that the library is measured by is taken for a remark."""
    asked = [question.asks for question in (*EVERYDAY, *HELD_OUT)]
    meant = {line: understand(line) for line in asked}
    looked_up = (c.FindPrompts, c.FiguresOrPrompts, c.AskRules)
    assert {line: what for line, what in meant.items() if not isinstance(what, looked_up)} == {}
