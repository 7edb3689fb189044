"""One prompt as lines for a terminal."""

from rapidfuzz import process

from bot.content.library import FileLibrary
from bot.domain.library.prompts import Prompt
from bot.domain.text.wording import listed
from bot.errors import Problems


def shown(library: FileLibrary, prompt_id: str) -> str:
    """All that a card says, and what the library knows beside it. Raises Problems for an unknown id."""
    prompt = next((one for one in library.prompts if one.id == prompt_id), None)
    if prompt is None:
        near = [str(one[0]) for one in process.extract(prompt_id, [p.id for p in library.prompts], limit=3)]
        raise Problems([f"{prompt_id}: is no prompt of the library; do you mean {listed(near, 'or')}?"])
    return "\n".join(_lines(library, prompt))


def _lines(library: FileLibrary, prompt: Prompt) -> list[str]:
    rule = library.rules.for_prompt(prompt)
    app = "by hand" if prompt.by_hand else prompt.app.label
    where = f"{app}, licence {prompt.needs}, {prompt.minutes} minutes"
    return [
        f"{prompt.title}  ({prompt.id})",
        f"For {listed(prompt.roles)}: {prompt.task}. {where}. Level {prompt.level}, {prompt.skill}.",
        "",
        prompt.why,
        "",
        *(f"    {line}" for line in prompt.text.splitlines()),
        "",
        f"A good answer: {prompt.good}",
        f"Check it: {prompt.check}",
        f"Local rule ({prompt.data}): {rule.verdict}. {rule.text}",
        *([f"For Copilot Chat: {prompt.twin}"] if prompt.twin else []),
        f"By {prompt.author}, {prompt.licence}. Reviewed {prompt.reviewed_on}, again by {prompt.review_by}.",
    ]
