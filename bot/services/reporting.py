"""A group's closed rounds as figures that expose nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.summaries import Distribution, Summary, TooFew, Unanimous, summarise
from bot.domain.audit import Act, Subject
from bot.domain.commands import ShowSummary
from bot.domain.messages import GroupSummary, Message, Note, Share, Step
from bot.domain.people import GroupId, PersonId
from bot.domain.pulses import Round
from bot.domain.wording import day_in_words, listed
from bot.errors import Problems
from bot.services import auditing, composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

CONFIDENCE = {1: "1 Not at all", 2: "2 A little", 3: "3 In between", 4: "4 Quite", 5: "5 Very"}
WORKLOAD = {1: "Much lighter", 2: "Lighter", 3: "No change", 4: "Heavier", 5: "Much heavier"}


@dataclass(frozen=True, slots=True)
class Report:
    """What may be said of one group in one closed round."""

    group: GroupId
    round: Round
    figures: Summary | TooFew


async def report(world: World, group: GroupId) -> Report | None:
    """The newest closed round of a group that can be shown, else the newest; None where none was closed yet.

    Checks no right. An earlier round is shown as it was published before: nothing new is told by it.
    """
    async with world.store.unit_of_work() as work:
        closed = [r for r in await work.pulses.rounds() if r.is_closed]
        reports = [await _of(work, group, round_) for round_ in reversed(closed)]
    shown = (one for one in reports if isinstance(one.figures, Summary))
    return next(shown, reports[0] if reports else None)


async def summary(world: World, person_id: PersonId, command: ShowSummary) -> Message:
    """The summary card, for somebody who leads the group; a kind word for anybody else.

    Each figure that is shown, withheld or refused leaves a record first.
    """
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    led = sorted(person.roster.leads) if person.roster else []
    if command.group is None and len(led) > 1:
        return _which(led)
    group = _meant(command.group, led)
    if group is None:
        await auditing.keep(world, person_id, Act.SUMMARY_REFUSED)
        return _not_yours()
    found = await _recorded(world, person_id, group)
    return _as_message(world, found) if found else _none_yet()


async def published(world: World, who: str, group: GroupId) -> dict[str, object]:
    """The newest published figures of a group as a JSON object, for whoever asks at the command line.

    Raises Problems for a group that is not on the roster, and where no round was closed yet.
    """
    async with world.store.unit_of_work() as work:
        groups = await work.people.groups()
    if group not in groups:
        raise Problems([f"{group}: is no group of the roster; there are {listed(sorted(groups)) or 'none'}"])
    found = await _recorded(world, who, group)
    if found is None:
        raise Problems([f"{group}: no round of questions has closed yet; try again after the first"])
    return _as_document(found)


async def _recorded(world: World, who: str, group: GroupId) -> Report | None:
    """The report of a group, once it is on record that somebody asked for it."""
    found = await report(world, group)
    shown = found is not None and isinstance(found.figures, Summary)
    act = Act.SUMMARY_READ if shown else Act.SUMMARY_WITHHELD
    await auditing.keep(world, who, act, Subject(group, found.round.id if found else None))
    return found


async def _of(work: UnitOfWork, group: GroupId, round_: Round) -> Report:
    tally = await work.pulses.tally(round_.id, group)
    return Report(group, round_, summarise(tally, round_.threshold))


def _as_message(world: World, found: Report) -> Message:
    if isinstance(found.figures, TooFew):
        return too_few(world, found.group, found.figures)
    figures = found.figures
    return GroupSummary(
        group=found.group,
        period=f"{day_in_words(found.round.opens.date())} to {day_in_words(found.round.last_day)}",
        headline=headline(figures),
        answers=f"{figures.answers} or more people answered",
        confidence=_bars(figures.confidence, CONFIDENCE),
        confidence_text=_words(figures.confidence, CONFIDENCE),
        workload=_bars(figures.workload, WORKLOAD),
        workload_text=_words(figures.workload, WORKLOAD),
        protection=f"Groups under {found.round.threshold} answers are not shown. Figures are rounded to 5%.",
        sample_data=world.house.local_run,
    )


def _as_document(found: Report) -> dict[str, object]:
    document: dict[str, object] = {"group": found.group, "round": found.round.id}
    if isinstance(found.figures, TooFew):
        return document | {"shown": False, "why": f"fewer than {found.figures.threshold} answers"}
    figures = found.figures
    return document | {
        "shown": True,
        "answers_at_least": figures.answers,
        "headline": headline(figures),
        "confidence": _words(figures.confidence, CONFIDENCE),
        "workload": _words(figures.workload, WORKLOAD),
    }


def _meant(asked: GroupId | None, led: Sequence[GroupId]) -> GroupId | None:
    """The led group that is meant, however it is spelt in capitals; the only one where none is named."""
    if asked is None:
        return led[0] if led else None
    return next((group for group in led if group.casefold() == asked.casefold()), None)


def headline(figures: Summary) -> str:
    """The one sentence that a lead takes away."""
    parts = [_confidence_in_words(figures.confidence), _workload_in_words(figures.workload)]
    said = " ".join(part for part in parts if part)
    return said or "Everybody gave the same answers, so no figure is shown."


def too_few(world: World, group: GroupId, figures: TooFew) -> Note:
    """The kind refusal for a group that is too small to show."""
    sample = ["Sample data: this group is made up."] if world.house.local_run else []
    lines = [
        f"In {group}, fewer than {figures.threshold} people answered.",
        "So nothing is shown: this keeps every answer safe. Look again after the next round.",
        *sample,
    ]
    return Note("Too few answers to show", lines, [composing.TIP, composing.HELP])


def _confidence_in_words(confidence: Distribution | Unanimous) -> str:
    if isinstance(confidence, Unanimous):
        return ""
    low, high = confidence.mean - confidence.margin, confidence.mean + confidence.margin
    return f"Confidence is {confidence.mean} of 5 (likely between {max(1, low):.1f} and {min(5, high):.1f})."


def _workload_in_words(workload: Distribution | Unanimous) -> str:
    if isinstance(workload, Unanimous):
        return ""
    lighter = workload.percent[1] + workload.percent[2]
    heavier = workload.percent[4] + workload.percent[5]
    return f"About {lighter}% say that AI made their work lighter, about {heavier}% say heavier."


def _bars(figures: Distribution | Unanimous, labels: Mapping[int, str]) -> Sequence[Share]:
    if isinstance(figures, Unanimous):
        return []
    return [Share(label, figures.percent[value]) for value, label in labels.items()]


def _words(figures: Distribution | Unanimous, labels: Mapping[int, str]) -> str:
    if isinstance(figures, Unanimous):
        return "Everybody gave the same answer, so it is not shown: it would tell what each person said."
    return ", ".join(f"{label}: {figures.percent[value]}%" for value, label in labels.items())


def _which(led: Sequence[GroupId]) -> Note:
    steps = [*(Step(group, "summary", group) for group in led[:5]), composing.HELP]
    return Note("Which group?", ["You lead more than one. Choose one to see its summary."], steps)


def _not_yours() -> Note:
    return composing.declined(
        "That summary is not open to you",
        "Only the people named as a group's leads can see its summary, and even they never see a person.",
        refused="no_lead",
    )


def _none_yet() -> Note:
    return composing.declined("No summary yet", "The first one comes when a round of questions has closed.")
