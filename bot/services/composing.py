"""Domain objects → messages. A sentence that no card template holds is written here or beside its use."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import quote

from bot.domain import messages as m
from bot.domain.commands.own import ChangeSettings
from bot.domain.drip.outlooks import Drip, outlook_of
from bot.domain.drip.reactions import reactions_to
from bot.domain.library.prompts import Prompt
from bot.domain.library.rules import LocalRules, Rule, Verdict
from bot.domain.own.settings_form import Problem, letters_from
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Nation, merged
from bot.domain.staff.people import Person, RoleId
from bot.domain.staff.rhythm_words import leave_in_words, tips_in_words
from bot.domain.staff.zones import ZONES, place_of
from bot.domain.text.language import Language, Said, in_words, joined, say
from bot.domain.text.wording import day_from, day_in_words, digits, listed
from bot.services.ports import Library, World

SHOWN_AGAIN = 2_000
"""Characters of an overlong field that come back with its form: a card has its limits too."""

TIP = m.Step(say("Show me a tip"), "tip")
HELP = m.Step(say("What can I do?"), "help")
SETTINGS = m.Step(say("Settings"), "settings")
RESUME = m.Step(say("Start again"), "resume")
TWICE = m.Step(say("Twice a week"), "say", "2 a week")
CHAMPION = m.Step(say("Ask a champion"), "champion")
SHARE = m.Step(say("Share another"), "share_form")
MINE = m.Step(say("What I shared"), "shared")
REVIEWS = m.Step(say("See what waits for review"), "reviews")


def role_options(library: Library) -> Sequence[m.Option]:
    """Every role, as people choose it."""
    return [m.Option(title=say(name), value=role) for role, name in library.roles.items()]


def welcome(world: World, person: Person, opening: str = "") -> m.Welcome:
    """The first card, filled in with what the roster knows."""
    return m.Welcome(
        first_name=person.first_name,
        organisation=world.house.organisation,
        roles=role_options(world.library),
        role=person.role or "",
        licence=person.licence,
        days=digits(person.preferences.rhythm.days),
        local_run=world.house.local_run,
        opening=opening,
        bilingual=_is_bilingual(world, person),
    )


def _is_bilingual(world: World, person: Person) -> bool:
    """Whether somebody may well read Welsh: in Wales, or by their own choice."""
    nations = {world.house.nation, person.preferences.rhythm.nation}
    return Nation.WALES in nations or person.preferences.language is Language.WELSH


def tip(world: World, person: Person, prompt: Prompt, reason: str, opening: str = "") -> m.Tip:
    """One prompt as a card for one person."""
    rule = world.library.rules.for_prompt(prompt)
    return m.Tip(
        prompt_id=prompt.id,
        title=prompt.title,
        why=prompt.why,
        prompt=prompt.text.strip(),
        app="" if prompt.by_hand else prompt.app.label,
        link="" if prompt.by_hand else world.house.links.get(prompt.app, ""),
        good=prompt.good,
        check=prompt.check,
        verdict=rule.verdict,
        rule=_with_contact(rule, world.library.rules),
        minutes=prompt.minutes,
        author=prompt.author,
        reason=reason,
        saved=prompt.id in person.preferences.saved,
        opening=opening,
        rules_link=world.library.rules.link,
    )


def _with_contact(rule: Rule, rules: LocalRules) -> str:
    """The rule's sentence, and whom to ask where it says to."""
    if rule.verdict is not Verdict.ASK_FIRST:
        return rule.text
    return joined(rule.text, say("Ask {contact}.", contact=rules.contact))


def lines(prompts: Iterable[Prompt]) -> Sequence[m.Line]:
    """Prompts as entries of a list."""
    return [m.Line(prompt.title, _about(prompt), prompt.id) for prompt in prompts]


def _about(prompt: Prompt) -> str:
    """Where it is used and how long it takes."""
    if prompt.by_hand:
        return say("no AI tool, about {minutes} minutes", minutes=prompt.minutes)
    return say("{app}, about {minutes} minutes", app=prompt.app.label, minutes=prompt.minutes)


def settings(world: World, person: Person) -> m.Settings:
    """The person's choices as a form."""
    today = person.today(world.clock.now())
    return settings_form(world, person, as_form(person, today))


def as_form(person: Person, today: date) -> ChangeSettings:
    """What somebody chose, as they would fill it in; the rota begins today."""
    rhythm = person.preferences.rhythm
    quiet = rhythm.quiet
    return ChangeSettings(
        role=person.role or RoleId(""),
        licence=person.licence,
        days=rhythm.days,
        per_week=rhythm.per_week,
        start=f"{rhythm.start:%H:%M}",
        end=f"{rhythm.end:%H:%M}",
        quiet_from=f"{quiet.start:%H:%M}" if quiet else "",
        quiet_until=f"{quiet.end:%H:%M}" if quiet else "",
        rota=letters_from(rhythm.rota, today),
        rota_from=today,
        nights=rhythm.nights,
        nation=rhythm.nation,
        works_holidays=rhythm.works_holidays,
        zone=rhythm.zone,
        tuned=person.preferences.tuned,
        language=person.preferences.language,
    )


def settings_form(
    world: World, person: Person, form: ChangeSettings, problem: Problem | None = None
) -> m.Settings:
    """A form with what somebody filled in, and what to mend, if anything."""
    now = world.clock.now()
    rota_from = form.rota_from or person.today(now)
    return m.Settings(
        summary=rhythm_in_words(person, now),
        leave=_time_off(person, person.today(now)),
        roles=role_options(world.library),
        role=form.role,
        licence=form.licence,
        days=digits(form.days),
        per_week=str(form.per_week),
        start=form.start,
        end=form.end,
        quiet_from=form.quiet_from,
        quiet_until=form.quiet_until,
        rota=form.rota,
        rota_from=rota_from.isoformat(),
        rota_day=day_in_words(rota_from),
        nights=form.nights,
        nation=form.nation,
        works_holidays=_toggle(form.works_holidays),
        zones=[m.Option(place_of(zone), zone) for zone in dict.fromkeys((*ZONES, form.zone))],
        zone=form.zone,
        tuned=_toggle(form.tuned),
        spoken=form.language or person.preferences.language,
        resting=person.pause_end(now) is not None or person.preferences.stopped,
        problem=problem.sentence if problem else "",
        unfolded=problem is not None and problem.folded,
    )


def _time_off(person: Person, today: date) -> str:
    """The leave that is kept and not over, and the line to type."""
    ahead = [
        leave_in_words(one, today) for one in merged(person.preferences.rhythm.leave) if one.last >= today
    ]
    if not ahead:
        return say("None that I know of. To add some, type leave 20 December to 3 January.")
    return say("{when}. Type leave and the days to add more, or no leave to clear it.", when=listed(ahead))


def _toggle(on: bool) -> str:  # noqa: FBT001 - its only argument
    return "true" if on else "false"


def rhythm_in_words(person: Person, now: datetime) -> str:
    """ "Tips come on Tuesdays and Thursdays, about 10:30." - or why nothing comes."""
    rhythm, today = person.preferences.rhythm, person.today(now)
    if person.preferences.stopped:
        return say("Nothing comes by itself: you stopped the tips. Type resume to start again.")
    if person.preferences.contact.ended:
        return say("Nothing comes by itself: no tip was used for three months. Type resume to start again.")
    if rhythm.next_slot(person.id, now) is None:
        return _no_time(rhythm)
    if person.next_nudge is None:
        return say("No tips come by themselves yet. To have them, open Settings and press Save.")
    tips = joined(tips_in_words(rhythm, person.id), *(row.offer for row in reactions_to(person) if row.rest))
    if pause_end := person.pause_end(now):
        return say("Paused until {day}. Then: {tips}", day=day_from(pause_end, today), tips=tips)
    if leave := next((one for one in merged(rhythm.leave) if one.covers(today)), None):
        last = day_from(leave.last, today)
        return say("On leave, and {day} is the last day. Then: {tips}", day=last, tips=tips)
    return tips


def _no_time(rhythm: Rhythm) -> str:
    """Why a rhythm has no slots: none are wanted, or none can be."""
    if not rhythm.per_week:
        return say("No tips come by themselves. Type tip for one, or twice a week to have them again.")
    if rhythm.rota:
        return say("Your shifts leave no time for tips. You can still ask for one at any time.")
    return say("No tips come by themselves. You can still ask for one at any time.")


def ways_back(person: Person, now: datetime) -> Sequence[m.Step]:
    """The button that brings tips back where a choice or a long silence keeps them away."""
    drip = outlook_of(person, now).drip
    if drip in {Drip.STOPPED, Drip.ENDED, Drip.PAUSED}:
        return [RESUME]
    return [TWICE] if drip is Drip.NONE_WANTED else []


def role_name(library: Library, role: RoleId | None) -> str:
    """A role as people say it."""
    return say(library.roles.get(role, role)) if role else say("not chosen yet")


def chat_link(upn: str, first_sentence: str) -> str:
    """Teams' link that opens a chat with somebody, a sentence written but not sent."""

    def link(sentence: str) -> str:
        return f"https://teams.microsoft.com/l/chat/0/0?users={quote(upn)}&message={quote(sentence)}"

    return Said(link(first_sentence), lambda tongue: link(in_words(first_sentence, tongue)))


def gone(refused: str) -> m.Note:
    """For a button whose subject is not there any more; `refused` is a word for the log."""
    return m.Note(
        title=say("That is no longer here"),
        lines=[say("The card may be an old one. Nothing was changed.")],
        steps=[TIP, HELP],
        refused=refused,
    )


def declined(title: str, *lines_: str, refused: str = "") -> m.Note:
    """For something that cannot be done: kind, and with a way on; `refused` is a word for the log."""
    return m.Note(title=title, lines=lines_, steps=[TIP, HELP], refused=refused)
