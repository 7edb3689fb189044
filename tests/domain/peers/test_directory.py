"""Which champions are suggested, in which order, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.peers.champions import Profile, Standing, TopicRecord, profile_of
from bot.domain.peers.directory import SUGGESTED, Directory, Load, Match, Search, leading, loads_in, topics_in
from bot.domain.peers.help_requests import HelpRequest, Offer, Response
from bot.domain.staff.people import PersonId
from tests.samples import BOOKING, CLERK, MONDAY, WARD, champion, staff

NORTH = "North site"


def profile(name: str, **changes: object) -> Profile:
    """A champion who fits in nothing but what is said."""
    plain = Profile(PersonId(name), Standing.ACTIVE, (BOOKING,), (), "Far away")
    return replace(plain, **changes)  # type: ignore[arg-type]  # each test names fields of a profile


def search(**changes: object) -> Search:
    """A ward clerk at the north site who wants help with letters."""
    plain = Search(PersonId("sam"), CLERK, NORTH, frozenset({"letters"}), "", "seed", frozenset(), {})
    return replace(plain, **changes)  # type: ignore[arg-type]  # each test names fields of a search


def suggested(
    profiles: Iterable[Profile], wanted: Search, load: Mapping[PersonId, Load] | None = None
) -> list[str]:
    """The names of the suggested, the best first."""
    found = Directory(profiles).suggest(wanted, load or {}, MONDAY)
    return [match.champion for match in found]


TOPIC = profile("topic", topics=("Letters",))
ROLE = profile("role", roles=(CLERK,))
SITE = profile("site", site=NORTH)
NONE = profile("none")


def test_topic_before_role_before_site() -> None:
    """Whatever the order in which they are listed."""
    assert suggested([NONE, SITE, ROLE, TOPIC], search()) == ["topic", "role", "site"]


def test_somebody_who_fits_in_nothing_is_better_than_nobody() -> None:
    """They are suggested where there are too few others."""
    assert suggested([NONE, SITE], search()) == ["site", "none"]


def test_never_the_same_again_while_others_fit() -> None:
    """Somebody met comes after all who fit, and before who fits in nothing."""
    met = {TOPIC.person: 1}
    assert suggested([TOPIC, ROLE, NONE], search(met=met)) == ["role", "topic", "none"]


def test_the_own_manager_comes_last() -> None:
    """Even after somebody who fits in nothing."""
    wanted = search(managers={TOPIC.person})
    assert suggested([TOPIC, NONE], wanted) == ["none", "topic"]
    match = Directory([TOPIC]).suggest(wanted, {}, MONDAY)[0]
    assert match.reason == "they know about letters; they lead your team, so they come last"


def test_who_leads_the_team_counts_as_its_manager() -> None:
    """It is the nearest that a roster tells."""
    lead, other = staff("Lea Sample", leads=frozenset({WARD})), staff()
    assert leading(WARD, [lead, other]) == {lead.id}
    assert leading(None, [lead, other]) == frozenset()


def test_a_language_that_was_asked_for_comes_first() -> None:
    """Before a better fit in another language."""
    welsh = profile("welsh", site=NORTH, languages=("Welsh",))
    assert suggested([TOPIC, welsh], search(language="Welsh")) == ["welsh", "topic"]
    assert suggested([TOPIC, welsh], search()) == ["topic", "welsh"]


def test_among_equals_the_one_with_the_least_load_for_their_hours() -> None:
    """Two requests of four places weigh less than two of two."""
    many, few = profile("many", site=NORTH, hours=2), profile("few", site=NORTH, hours=1)
    load = {many.person: Load(0, 2), few.person: Load(0, 2)}
    assert suggested([many, few], search(), load) == ["many", "few"]


def test_nobody_beyond_what_they_offered() -> None:
    """Whoever has their hours full this week is not suggested."""
    assert suggested([TOPIC], search(), {TOPIC.person: Load(2, 2)}) == []
    assert suggested([TOPIC], search(), {TOPIC.person: Load(1, 9)}) == ["topic"]


def test_nobody_who_is_away_or_resting() -> None:
    """Both ends of an absence are part of it."""
    away = replace(TOPIC, away_from=date(2026, 11, 20), away_until=date(2026, 11, 23))
    back = replace(TOPIC, away_from=date(2026, 11, 20), away_until=date(2026, 11, 22))
    resting = replace(TOPIC, resting_until=MONDAY + timedelta(minutes=1))
    assert [suggested([one], search()) for one in (away, back, resting)] == [[], ["topic"], []]


def test_what_did_not_help_is_no_topic_any_more() -> None:
    """Twice more no than yes takes it off; two times yes puts one on."""
    poor = replace(TOPIC, records=(TopicRecord("letters", 0, 2),))
    proven = replace(NONE, records=(TopicRecord("letters", 2, 0),))
    assert suggested([poor, proven], search()) == ["none", "topic"]
    assert TOPIC.judged(["letters"], helped=True).records == (TopicRecord("letters", 1, 0),)


def test_the_reason_says_all_that_fits() -> None:
    """As half a sentence."""
    best = profile("best", roles=(CLERK,), topics=("letters",), site=NORTH)
    (match,) = Directory([best]).suggest(search(), {}, MONDAY)
    assert match == Match(
        best.person, "they know about letters, do the same job as you and work at your site"
    )
    (plain,) = Directory([NONE]).suggest(search(), {}, MONDAY)
    assert plain.reason == "they offered to help colleagues with AI at work"


profiles = st.lists(
    st.builds(
        Profile,
        person=st.integers(0, 30).map(lambda n: PersonId(f"p{n}")),
        standing=st.just(Standing.ACTIVE),
        roles=st.sampled_from([(CLERK,), (BOOKING,), ()]),
        topics=st.sampled_from([("letters",), ("Notes",), ()]),
        site=st.sampled_from([NORTH, "South site"]),
        hours=st.integers(1, 3),
        away_from=st.none() | st.just(date(2026, 11, 23)),
        away_until=st.just(date(2026, 11, 24)),
    ),
    unique_by=lambda one: one.person,
    max_size=20,
)
people = st.integers(0, 30).map(lambda n: PersonId(f"p{n}"))


@given(
    all_=profiles,
    week=st.dictionaries(people, st.integers(0, 6)),
    asker=people,
    asked=st.frozensets(people, max_size=5),
)
def test_whoever_is_suggested_may_be_asked(
    all_: list[Profile], week: dict[PersonId, int], asker: PersonId, asked: frozenset[PersonId]
) -> None:
    """And as many are suggested as there are, up to three, in an order that does not depend on the list's."""
    load = {person: Load(number, number) for person, number in week.items()}
    wanted = search(asker=asker, asked_already=asked)
    found = suggested(all_, wanted, load)
    may = {
        one.person
        for one in all_
        if one.person not in {asker, *asked} and week.get(one.person, 0) < one.places and one.is_free(MONDAY)
    }
    assert set(found) <= may
    assert len(found) == len(set(found)) == min(SUGGESTED, len(may))
    assert suggested(all_[::-1], wanted, load) == found


def test_the_load_is_what_was_not_turned_down() -> None:
    """In a week and in four; a request that was passed on costs nothing."""
    cham = PersonId("cham")
    offers = [
        Offer(cham, MONDAY - timedelta(days=1), Response.ACCEPTED),
        Offer(cham, MONDAY - timedelta(days=1), Response.PASSED),
        Offer(cham, MONDAY - timedelta(days=8), Response.ACCEPTED),
        Offer(cham, MONDAY - timedelta(days=29), Response.ACCEPTED),
    ]
    requests = [
        HelpRequest("r", PersonId("sam"), "", (), "", None, MONDAY, MONDAY, None, offers=(offer,))
        for offer in offers
    ]
    assert loads_in(requests, MONDAY) == {cham: Load(1, 2)}


def test_who_is_a_champion() -> None:
    """By the roster until they say otherwise themselves."""
    by_roster = champion()
    drafted = profile_of(by_roster, None)
    assert drafted is not None
    assert (drafted.roles, drafted.site) == ((CLERK,), NORTH)
    assert profile_of(by_roster, replace(drafted, standing=Standing.LEFT)) is None
    assert profile_of(staff(), None) is None
    assert profile_of(staff(), profile("sam-sample")) is not None
    assert profile_of(staff(), profile("sam-sample", standing=Standing.ASKED)) is None


def test_topics_are_found_in_a_line() -> None:
    """In any number and with any mark behind."""
    known = ["letters", "meeting notes", "spreadsheets"]
    assert topics_in("Help with a letter, please!", known) == {"letters"}
    assert topics_in("my notes of the meeting", known) == {"meeting notes"}
    assert topics_in("something else", known) == frozenset()
