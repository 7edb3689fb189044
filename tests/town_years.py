"""A year in earnest: people with lives of their own, and the service's own planner, sender and store.

Only time is simulated, and what people do: they answer tips and questions or do not, ask for tips of their
own, ask champions, share prompts, and take breaks. What came is judged by `tests.years.faults`, which knows
nothing but what they said about themselves.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from bot.config import HOME
from bot.content.bank_holidays import bank_holidays
from bot.content.library import load_library
from bot.domain.commands import Command, RecordOutcome, ShowTip, TurnDown
from bot.domain.commands.champions import (
    AcceptHelp,
    AdmitChampion,
    AskForHelp,
    BecomeChampion,
    ChooseChampion,
    SayHelped,
)
from bot.domain.commands.own import Pause
from bot.domain.commands.pulses import AnswerPulse
from bot.domain.commands.sharing import ApprovePrompt, SharePrompt
from bot.domain.drip.selection import REPEAT_AFTER
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.messages import HelpOffer, Message, Note, PulseQuestions, ReviewRequest, Suggestions, Tip
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.rounds.calendar import Calendar
from bot.domain.staff.people import (
    ConversationReference,
    GroupId,
    Person,
    PersonId,
    Right,
    RoleId,
    RosterEntry,
)
from bot.services import conversing
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import erasing, onboarding
from bot.services.ports import House, Library, Store, World
from bot.services.upkeep import retaining, tending
from bot.storage.memory import MemoryStore
from tests.fakes import PredictableChance, SettableClock
from tests.samples import reference
from tests.years import END, LATEST, START, Came, faults, made_up

OFTEN_ENOUGH = timedelta(hours=4)
"""The planner and the sender look whenever something is due, and at least so often."""

TEAM = 12
"""People in a team, each led by its first, who is a champion, reviews and administers as well."""

NOW_AND_THEN = timedelta(days=30)
"""How often somebody does something of their own accord, on average."""

SUBJECTS = ("rota", "notice", "letter", "minutes", "agenda", "order", "plan", "leaflet", "table", "report")
WAYS = ("Shorten", "Sort", "Rewrite", "Sum up", "Draft", "Check", "Translate", "Compare", "Explain", "List")

ANSWERS = {Outcome.WORKED: 6, Outcome.NEEDED_CHANGES: 3, Outcome.DID_NOT_WORK: 1}
"""How tips go: assumed."""


AGREES: Mapping[str, type[AdmitChampion | SayHelped]] = {"helped": SayHelped, "admit_champion": AdmitChampion}
"""What a short note may ask, and who is asked says yes."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message that the service sent by itself, and what is known of it."""

    at: datetime
    person: PersonId
    kind: str
    unasked: bool
    prompt: PromptId | None = None


@dataclass(slots=True)
class Postbox:
    """A way out that takes everything and notes what it was."""

    clock: SettableClock
    store: Store
    post: list[Post] = field(default_factory=list)
    new: list[tuple[PersonId, Message]] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take it; one of a person's deliveries at a time is in flight."""
        person = PersonId(reference.conversation.removeprefix("chat-"))
        async with self.store.unit_of_work() as work:
            sent = next(one for one in await work.deliveries.in_flight() if one.person == person)
        prompt = PromptId(message.prompt_id) if isinstance(message, Tip) else None
        self.post.append(Post(self.clock.now(), person, sent.kind, sent.unasked, prompt))
        self.new.append((person, message))
        return Accepted(f"activity-{len(self.post)}")


@dataclass(slots=True)
class TownYear:
    """People and the service that looks after them, from `START` on.

    `tuned` people let their tips follow their answers, whenever they give any.
    `opened` is what people were shown because they asked, and `breaks` are the times in which they wanted
    nothing: from when they said so until the day on which it goes on, or until they said otherwise.
    """

    people: Mapping[PersonId, Person]
    library: Library
    every: timedelta = OFTEN_ENOUGH
    tuned: bool = True
    world: World = field(init=False)
    clock: SettableClock = field(init=False)
    box: Postbox = field(init=False)
    opened: list[Post] = field(default_factory=list)
    breaks: dict[PersonId, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    heard: Counter[PersonId] = field(default_factory=Counter)
    _deeds: list[tuple[datetime, int, PersonId, Command]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        store = MemoryStore()
        self.clock = SettableClock(START)
        self.box = Postbox(self.clock, store)
        calendar = Calendar(START.date() + timedelta(days=7), timedelta(days=28))
        self.world = World(
            store=store,
            library=self.library,
            clock=self.clock,
            chance=PredictableChance(),
            outbound=self.box,
            house=House("Sample Trust", 5, calendar, {}),
            holidays=bank_holidays(),
        )

    async def live(self, until: datetime = END) -> Sequence[Post]:
        """Let time pass; everything that came by itself, in order."""
        await self.begin()
        dispatcher, late = Dispatcher(self.world), Random(len(self.people))
        while (at := await self._next()) < until:
            self.clock.at = max(self.clock.at, at + timedelta(seconds=late.randrange(LATEST)))
            await self._act()
            await self._tick(dispatcher)
            for person, message in self.box.new:
                self._react(person, message)
            self.box.new.clear()
        return self.box.post

    def faults(self) -> list[str]:
        """All that should not have come, of everything that nobody asked for."""
        mine: dict[PersonId, list[Post]] = defaultdict(list)
        for one in self.box.post:
            if one.unasked:
                mine[one.person].append(one)
        found = []
        for id_, person in self.people.items():
            found += faults(person, [Came(one.at, one.prompt) for one in mine[id_]])
            found += self._in_breaks(person, mine[id_])
            found += self._seen_before(id_, mine[id_])
        return found

    def _in_breaks(self, person: Person, post: Sequence[Post]) -> list[str]:
        return [
            f"{person.id} {one.at}: in a break"
            for said, back in self.breaks[person.id]
            for one in post
            if said < one.at < back
        ]

    def _seen_before(self, person: PersonId, post: Sequence[Post]) -> list[str]:
        shown = [one for one in (*self.opened, *post) if one.person == person and one.prompt]
        return [
            f"{person} {one.at}: {one.prompt} was shown before"
            for one in post
            for other in shown
            if one.prompt and other.prompt == one.prompt and timedelta(0) < one.at - other.at < REPEAT_AFTER
        ]

    async def begin(self) -> None:
        """Keep everybody, with their first slots, and give them something to do."""
        holidays = self.world.holidays
        async with self.world.store.unit_of_work() as work:
            for person in self.people.values():
                closed = holidays[person.preferences.rhythm.nation]
                await work.people.put(replace(person, next_nudge=person.next_slot(START, closed)))
        for id_ in self.people:
            self._do_something(id_)

    async def _next(self) -> datetime:
        async with self.world.store.unit_of_work() as work:
            people = await work.people.due(END, 1)
            oldest = (await work.deliveries.backlog(END)).oldest
        moments = [self.clock.at + self.every, *[p.next_nudge for p in people if p.next_nudge]]
        moments += [oldest] if oldest else []
        moments += [self._deeds[0][0]] if self._deeds else []
        return max(min(moments), self.clock.at + timedelta(seconds=1))

    async def _tick(self, dispatcher: Dispatcher) -> None:
        await tending.tend_rounds(self.world)
        await tending.tend_help(self.world)
        await tending.tend_thanks(self.world)
        await nudging.plan_due(self.world)
        await dispatcher.dispatch_due()
        await retaining.forget_old(self.world)
        await erasing.expire(self.world)

    async def _act(self) -> None:
        while self._deeds and self._deeds[0][0] <= self.clock.at:
            _, _, person, command = heapq.heappop(self._deeds)
            self.heard[person] += 1
            await onboarding.seen(self.world, person, reference(person))
            answer = await conversing.respond(self.world, person, command)
            self._note(person, command)
            self._react(person, answer, asked=True)

    def _note(self, person: PersonId, command: Command) -> None:
        if isinstance(command, Pause):
            now, who = self.clock.at, self.people[person]
            day = who.today(now) + timedelta(days=command.days)
            zone = ZoneInfo(who.preferences.rhythm.zone)
            others = [(said, min(back, now)) for said, back in self.breaks[person]]
            self.breaks[person] = [*others, (now, datetime.combine(day, time(), zone).astimezone(UTC))]

    def _react(self, person: PersonId, message: Message, *, asked: bool = False) -> None:
        """What somebody does about a message; some never do anything."""
        if asked and isinstance(message, Tip):
            self.opened.append(
                Post(self.clock.at, person, "opened", unasked=False, prompt=PromptId(message.prompt_id))
            )
        command = self._answer(Random(f"{person}:{self.clock.at}:{next(self._order)}"), message)
        if command and not _is_silent(person):
            self._plan(person, command, timedelta(minutes=5))

    def _plan(self, person: PersonId, command: Command, after: timedelta) -> None:
        heapq.heappush(self._deeds, (self.clock.at + after, next(self._order), person, command))
        if isinstance(command, ShowTip | AskForHelp | SharePrompt | BecomeChampion | Pause):
            self._do_something(person, after)

    def _do_something(self, person: PersonId, after: timedelta = timedelta(0)) -> None:
        """Something of their own accord, a while from now."""
        if _is_silent(person):
            return
        chance = Random(f"{person}:{next(self._order)}")
        wait = after + NOW_AND_THEN * chance.expovariate(1)
        role = self.people[person].role or RoleId("")
        wishes: list[Command] = [ShowTip(), AskForHelp("rotas"), BecomeChampion()]
        wishes += [Pause(chance.randrange(1, 20)), _shared(role, chance)]
        self._plan_later(person, chance.choice(wishes), wait)

    def _plan_later(self, person: PersonId, command: Command, after: timedelta) -> None:
        if self.clock.at + after < END:
            self._plan(person, command, after)

    def _answer(self, chance: Random, message: Message) -> Command | None:
        match message:
            case Tip(prompt_id=prompt):
                outcome = chance.choices(list(ANSWERS), list(ANSWERS.values()))[0]
                said = RecordOutcome(PromptId(prompt), outcome)
                return chance.choice((None, said, said, TurnDown(PromptId(prompt))))
            case PulseQuestions(round_id=round_id):
                answer = AnswerPulse(
                    round_id, chance.randrange(1, 6), chance.randrange(1, 6), tune=self.tuned
                )
                return chance.choice((None, answer))
            case HelpOffer(request_id=request):
                return chance.choice((None, AcceptHelp(request)))
            case Suggestions(request_id=request, champions=[first, *_]):
                return ChooseChampion(PersonId(first.champion_id), request)
            case ReviewRequest(contribution_id=contribution):
                return ApprovePrompt(contribution)
            case Note(steps=steps):
                return next((AGREES[s.verb](s.subject) for s in steps if s.verb in AGREES), None)
        return None


def _is_silent(person: PersonId) -> bool:
    """Every tenth never says anything."""
    return person.endswith("7")


def _shared(role: RoleId, chance: Random) -> SharePrompt:
    about = chance.sample(SUBJECTS, 3)
    text = " ".join(f"{chance.choice(WAYS)} the {one} for [our team]." for one in about)
    return SharePrompt(f"Shape the {about[0]}", text, role, "Compare it with the notes.", DataRule.INTERNAL)


def townsfolk(number: int) -> dict[PersonId, Person]:
    """So many people with lives of their own, all on the staff list."""
    roles = list(load_library(HOME / "prompts_library").roles)
    people = (on_staff(made_up(n, roles), n) for n in range(number))
    return {person.id: person for person in people}


def on_staff(person: Person, number: int) -> Person:
    """The same person with a place on the staff list; the first of each team has every right there is."""
    team = GroupId(f"Team {number // TEAM} sample")
    first = number % TEAM == 0
    entry = RosterEntry(
        id=person.id,
        name=f"Sample {number}",
        upn=f"{person.id}@trust.invalid",
        role=person.role or RoleId(""),
        licence=person.licence,
        site=f"Site {number // TEAM % 3}",
        team=team,
        rights=frozenset(Right) if first else frozenset(),
        leads=frozenset({team}) if first else frozenset(),
    )
    return replace(person, roster=entry)
