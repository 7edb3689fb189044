"""The file of local rules: what is taken, what is refused, and what ships."""

from pathlib import Path

import pytest

from bot.config import HOME
from bot.content.local_rules import read_rules
from bot.domain.library.prompts import App, DataRule
from bot.domain.library.rules import LocalRule, Rule, Verdict
from bot.errors import Problems
from tests.content.prompt_files import RULES

TASK = "tasks:\n- {id: rota, name: rotas, words: [rota], verdict: ask_first, text: Ask.}\n"
SHIPPED = read_rules(HOME / "prompts_library" / "local_rules.yaml").local_rules()


def written(folder: Path, text: str) -> Path:
    """A file of rules."""
    path = folder / "local_rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    """The only problem of a file, without its folder."""
    path = written(folder, text)
    with pytest.raises(Problems) as caught:
        read_rules(path)
    (line,) = caught.value.lines
    return line.removeprefix(f"{folder}/")


def test_rules_for_material_apps_and_tasks(tmp_path: Path) -> None:
    """A task with apps or material is a line for each of them."""
    more = "apps: {teams: {verdict: must_not, text: No.}}\nlink: https://intranet.example/rules\n"
    task = TASK.replace("text: Ask.", "text: Ask., apps: [word, excel], data: [public]")
    rules = read_rules(written(tmp_path, f"{RULES}{more}{task}")).local_rules()
    ask = Rule(Verdict.ASK_FIRST, "Ask.")
    assert rules.more == (
        LocalRule(Rule(Verdict.MUST_NOT, "No."), app=App.TEAMS),
        LocalRule(ask, DataRule.PUBLIC, App.WORD, "rota"),
        LocalRule(ask, DataRule.PUBLIC, App.EXCEL, "rota"),
    )
    assert rules.link == "https://intranet.example/rules"


def test_a_file_with_the_four_lines_alone_is_whole(tmp_path: Path) -> None:
    """Apps and tasks may be left out."""
    rules = read_rules(written(tmp_path, RULES)).local_rules()
    assert (rules.more, rules.topics, rules.link) == ((), (), "")


WRONG = {
    "a task twice": (
        TASK + TASK.removeprefix("tasks:\n"),
        "9: tasks.1.id: rota stands here twice; merge them",
    ),
    "no words": (TASK.replace("[rota]", "[]"), "8: tasks.0.words: has too few entries; name at least 1"),
    "a word without letters": (TASK.replace("[rota]", "['123']"), "8: tasks.0.words.0: has no letters"),
    "an unknown app": ("apps: {lotus: {verdict: may, text: Yes.}}\n", "7: apps.lotus.[key]: input should be"),
    "an unknown verdict": (TASK.replace("ask_first", "maybe"), "8: tasks.0.verdict: input should be 'may'"),
    "no text": (TASK.replace(", text: Ask.", ""), "8: tasks.0.text: is missing; add it"),
    "a link that is none": ("link: intranet\n", "7: link: must be a whole address that begins with https://"),
}


@pytest.mark.parametrize(("more", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, more: str, sentence: str) -> None:
    """And with how to mend it."""
    assert refused(tmp_path, f"{RULES}{more}").startswith(f"local_rules.yaml:{sentence}")


QUESTIONS = {
    "can I put the rota into Copilot": Verdict.ASK_FIRST,
    "can I paste the minutes": Verdict.MAY,
    "can I put a patient letter in": Verdict.MUST_NOT,
    "can I put an NHS number in": Verdict.MUST_NOT,
    "can I put somebody's salary in": Verdict.MUST_NOT,
    "can I put a complaint in": Verdict.ASK_FIRST,
    "can I use ChatGPT for the agenda": Verdict.MUST_NOT,
    "can I put a job description in": Verdict.MAY,
    "can I put the waiting list in": Verdict.MUST_NOT,
    "can I put a colleague's sick note in": Verdict.MUST_NOT,
    "can I put blood results in": Verdict.MUST_NOT,
    "can I put the zebra in": None,
}


@pytest.mark.parametrize(("question", "verdict"), QUESTIONS.items())
def test_the_default_file_is_careful(question: str, verdict: Verdict | None) -> None:
    """What people ask most, with the answer that does no harm."""
    found = SHIPPED.answer(question)
    assert (found and found.verdict) == verdict


def test_the_default_file_knows_its_own_words() -> None:
    """Each word of each task finds that task, as people ask."""
    for topic in SHIPPED.topics:
        for phrase in topic.words:
            assert topic.named_in(f"can I put the {phrase} into it")
