"""Somebody who has used all of it, and of whom every table has something."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.audit import Act, Subject
from bot.domain.library.contributions import Stage
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import PulseDue, TipDue
from bot.domain.peers.champions import Introduction, Standing, drafted
from bot.domain.rounds.pulses import Round, answers_of, voices
from bot.domain.staff.people import Person, PersonId, Right
from bot.services import auditing
from bot.services.ports import UnitOfWork, World
from tests.contract.rows import contribution
from tests.requests import accepted
from tests.samples import MONDAY, OPEN_FOR, WARD, staff

SAM = replace(
    staff("Samira Sample-Person", rights=frozenset(Right), leads=frozenset({WARD})), next_nudge=MONDAY
)
KIM = staff("Kim Sample")
OPEN = Round("open", MONDAY, MONDAY + OPEN_FOR, b"o" * 32, asked_to=SAM.id)
TIP = PromptId("ward-clerk-notice")


def traces(person: Person) -> list[str]:
    """All words that lead to somebody: their id, names, chat, and the codes of their answers."""
    assert person.roster is not None
    words = [person.id, person.roster.name, person.roster.upn, f"chat-{person.id}", f"29:{person.id}"]
    return [*words, *voices(b"o" * 32, person.id)]


async def live(world: World, person: Person = SAM) -> None:
    """Leave something in every table; `KIM` is the other side of it, and has a life too."""
    async with world.store.unit_of_work() as work:
        await work.people.put_all([person, KIM])
        await work.pulses.put_round(replace(OPEN, asked_to=person.id))
        await _drip(work, person.id)
        await _drip(work, KIM.id)
        await work.introductions.put(Introduction(person.id, KIM.id, MONDAY))
        await work.introductions.put(Introduction(KIM.id, person.id, MONDAY))
        for one in (accepted("theirs", person.id, KIM.id), accepted("kims", KIM.id, person.id)):
            await work.help_requests.put(one)
        await work.champions.put(drafted(person, Standing.ACTIVE))
        await _prompts(work, person.id)
        await auditing.add(world, work, person.id, Act.SUMMARY_READ, Subject(WARD, "r"))
        await auditing.add(world, work, "operator:sample", Act.PERSON_EXPORTED, Subject(person=person.id))


async def _drip(work: UnitOfWork, person: PersonId) -> None:
    await work.experiences.put(Experience(person, TIP, MONDAY, Outcome.WORKED))
    tip = Delivery(f"nudge:{person}:1", person, TipDue(TIP, "new"), MONDAY, MONDAY, unasked=True)
    later = MONDAY + timedelta(hours=1)
    await work.deliveries.add_all(
        [
            tip.settled_as(State.SENT, MONDAY),
            Delivery(f"pulse:open:{person}", person, PulseDue("open"), later, later, unasked=True),
        ]
    )
    await work.pulses.put_answers(answers_of(OPEN, b"o" * 32, replace(KIM, id=person), (2, 4, None, None)))


async def _prompts(work: UnitOfWork, person: PersonId) -> None:
    theirs = replace(contribution("waiting"), author=person)
    approved = replace(theirs, id="approved").reviewed(Stage.APPROVED, KIM.id, MONDAY)
    declined = replace(theirs, id="declined").reviewed(Stage.DECLINED, KIM.id, MONDAY, "too long")
    kims = replace(theirs, id="kims", author=KIM.id).reviewed(Stage.APPROVED, person, MONDAY)
    for one in (theirs, approved, declined, kims):
        await work.contributions.put(one)
