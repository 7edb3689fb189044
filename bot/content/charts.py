"""Figures → SVG drawings for one page: each has a title for screen readers, and its text stays text."""

import io
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#1b2a3a"
BLUE = "#0b5cab"
PALE = "#c8d6e5"

WIDTH = 4.4
"""Inches. On a phone the drawing shrinks to the page: drawn wider, its words would be too small to read."""

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "steady-drip",
    "font.family": ["sans-serif"],
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
"""Text is written as text, in the reader's own font; the same figures make the same file."""


def bars(title: str, labels: Sequence[str], percents: Sequence[int]) -> str:
    """A horizontal bar a label, with its number beside it."""
    figure, axes = _canvas(0.45 * len(labels) + 0.5)
    drawn = axes.barh(range(len(labels)), percents, color=BLUE, height=0.62)
    axes.bar_label(drawn, [f"{percent}%" for percent in percents], padding=4)
    axes.set(xlim=(0, max(60, *percents) + 8), yticks=range(len(labels)), yticklabels=labels, xticks=[])
    axes.invert_yaxis()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    said = ", ".join(f"{label} {percent}%" for label, percent in zip(labels, percents, strict=True))
    return _svg(figure, title, said)


def intervals(title: str, labels: Sequence[str], means: Sequence[float], margins: Sequence[float]) -> str:
    """A dot a label with a line from the lower to the upper end of what is likely, on a scale of 1 to 5."""
    figure, axes = _canvas(0.42 * len(labels) + 0.8)
    places = range(len(labels))
    axes.errorbar(means, places, xerr=margins, fmt="o", color=BLUE, ecolor=PALE, elinewidth=7, markersize=8)
    for place, mean in zip(places, means, strict=True):
        axes.annotate(f"{mean:.1f}", (mean, place), textcoords="offset points", xytext=(0, 8), ha="center")
    axes.set(xlim=(0.9, 5.1), ylim=(len(labels) - 0.4, -0.8), xticks=range(1, 6), yticks=places)
    axes.set_yticklabels(labels)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    several = zip(labels, means, margins, strict=True)
    return _svg(
        figure, title, ", ".join(f"{label} {mean:.1f} (give or take {by:.1f})" for label, mean, by in several)
    )


def _canvas(height: float) -> tuple[Figure, mpl.axes.Axes]:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        return figure, figure.add_subplot()


def _svg(figure: Figure, title: str, said: str) -> str:
    """The drawing as an element for a page, described in words."""
    text = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    drawing = text.getvalue()
    inner = drawing[drawing.index("<svg") :]
    inner = re.sub(r"<metadata>.*?</metadata>", "", inner, flags=re.DOTALL)
    label = escape(f"{title}: {said}", quote=True)
    return inner.replace("<svg", f'<svg role="img" aria-label="{label}"', 1).strip()
