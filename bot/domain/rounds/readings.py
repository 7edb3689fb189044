"""Published figures → what may be said of them: shares, trends, a net, gaps; and no change made by chance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.figures import Change, Distribution, Unanimous, change, distribution, net, people
from bot.domain.rounds.pulses import Publication, Round
from bot.domain.rounds.questions import CHECKING, CONFIDENCE, SAVED, Question, Questionnaire
from bot.domain.staff.groups import WHOLE, Group, Level

PAIR = {SAVED: CHECKING, CHECKING: SAVED}
"""What a gain cost, and what it was for: neither is shown alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One group's publication in one round, and the questions that were asked there."""

    group: Group
    round: Round
    publication: Publication
    questions: Questionnaire

    @property
    def people(self) -> int:
        """About how many answered (to the nearest 5), never fewer than the threshold: that many did."""
        return max(self.round.threshold, people(self.publication.figures[0]))

    def asked(self) -> Sequence[Question]:
        """The questions with figures, the two fixed ones first."""
        known = self.questions.every
        return [known[one.question] for one in self.publication.figures if one.question in known]

    def of(self, question: str) -> Distribution | Unanimous | None:
        """The figures of a question; None where it was not asked, or too few answered it.

        Minutes saved and minutes checking are shown together or not at all.
        """
        found = self._alone(question)
        beside = self._alone(PAIR[question]) if found and question in PAIR else found
        return found if isinstance(beside, Distribution) else beside

    def _alone(self, question: str) -> Distribution | Unanimous | None:
        figure = self.publication.figure(question)
        known = self.questions.every.get(question)
        return None if figure is None or known is None else distribution(figure, known.scores)

    def shown(self, question: str) -> Distribution | None:
        """The figures of a question where they may be shown."""
        found = self.of(question)
        return found if isinstance(found, Distribution) else None

    def net_minutes(self) -> Change | None:
        """Minutes saved less minutes checking; None where either may not be shown. Never a saving alone."""
        saved, checking = self.shown(SAVED), self.shown(CHECKING)
        return net(saved, checking) if saved and checking else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A group whose confidence clearly differs from everybody's."""

    group: Group
    mean: float
    by: Change


def newest(readings: Sequence[Reading], question: str) -> Reading | None:
    """The newest reading in which a question may be shown; questions that take turns are not in every one."""
    return next((one for one in reversed(readings) if one.shown(question)), None)


def trend(readings: Sequence[Reading], question: str) -> Change | None:
    """From the reading before to the newest; None without two that may be shown in the same words."""
    shown = [(one.shown(question), one.round.wording) for one in readings[-2:]]
    if len(shown) < 2:
        return None
    (before, first), (after, second) = shown
    return change(before, after) if before and after and first == second else None


def gaps(whole: Reading, others: Sequence[Reading]) -> Mapping[Level, Gap | None]:
    """For sites, roles and licences the group furthest below everybody; None where no difference is clear.

    Levels of which fewer than two groups may be shown are left out: there is nothing to compare.
    """
    found: dict[Level, Gap | None] = {}
    for level in (Level.SITE, Level.ROLE, Level.LICENCE):
        members = [one for one in others if one.group.level is level and one.shown(CONFIDENCE)]
        below = sorted(_below(whole, members), key=lambda gap: (gap.by.by, gap.group))
        if len(members) > 1:
            found[level] = below[0] if below else None
    return found


def _below(whole: Reading, members: Sequence[Reading]) -> Iterator[Gap]:
    everybody = whole.shown(CONFIDENCE)
    for one in members:
        own = one.shown(CONFIDENCE)
        if everybody and own:
            by = change(everybody, own)
            if by.clear and by.by < 0:
                yield Gap(one.group, own.mean, by)


def readings_of(
    group: Group, rounds: Sequence[Round], found: Sequence[Publication], questions: Questionnaire
) -> Sequence[Reading]:
    """One group's readings, oldest first; rounds in which it was not shown, or nobody answered, have none."""
    by_id = {round_.id: round_ for round_ in rounds}
    own = [one for one in found if one.group == group.key and one.round in by_id and one.figures]
    ordered = sorted(own, key=lambda one: by_id[one.round].opens)
    return [Reading(group, by_id[one.round], one, questions) for one in ordered]


def group_named(name: str, known: Sequence[Group]) -> Group | None:
    """The group that is meant by a name or a key, capitals or not; teams before sites before others."""
    wanted = name.casefold().strip()
    if wanted in {Level.ORGANISATION.value, WHOLE.key}:
        return WHOLE
    order = [Level.TEAM, Level.SITE, Level.ROLE, Level.LICENCE, Level.ORGANISATION]
    ordered = sorted(known, key=lambda group: (order.index(group.level), group))
    return next((g for g in ordered if wanted in {g.key.casefold(), g.name.casefold()}), None)
