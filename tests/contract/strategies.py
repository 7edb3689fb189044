"""Any row that the domain allows. Text has no NUL: PostgreSQL could not keep it, and nobody types it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.anonymity.figures import Figure
from bot.domain.audit import Act, AuditRecord
from bot.domain.library.contributions import Contribution, Origin, Stage, Version
from bot.domain.library.experiences import Experience, Outcome, Votes
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.outbox.delivery import Delivery, DeliveryCount, State
from bot.domain.outbox.pacing import Pace
from bot.domain.outbox.subjects import (
    KINDS,
    ChampionAnswerDue,
    ChampionWishDue,
    DigestDue,
    FarewellDue,
    FollowUpDue,
    HelpedDue,
    HelpNewsDue,
    HelpOfferDue,
    HelpThanksDue,
    News,
    OutcomeDue,
    PulseDue,
    QuarterThanksDue,
    ReminderDue,
    ReviewDue,
    TipDue,
    WelcomeDue,
)
from bot.domain.peers.champions import Introduction, Profile, Standing, TopicRecord
from bot.domain.peers.help_requests import HelpRequest, Offer, Response
from bot.domain.peers.help_requests import Stage as HelpStage
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round, Worked
from bot.domain.staff.groups import Group, Level
from bot.domain.staff.people import (
    Contact,
    ConversationReference,
    GroupId,
    Licence,
    OwnAnswer,
    Person,
    PersonId,
    Preferences,
    Right,
    RoleId,
    RosterEntry,
)
from bot.domain.text.language import Language
from tests.domain.rhythms import rhythms

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ids = texts.filter(bool)
people = ids.map(PersonId)
roles = ids.map(RoleId)
groups = ids.map(GroupId)
prompts = ids.map(PromptId)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
small = st.integers(0, 10)
values = st.none() | st.integers(1, 5)

contacts = st.builds(
    Contact,
    heard=st.none() | st.dates(),
    slowed=st.booleans(),
    ended=st.booleans(),
    licence=st.none() | st.sampled_from(Licence),
    level=values,
    workload=values,
)
scores = st.integers(1, 5)
preferences = st.builds(
    Preferences,
    role=st.none() | roles,
    licence=st.none() | st.sampled_from(Licence),
    rhythm=rhythms,
    paused_until=st.none() | moments,
    stopped=st.booleans(),
    saved=st.lists(texts, max_size=3).map(tuple),
    tuned=st.booleans(),
    own=st.lists(st.builds(OwnAnswer, st.dates(), scores, scores), max_size=3).map(tuple),
    unwanted=st.lists(texts, max_size=3).map(tuple),
    licence_over=st.none() | st.sampled_from(Licence),
    contact=contacts,
    language=st.sampled_from(Language),
)
roster = st.builds(
    RosterEntry,
    id=people,
    name=texts,
    upn=texts,
    role=roles,
    licence=st.sampled_from(Licence),
    site=texts,
    team=groups,
    rights=st.frozensets(st.sampled_from(Right)),
    leads=st.frozensets(groups, max_size=3),
    topics=st.lists(texts, max_size=3).map(tuple),
    cohort=texts,
    start=st.none() | st.dates(),
)
references = st.builds(ConversationReference, texts, texts, texts, texts, texts)
subjects = st.one_of(
    st.just(WelcomeDue()),
    st.builds(
        TipDue,
        prompts,
        texts,
        texts,
        st.none() | st.sampled_from(News),
        st.none() | st.sampled_from(Licence),
    ),
    st.builds(PulseDue, ids),
    st.builds(ReminderDue, ids),
    st.builds(DigestDue, ids, texts),
    st.builds(ReviewDue, ids),
    st.builds(OutcomeDue, ids),
    st.builds(HelpOfferDue, ids),
    st.builds(HelpNewsDue, ids, texts),
    st.builds(HelpedDue, ids),
    st.builds(HelpThanksDue, ids),
    st.builds(QuarterThanksDue, st.dates()),
    st.builds(ChampionWishDue, ids),
    st.builds(ChampionAnswerDue, ids),
    st.just(FarewellDue()),
    st.builds(FollowUpDue, prompts),
)
persons = st.builds(
    Person,
    id=people,
    roster=st.none() | roster,
    preferences=preferences,
    reference=st.none() | references,
    next_nudge=st.none() | moments,
    uninstalled=st.none() | moments,
)
experiences = st.builds(Experience, people, prompts, moments, st.none() | st.sampled_from(Outcome))
votes = st.builds(Votes, prompts, small, small, small)
deliveries = st.builds(
    Delivery,
    key=ids,
    person=people,
    subject=subjects,
    due=moments,
    expires=moments,
    unasked=st.booleans(),
    state=st.sampled_from(State),
    attempts=small,
    claimed_until=st.none() | moments,
    settled=st.none() | moments,
    note=texts,
)
delivery_counts = st.builds(
    DeliveryCount, st.dates(), st.sampled_from(sorted(KINDS)), st.sampled_from(State), st.integers(1)
)
rounds = st.builds(
    Round,
    ids,
    moments,
    moments,
    st.none() | st.binary(max_size=40),
    small,
    asked_to=st.none() | texts.map(PersonId),
    reminds=st.none() | moments,
    reminded_to=st.none() | texts.map(PersonId),
    turn=texts,
    wording=small,
)
keys = st.builds(Group, st.sampled_from(Level), texts).map(lambda group: group.key)
answers = st.builds(
    Answer, ids, ids, ids.map("team:{}".format), texts, st.integers(1, 5), values, values, values
)
figures = st.builds(
    Figure, texts, st.tuples(*[st.integers(-50, 10**6)] * 5), st.floats(0, 10**4, allow_nan=False)
)
publications = st.builds(
    Publication,
    ids,
    keys,
    st.lists(figures, max_size=3).map(tuple),
    st.none() | st.integers(0, 100),
    st.lists(st.builds(Worked, texts, st.integers(0)), max_size=3).map(tuple),
)
plans = st.builds(Plan, keys, st.integers(1, 4))
introductions = st.builds(Introduction, people, people, moments)
help_requests = st.builds(
    HelpRequest,
    id=ids,
    asker=people,
    about=texts,
    topics=st.lists(texts, max_size=3).map(tuple),
    language=texts,
    prompt=st.none() | prompts,
    asked=moments,
    changed=moments,
    due=st.none() | moments,
    stage=st.sampled_from(HelpStage),
    offers=st.lists(st.builds(Offer, people, moments, st.sampled_from(Response)), max_size=3).map(tuple),
)
profiles = st.builds(
    Profile,
    person=people,
    standing=st.sampled_from(Standing),
    roles=st.lists(roles, max_size=3).map(tuple),
    topics=st.lists(texts, max_size=3).map(tuple),
    site=texts,
    languages=st.lists(texts, max_size=3).map(tuple),
    hours=small,
    away_from=st.none() | st.dates(),
    away_until=st.none() | st.dates(),
    resting_until=st.none() | moments,
    wish=texts,
    records=st.lists(st.builds(TopicRecord, texts, small, small), max_size=3).map(tuple),
)
contributions = st.builds(
    Contribution,
    id=ids,
    author=st.none() | people,
    title=texts,
    text=texts,
    role=roles,
    check=texts,
    data=st.sampled_from(DataRule),
    submitted=moments,
    stage=st.sampled_from(Stage),
    reviewer=st.none() | people,
    reason=texts,
    decided=st.none() | moments,
    versions=st.lists(st.builds(Version, texts, texts, texts, moments), max_size=2).map(tuple),
    forgiven=small,
    credit=st.booleans(),
    origin=st.none() | st.builds(Origin, texts, texts, texts, texts, texts, moments, texts),
)
paces = st.builds(Pace, ids, moments, moments)
audit_records = st.builds(
    AuditRecord, ids, moments, ids, st.sampled_from(Act), st.none() | groups, st.none() | ids, st.none() | ids
)


@dataclass(frozen=True)
class Everything:
    """One row of each sort."""

    person: Person
    experience: Experience
    votes: Votes
    delivery: Delivery
    delivery_count: DeliveryCount
    round: Round
    answer: Answer
    publication: Publication
    plan: Plan
    introduction: Introduction
    help_request: HelpRequest
    profile: Profile
    contribution: Contribution
    pace: Pace
    audit_record: AuditRecord


everything = st.builds(
    Everything,
    persons,
    experiences,
    votes,
    deliveries,
    delivery_counts,
    rounds,
    answers,
    publications,
    plans,
    introductions,
    help_requests,
    profiles,
    contributions,
    paces,
    audit_records,
)
