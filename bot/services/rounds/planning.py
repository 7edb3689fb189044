"""What a group's saved time is for: its lead says so in advance, and staff say later what it became."""

from bot.domain.anonymity.blurring import SCALE
from bot.domain.audit import Act, Subject
from bot.domain.commands.leads import SetPlan, ShowPlan
from bot.domain.messages import Message, Note, Step
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.questions import BECAME, Question
from bot.domain.staff.groups import Group
from bot.domain.staff.people import GroupId, PersonId
from bot.domain.text.language import joined, say
from bot.services import auditing, composing
from bot.services.ports import World
from bot.services.rounds.leading import led_group

NO_TIME = 5
"""The last answer, "no time was saved", is no plan."""


async def show(world: World, person_id: PersonId, command: ShowPlan) -> Message:
    """What the group's saved time is for, and the choices."""
    group = await led_group(world, person_id, command.group, "plan")
    if isinstance(group, Note):
        return group
    async with world.store.unit_of_work() as work:
        plan = await work.plans.get(group.key)
    return _choices(world, group, plan)


async def choose(world: World, person_id: PersonId, command: SetPlan) -> Message:
    """Keep what a group's saved time is for."""
    value, _, name = command.choice.partition(":")
    if value not in {str(one) for one in SCALE if one != NO_TIME}:
        return composing.gone("unknown_plan")
    group = await led_group(world, person_id, GroupId(name), "plan")
    if isinstance(group, Note):
        return group
    plan = Plan(group.key, int(value))
    async with world.store.unit_of_work() as work:
        await auditing.add(world, work, person_id, Act.PLAN_SET, Subject(GroupId(group.name)))
        await work.plans.put(plan)
    lines = [
        say(
            "In {group}, saved time is for: {purpose}.",
            group=group.name,
            purpose=_became(world).label(plan.purpose),
        ),
        say("The summary will set this beside what people say that it became."),
    ]
    return Note(say("Thank you"), lines, [Step(say("Summary"), "summary", group.name), composing.HELP])


def _choices(world: World, group: Group, plan: Plan | None) -> Note:
    question = _became(world)
    now = (
        say("Now: {purpose}.", purpose=question.label(plan.purpose))
        if plan
        else say("Nothing has been said yet.")
    )
    lines = [
        joined(say("When AI saves time in {group}, what is that time for?", group=group.name), now),
        say("Say it to your group too: minutes turn into something only where that is decided first."),
    ]
    steps = [
        Step(question.label(value), "set_plan", f"{value}:{group.name}")
        for value in SCALE
        if value != NO_TIME
    ]
    return Note(say("What saved time is for"), lines, [*steps, composing.HELP])


def _became(world: World) -> Question:
    return world.library.questions.every[BECAME]
