"""Local rules: which line holds, and what no new line can change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.library.prompts import App, DataRule, Prompt
from bot.domain.library.rules import LocalRule, LocalRules, Rule, Topic, Verdict
from tests.samples import prompt

MAY, ASK, NOT = (Rule(verdict, f"sample: {verdict}") for verdict in Verdict)
TOPICS = (
    Topic("rota", "rotas", ("rota", "shift list")),
    Topic("minutes", "minutes", ("minutes", "meeting notes")),
    Topic("letter", "letters", ("patient letter",)),
)
BASE = {
    DataRule.PUBLIC: MAY,
    DataRule.INTERNAL: MAY,
    DataRule.PERSONAL_REMOVE_FIRST: ASK,
    DataRule.NEVER: NOT,
}


def rules(*more: LocalRule) -> LocalRules:
    """The sample rules with some lines for apps and tasks."""
    return LocalRules(BASE, "the sample team", more, TOPICS)


def about(task: str, data: DataRule = DataRule.INTERNAL, app: App = App.COPILOT_CHAT) -> Prompt:
    """A sample prompt for a task."""
    return replace(prompt(), task=task, data=data, app=app)


ROTA, NOTES = about("Tidy the rota"), about("Write up minutes")

HOLDING: dict[str, tuple[list[LocalRule], Prompt, Rule]] = {
    "the material alone": ([], ROTA, MAY),
    "a stricter task": ([LocalRule(ASK, topic="rota")], ROTA, ASK),
    "another task": ([LocalRule(NOT, topic="minutes")], ROTA, MAY),
    "a laxer task": ([LocalRule(MAY, topic="rota")], about("Tidy the rota", DataRule.NEVER), NOT),
    "a laxer task that names the material": (
        [LocalRule(MAY, data=DataRule.NEVER, topic="rota")],
        about("Tidy the rota", DataRule.NEVER),
        MAY,
    ),
    "a stricter app": ([LocalRule(NOT, app=App.TEAMS)], about("Plan", app=App.TEAMS), NOT),
    "another app": ([LocalRule(NOT, app=App.TEAMS)], ROTA, MAY),
    "a task in an app": (
        [LocalRule(NOT, topic="rota"), LocalRule(ASK, app=App.COPILOT_CHAT, topic="rota")],
        ROTA,
        ASK,
    ),
    "two tasks": (
        [LocalRule(ASK, topic="rota"), LocalRule(NOT, topic="minutes")],
        about("Rota minutes"),
        NOT,
    ),
    "a tie": ([LocalRule(ASK, topic="rota"), LocalRule(NOT, app=App.COPILOT_CHAT)], ROTA, NOT),
}


@pytest.mark.parametrize(("more", "shown", "rule"), HOLDING.values(), ids=HOLDING)
def test_the_line_on_a_card(more: list[LocalRule], shown: Prompt, rule: Rule) -> None:
    """What names more wins, and of the others the strictest."""
    assert rules(*more).for_prompt(shown).verdict is rule.verdict


def test_of_two_that_agree_the_one_for_the_task_is_shown() -> None:
    """It says more than the line for the material."""
    line = LocalRule(Rule(Verdict.MAY, "A rota may."), topic="rota")
    assert rules(line).for_prompt(ROTA).text == "A rota may."


ASKED: dict[str, tuple[str, Verdict | None]] = {
    "by its word": ("can I put the rota into Copilot", Verdict.ASK_FIRST),
    "several": ("may we paste rotas", Verdict.ASK_FIRST),
    "a phrase": ("can I put our shift list in", Verdict.ASK_FIRST),
    "a slip": ("can i paste the minuets", Verdict.MAY),
    "a slip in a phrase": ("can I put a pateint letter in", Verdict.MUST_NOT),
    "half a phrase": ("can I put a letter in", None),
    "the strictest of two": ("can I put the minutes and a patient letter in", Verdict.MUST_NOT),
    "nothing known": ("can I put the zebra in", None),
    "nothing": ("", None),
}
LINES = (
    LocalRule(ASK, topic="rota"),
    LocalRule(MAY, topic="minutes"),
    LocalRule(NOT, topic="letter"),
)


@pytest.mark.parametrize(("question", "verdict"), ASKED.values(), ids=ASKED)
def test_a_question(question: str, verdict: Verdict | None) -> None:
    """The strictest line on what is named; silence for what is not."""
    found = rules(*LINES).answer(question)
    assert (found and found.verdict) == verdict


def test_an_answer_says_what_it_is_about() -> None:
    """Only the lines with the verdict, each with its topic."""
    found = rules(*LINES).answer("can I put the rota, the minutes and a patient letter in")
    assert found is not None
    assert found.lines == [("letters", NOT.text)]


def test_a_topic_without_a_line_is_silent() -> None:
    """A word list alone allows nothing."""
    assert rules().answer("can I put the rota into Copilot") is None


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("can I put the rota into Teams", Verdict.MUST_NOT),
        ("can I put the rota into Copilot", Verdict.MUST_NOT),
        ("can I put the rota into Word", Verdict.MAY),
    ],
)
def test_an_app_that_is_not_named_may_be_any(question: str, verdict: Verdict) -> None:
    """Then the strictest of them counts."""
    lines = [LocalRule(MAY, topic="rota"), LocalRule(NOT, app=App.TEAMS, topic="rota")]
    found = rules(*lines).answer(question)
    assert found is not None
    assert found.verdict is verdict


def test_an_apps_own_line_limits_and_never_allows() -> None:
    """What nobody has named is not allowed by an app."""
    assert rules(LocalRule(MAY, app=App.TEAMS)).answer("can I put the zebra into Teams") is None
    found = rules(LocalRule(ASK, app=App.TEAMS)).answer("can I put the zebra into Teams")
    assert found is not None
    assert found.lines == [("Teams", ASK.text)]
    assert rules(LocalRule(ASK, app=App.TEAMS)).answer("can I put the zebra into Copilot") is None
    found = rules(LocalRule(ASK, app=App.COPILOT_CHAT)).answer("can I put the zebra into Copilot")
    assert found is not None
    assert found.lines == [("Copilot Chat", ASK.text)]


# Laws

verdicts = st.sampled_from([MAY, ASK, NOT])
topics = st.sampled_from([topic.id for topic in TOPICS])
lines = st.builds(
    LocalRule,
    verdicts,
    st.none() | st.sampled_from(DataRule),
    st.none() | st.sampled_from(App),
    st.none() | topics,
)
prompts = st.builds(
    about,
    st.sampled_from(["Tidy the rota", "Write up minutes", "Draft a patient letter", "Plan a day"]),
    st.sampled_from(DataRule),
    st.sampled_from(App),
)
questions = st.sampled_from(["the rota", "our minutes", "a patient letter", "the rota into Teams", "a zebra"])


@given(st.lists(lines, max_size=6), lines, prompts, questions)
def test_a_line_for_a_task_never_loosens_another_task(
    old: list[LocalRule], new: LocalRule, shown: Prompt, question: str
) -> None:
    """Whatever else the file says: the other tasks' cards and answers stay as they were."""
    topic = next((topic for topic in TOPICS if topic.named_in(shown.task)), None)
    if new.topic is not None and (topic is None or topic.id != new.topic):
        assert rules(*old, new).for_prompt(shown) == rules(*old).for_prompt(shown)
    if new.topic is not None and not any(t.named_in(question) for t in TOPICS if t.id == new.topic):
        assert rules(*old, new).answer(question) == rules(*old).answer(question)


@given(st.lists(lines, max_size=6), lines, prompts)
def test_only_a_line_that_names_more_can_loosen(old: list[LocalRule], new: LocalRule, shown: Prompt) -> None:
    """A new line makes a card laxer only where it names two things or more, and one of them is the material.

    The material always has a line of its own, so what names less than that and more cannot put it aside.
    """
    before, after = rules(*old).for_prompt(shown), rules(*old, new).for_prompt(shown)
    if len(new.names) < 2:
        assert after.verdict.strictness >= before.verdict.strictness


@given(
    st.permutations([LocalRule(rule, topic=topic.id) for rule in (MAY, ASK, NOT) for topic in TOPICS]),
    prompts,
)
def test_the_order_of_the_file_does_not_matter(mixed: list[LocalRule], shown: Prompt) -> None:
    """Moving a line changes no card and no answer."""
    assert rules(*mixed).for_prompt(shown) == rules(*sorted(mixed, key=repr)).for_prompt(shown)
    assert rules(*mixed).answer("the rota") == rules(*sorted(mixed, key=repr)).answer("the rota")


@given(st.text(max_size=60))
def test_no_question_is_an_error(question: str) -> None:
    """Whatever somebody types."""
    rules(*LINES).answer(question)
