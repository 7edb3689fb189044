"""A report → one HTML page that needs nothing else: charts, the same numbers as tables, and print styles."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template

from bot.content import charts
from bot.domain.anonymity.figures import Distribution
from bot.domain.rounds.advice import action
from bot.domain.rounds.questions import CONFIDENCE, Question
from bot.domain.rounds.readings import Reading
from bot.domain.rounds.sentences import (
    answers,
    headline,
    in_words,
    interval,
    period,
    protection,
    trend_in_words,
)
from bot.domain.staff.groups import Level
from bot.domain.text.wording import short_day
from bot.services.rounds.reporting import Report

PAGE = Template((Path(__file__).parent / "summary_page.html").read_text("utf-8"))


def page(found: Report, *, sample_data: bool) -> str:
    """The page of a report, also where nothing may be shown."""
    title = f"How AI is going: {_called(found)}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="when">{period(found.round)}</p>',
        '<p class="sample">Sample data: these answers are made up.</p>' if sample_data else "",
        *(_figures(found) if found.shown else _nothing(found)),
        f'<p class="protection">{escape(_protection(found))}</p>',
    ]
    return PAGE.substitute(title=escape(title), body="\n".join(part for part in parts if part))


def _called(found: Report) -> str:
    """A group's name, with what sort it is where the name alone does not tell."""
    name, level = found.names.of(found.group), found.group.level
    return f"{name} ({level})" if level in {Level.ROLE, Level.LICENCE} else name


def _figures(found: Report) -> Iterator[str]:
    reading = found.readings[-1]
    yield f'<p class="headline">{escape(headline(reading))}</p>'
    yield f"<p>{escape(answers(reading))}.</p>"
    to_do = escape(action(found.readings, found.plan))
    yield f'<section class="action"><h2>One thing to do</h2><p>{to_do}</p></section>'
    for question in reading.asked():
        yield _question(found.readings, question)
    yield from _rounds(found.readings)
    for level, name in ((Level.SITE, "Sites"), (Level.ROLE, "Roles"), (Level.LICENCE, "Licences")):
        yield from _beside(found, level, name)
    if found.findings:
        listed = "".join(f"<li>{escape(one)}</li>" for one in found.findings)
        yield f"<section><h2>What else the answers say</h2><ul>{listed}</ul></section>"


def _question(readings: Sequence[Reading], question: Question) -> str:
    figures = readings[-1].of(question.id)
    if not isinstance(figures, Distribution):
        why = escape(in_words(figures, question))
        return f"<section><h2>{escape(question.about)}</h2><p>{why}</p></section>"
    percents = list(figures.percent.values())
    said = " ".join([interval(figures, question), trend_in_words(readings, question)]).strip()
    rows = list(zip(question.answers, [f"{percent}%" for percent in percents], strict=True))
    return (
        f"<section><h2>{escape(question.about)}</h2><p>{escape(question.text)}</p>"
        f"{charts.bars(question.about, question.answers, percents)}"
        f"<p>{escape(said)}</p>{_table('In numbers', ('Answer', 'Share'), rows)}</section>"
    )


def _rounds(readings: Sequence[Reading]) -> Iterator[str]:
    """Confidence through the rounds, where there are two or more with the same wording."""
    wording = readings[-1].round.wording
    shown = [(one.round, one.shown(CONFIDENCE)) for one in readings if one.round.wording == wording]
    points = [(short_day(r.opens.date()), figures) for r, figures in shown if figures]
    if len(points) > 1:
        yield _compared("Confidence through the rounds", "Round", points)


def _beside(found: Report, level: Level, name: str) -> Iterator[str]:
    """The confidence of every group of a level that may be shown; nothing where there is only one."""
    members = [(one.group, one.shown(CONFIDENCE)) for one in found.others if one.group.level is level]
    points = [(found.names.of(group), figures) for group, figures in members if figures]
    if len(points) > 1:
        yield _compared(f"Confidence by {level}, in the whole organisation", name, points)


def _compared(title: str, column: str, points: Sequence[tuple[str, Distribution]]) -> str:
    labels = [label for label, _ in points]
    drawing = charts.intervals(
        title, labels, [one.mean for _, one in points], [one.margin for _, one in points]
    )
    rows = [(label, f"{one.mean:.1f} (give or take {one.margin:.1f})") for label, one in points]
    table = _table("In numbers", (column, "Average, of 5"), rows)
    return f"<section><h2>{escape(title)}</h2>{drawing}{table}</section>"


def _table(caption: str, head: tuple[str, str], rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(f'<tr><th scope="row">{escape(a)}</th><td>{escape(b)}</td></tr>' for a, b in rows)
    first, second = (f'<th scope="col">{escape(one)}</th>' for one in head)
    top = f"<caption>{caption}</caption><thead><tr>{first}{second}</tr></thead>"
    return f"<table>{top}<tbody>{cells}</tbody></table>"


def _nothing(found: Report) -> Iterator[str]:
    if found.silent:
        yield '<p class="headline">Nobody answered in this round.</p>'
    else:
        yield (
            f'<p class="headline">Nothing is shown this time: fewer than {found.round.threshold} people '
            "answered, or the figures would tell too much about a few of them.</p>"
        )


def _protection(found: Report) -> str:
    return (
        f"{protection(found.round)} Sites, roles and licences that would tell too much about a few people, "
        "alone or together with others, are left out. “Give or take” is what lies within chance in 95 of 100 "
        "cases. These questions are an indicator, not a validated scale."
    )
