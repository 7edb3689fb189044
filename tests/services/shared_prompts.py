"""A prompt that a champion shares, and who may and who may not review it."""

from bot.domain.commands.sharing import SharePrompt
from bot.domain.library.contributions import Stage
from bot.domain.library.prompts import DataRule
from bot.domain.messages import Note
from bot.domain.outbox.delivery import Delivery
from bot.domain.staff.people import Person, Right
from bot.services.library import sharing
from bot.services.ports import World
from bot.services.records import all_prompts
from tests.kept import keep
from tests.samples import CLERK, champion, staff

CHAM = champion()
REV = champion("Rev Sample")
ONLY_CHAMPION = staff("Olly Sample", rights=frozenset({Right.CHAMPION}))
ONLY_REVIEWER = staff("Rea Sample", rights=frozenset({Right.REVIEWER}))
ADMIN = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
SAM = staff()
PROMPT = SharePrompt(
    title="  Sum up the ward round list ",
    prompt="Make a list of [what is left to do].",
    role=CLERK,
    check="Count the lines against your own list.",
    data=DataRule.INTERNAL,
)
SHARED = "id-1"


async def shared(world: World, *people: Person) -> None:
    """One prompt that waits for review, by Cham, among these people."""
    await keep(world, CHAM, *people)
    answer = await sharing.submit(world, CHAM.id, PROMPT)
    assert isinstance(answer, Note)
    assert answer.title == "Thank you for sharing"


async def stage(world: World) -> Stage:
    """Where the shared prompt is."""
    async with world.store.unit_of_work() as work:
        found = await work.contributions.get(SHARED)
    assert found is not None
    return found.stage


async def titles(world: World) -> list[str]:
    """The titles of the whole library, the shared ones last."""
    async with world.store.unit_of_work() as work:
        return [prompt.title for prompt in await all_prompts(world.library, work)]


def subjects(deliveries: list[Delivery]) -> list[object]:
    """What is planned."""
    return [delivery.subject for delivery in deliveries]
