"""Being a champion: becoming one, saying what one offers, leaving again; and the directory of all."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.audit import Act, Subject
from bot.domain.commands.champions import ChangeProfile, ShowDirectory
from bot.domain.messages import Message, Note, ProfileForm, Step
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import ChampionAnswerDue, ChampionWishDue
from bot.domain.peers.champions import Profile, Standing, drafted, profile_of
from bot.domain.peers.profile_form import LONGEST_ENTRY, changed, day_in, problem_in
from bot.domain.staff.people import Person, PersonId, Right
from bot.domain.text.language import Tongue, in_words, joined, say
from bot.domain.text.wording import capitalised
from bot.domain.text.words import words
from bot.services import auditing, composing, screening
from bot.services.peers import introducing, matching, offering
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

LISTED = 12
"""Champions on one card of the directory."""

WISH_LASTS = timedelta(days=30)

PROFILE = Step(say("What I offer"), "profile")
LEAVE = Step(say("Stop being a champion"), "leave_champions")
BECOME = Step(say("Become a champion"), "become_champion")


async def is_one(work: UnitOfWork, person: Person) -> bool:
    """Whether somebody is a champion now: by their own profile, else by the staff list."""
    return profile_of(person, await work.champions.get(person.id)) is not None


async def show_profile(world: World, person_id: PersonId) -> Message:
    """The form with what a champion offers; for others, where their wish stands, or how to become one."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        kept = await work.champions.get(person_id)
    profile = profile_of(person, kept)
    if profile:
        return _form(world, profile)
    return _waiting() if kept and kept.standing is Standing.ASKED else _offer_to_become()


async def become(world: World, person_id: PersonId) -> Message:
    """Ask the administrators; whom the staff list names, or who is one already, needs no yes."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        person = await person_of(work, person_id)
        kept = await work.champions.get(person_id)
        if person.roster is None:
            return composing.declined(
                say("You are not on the staff list yet"),
                say("Champions come from that list. Whoever keeps it can add you."),
            )
        if person.holds(Right.CHAMPION) or profile_of(person, kept):
            active = replace(kept or drafted(person, Standing.ACTIVE), standing=Standing.ACTIVE)
            await work.champions.put(active)
            return _form(world, active)
        if kept and kept.standing is Standing.ASKED:
            return _waiting()
        wish = replace(
            kept or drafted(person, Standing.ASKED), standing=Standing.ASKED, wish=world.chance.new_id()
        )
        await work.champions.put(wish)
        for administrator in await work.people.holding(Right.ADMINISTRATOR):
            subject = ChampionWishDue(wish.wish)
            key = f"champion_wish:{wish.wish}:{administrator.id}"
            await work.deliveries.add(
                Delivery(key, administrator.id, subject, now, now + WISH_LASTS, unasked=True)
            )
    return _waiting()


async def decide(world: World, administrator_id: PersonId, wish: str, *, admitted: bool) -> Message:
    """An administrator's yes or no to a wish, on record; the person hears of it kindly."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        administrator = await person_of(work, administrator_id)
        profile = await _wished(work, wish)
        if not administrator.holds(Right.ADMINISTRATOR):
            return composing.declined(say("Only administrators decide this"), refused="no_administrator")
        if profile is None:
            return composing.declined(say("That is decided already"), say("Thank you for looking."))
        standing = Standing.ACTIVE if admitted else Standing.REFUSED
        await work.champions.put(replace(profile, standing=standing))
        act = Act.CHAMPION_ADMITTED if admitted else Act.CHAMPION_REFUSED
        await auditing.add(world, work, administrator_id, act, Subject(person=profile.person))
        subject = ChampionAnswerDue(wish)
        key = f"champion_answer:{wish}"
        answer = Delivery(key, profile.person, subject, now, now + WISH_LASTS, unasked=False)
        await work.deliveries.add(answer)
        person = await person_of(work, profile.person)
    name = person.name or capitalised(introducing.called(person))
    done = say("{name} is a champion now", name=name) if admitted else say("Not for now")
    lines = [say("I tell {name}. You can type coverage to see who helps where.", name=name)]
    return Note(done, lines, [composing.TIP, composing.HELP])


async def change(world: World, person_id: PersonId, command: ChangeProfile) -> Message:
    """Keep what a champion offers; the form again where there is something to mend."""
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        person = await person_of(work, person_id)
        profile = profile_of(person, await work.champions.get(person_id))
        if profile is None:
            return _offer_to_become()
        problem = problem_in(command)
        if not problem:
            written = (command.topics, command.site, command.languages)
            problem = screening.problem(await screening.screen(work, *written))
        if problem:
            return _as_typed(replace(_form(world, profile), problem=problem), command)
        await work.champions.put(after := changed(profile, command, world.library.roles))
    lines = [_in_words(world, after), say("You can change it or stop at any time.")]
    return Note(say("Kept"), lines, [PROFILE, LEAVE, composing.HELP])


async def leave(world: World, person_id: PersonId) -> Message:
    """Stop being a champion: requests that wait for them go to somebody else at once."""
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        person = await person_of(work, person_id)
        profile = profile_of(person, await work.champions.get(person_id))
        if profile is None:
            return _offer_to_become()
        await work.champions.put(replace(profile, standing=Standing.LEFT))
        await offering.leave_to_others(world, work, person_id)
    lines = [say("Nobody is sent to you any more. Thank you for your help. You can come back at any time.")]
    return Note(say("You are not a champion any more"), lines, [BECOME, composing.TIP, composing.HELP])


async def show_directory(world: World, person_id: PersonId, command: ShowDirectory) -> Message:
    """The champions whose topic, role or site has all these words; all of them for no words."""
    async with world.store.unit_of_work() as work:
        roll = await matching.call(world, work, person_id)
    wanted = set(words(command.words))
    entries = sorted((roll.people[one.person].name, _in_words(world, one)) for one in roll.profiles.values())
    tongue = world.tongues.get(roll.asker.preferences.language)
    found = [
        say("{name}: {offer}", name=name, offer=offer)
        for name, offer in entries
        if wanted <= _words_of(name, offer, tongue)
    ]
    more = [say("… and {number} more: type champions and a topic, role or site.", number=len(found) - LISTED)]
    lines = [*found[:LISTED], *(more if len(found) > LISTED else [])]
    nobody = (
        say("Nobody fits that. Type champions to see all.") if roll.profiles else say("There is nobody yet.")
    )
    more_steps = [Step(say("What they cover"), "coverage")] if roll.asker.holds(Right.ADMINISTRATOR) else []
    steps = [composing.CHAMPION, PROFILE, *more_steps, composing.HELP]
    return Note(say("Champions"), lines or [nobody], steps)


def _words_of(name: str, offer: str, tongue: Tongue | None) -> set[str]:
    """What an entry can be found by: its English words, and those that the asker reads."""
    spoken = in_words(offer, tongue) if tongue else ""
    return set(words(f"{name} {offer} {spoken}"))


# What is said, composed when it is sent


async def wish(world: World, work: UnitOfWork, wish_id: str) -> Note | None:
    """The administrator's card; None once it was decided."""
    profile = await _wished(work, wish_id)
    if profile is None:
        return None
    person = await person_of(work, profile.person)
    lines = [
        say(
            "{name} ({who}) would like to help colleagues.",
            name=person.name,
            who=introducing.who(world, person),
        ),
        say(
            "With a yes, colleagues can ask them, and they can share prompts. Your answer is kept on record."
        ),
    ]
    steps = [Step(say("Yes"), "admit_champion", wish_id), Step(say("Not now"), "refuse_champion", wish_id)]
    return Note(say("Somebody wants to be a champion"), lines, [*steps, composing.HELP])


async def one_wish(world: World, work: UnitOfWork) -> Note | None:
    """One wish that waits, whether or not its card reached an administrator; None where none does."""
    asked = [one for one in await work.champions.all() if one.standing is Standing.ASKED]
    return await wish(world, work, min(asked, key=lambda one: one.person).wish) if asked else None


async def answer(work: UnitOfWork, person_id: PersonId) -> Message | None:
    """What the person hears of their wish."""
    kept = await work.champions.get(person_id)
    if kept and kept.standing is Standing.ACTIVE:
        lines = [say("Thank you for offering. Colleagues can ask you now, within the hours that you choose.")]
        return Note(say("You are a champion"), lines, [PROFILE, composing.HELP])
    if kept and kept.standing is Standing.REFUSED:
        lines = [
            say(
                "An administrator said: not for now. Thank you for offering. You can offer again at any time."
            )
        ]
        return Note(say("Not just now"), lines, [composing.TIP, composing.HELP])
    return None


async def _wished(work: UnitOfWork, wish_id: str) -> Profile | None:
    """The profile of a wish that waits for an answer."""
    asked = (one for one in await work.champions.all() if one.standing is Standing.ASKED)
    return next((one for one in asked if one.wish == wish_id), None)


def _form(world: World, profile: Profile) -> ProfileForm:
    return ProfileForm(
        options=composing.role_options(world.library),
        roles=",".join(profile.roles),
        topics=", ".join(profile.topics),
        site=profile.site,
        languages=", ".join(profile.languages),
        hours=str(profile.hours),
        away_from=profile.away_from.isoformat() if profile.away_from else "",
        away_until=profile.away_until.isoformat() if profile.away_until else "",
    )


def _as_typed(form: ProfileForm, command: ChangeProfile) -> ProfileForm:
    """The form with what was typed into it, so that nobody types it twice."""
    return replace(
        form,
        roles=command.roles,
        topics=command.topics[: composing.SHOWN_AGAIN],
        site=command.site[: composing.SHOWN_AGAIN],
        languages=command.languages[: composing.SHOWN_AGAIN],
        hours=str(command.hours)[:LONGEST_ENTRY],
        away_from=command.away_from if day_in(command.away_from) else "",
        away_until=command.away_until if day_in(command.away_until) else "",
    )


def _in_words(world: World, profile: Profile) -> str:
    """ "Ward clerk, North site; letters, notices; English"."""
    roles = [composing.role_name(world.library, role) for role in profile.roles]
    parts = [joined(*roles, profile.site, by=", "), ", ".join(profile.topics), ", ".join(profile.languages)]
    return joined(*parts, by="; ")


def _waiting() -> Note:
    lines = [
        say("That is kind of you. An administrator reads it and decides, and I tell you here what they say."),
        say("Until then there is nothing for you to do."),
    ]
    return Note(say("Thank you for offering"), lines, [composing.TIP, composing.HELP])


def _offer_to_become() -> Note:
    lines = [
        say(
            "A champion helps colleagues now and then: within the hours that they choose, and with a way out."
        ),
        say("An administrator has to say yes."),
    ]
    return Note(say("You are not a champion yet"), lines, [BECOME, composing.TIP, composing.HELP])
