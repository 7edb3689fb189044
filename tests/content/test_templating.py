"""What `expand` makes of templates, and which templates it refuses."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.templating import expand
from bot.domain.json import Json
from bot.errors import SteadyDripError, TemplateError

PERSON: Json = {
    "name": "Ann",
    "age": 41,
    "rate": 2.5,
    "on": True,
    "nickname": None,
    "none": [],
    "tags": ["a", "b", "c"],
    "team": {"name": "Ward 4", "leads": [{"name": "Bo"}, {"name": "Cy"}]},
    "first name": "Ann-Marie",
    "huge": 1e300,
}

TEXTS = [
    ("no expression", "no expression"),
    ("Hello ${name}!", "Hello Ann!"),
    ("${name}${name}", "AnnAnn"),
    ("${age} at ${rate}", "41 at 2.5"),
    ("${on}: ${0.5}", "true: 0.5"),
    ("${4}", "4"),
    ("${'}'} and ${\"`\"}", "} and `"),
    ("$5 {x} ${name}", "$5 {x} Ann"),
    ("two\nlines ${name}", "two\nlines Ann"),
]
VALUES: list[tuple[str, Json]] = [
    ("${age}", 41),
    ("${rate}", 2.5),
    ("${on}", True),
    ("${nickname}", None),
    ("${tags}", ["a", "b", "c"]),
    ("${team.leads}", [{"name": "Bo"}, {"name": "Cy"}]),
    ("${age + 1}", 42),
]
PATHS: list[tuple[str, Json]] = [
    ("${team.name}", "Ward 4"),
    ("${TEAM.Name}", "Ward 4"),
    ("${tags[1]}", "b"),
    ("${team.leads[1].name}", "Cy"),
    ("${team['name']}", "Ward 4"),
    ('${$root["first name"]}', "Ann-Marie"),
    ("${$root.name}", "Ann"),
    ("${$data.name}", "Ann"),
]
UNRESOLVED: list[tuple[str, Json]] = [
    ("${surname}", "${surname}"),
    ("Dear ${surname}", "Dear ${surname}"),
    ("${team.head.name}", "${team.head.name}"),
    ("${team.heads[7].name}", "${team.heads[7].name}"),
    ("${$index}", "${$index}"),
    ("${surname == null}", True),
    ("${if(surname, 'yes', 'no')}", "no"),
]
OPERATORS: list[tuple[str, Json]] = [
    ("${1 + 2 * 3}", 7),
    ("${(1 + 2) * 3}", 9),
    ("${10 - 4 - 3}", 3),
    ("${-age}", -41),
    ("${7 / 2}", 3),
    ("${7 / rate}", 2.8),
    ("${0.1 + 0.2}", 0.30000000000000004),
    ("${'a' + 1}", "a1"),
    ("${0.1 + 0.2 == 0.3}", True),
    ("${name == 'Ann'}", True),
    ("${name != 'Ann'}", False),
    ("${age == '41'}", False),
    ("${on == 1}", False),
    ("${tags == null || team != null}", True),
    ("${nickname == null}", True),
    ("${age >= 41 && age <= 41}", True),
    ("${age > 41 || age < 41}", False),
    ("${'a' < 'b'}", True),
    ("${nickname < 1}", False),
    ("${!on}", False),
    ("${!(age == 1)}", True),
    ("${0 && ''}", True),
]
FUNCTIONS: list[tuple[str, Json]] = [
    ("${if(age > 40, 'over', 'under')}", "over"),
    ("${equals(age, 41)}", True),
    ("${not(on)}", False),
    ("${and(on, age, tags)}", True),
    ("${or(nickname, false)}", False),
    ("${empty(none)}", True),
    ("${empty(tags)}", False),
    ("${empty('')}", True),
    ("${empty(age)}", False),
    ("${exists(name)}", True),
    ("${exists(surname)}", False),
    ("${exists(nickname)}", False),
    ("${length(name)}", 3),
    ("${length('\U0001f4a7')}", 2),
    ("${count(tags)}", 3),
    ("${count(name)}", 3),
    ("${count(team)}", 2),
    ("${join(tags, ', ')}", "a, b, c"),
    ("${join(tags, ', ', ' and ')}", "a, b and c"),
    ("${join(none, ', ', ' and ')}", ""),
    ("${concat(name, ' ', 1)}", "Ann 1"),
    ("${length(concat(name, name))}", 6),
    ("${string(1234.5)}", "1,234.5"),
    ("${string(on)}", "true"),
    ("${formatNumber(1234.565, 1)}", "1,234.6"),
    ("${formatNumber(2.5, 0)}", "3"),
    ("${formatNumber(-2.5, 2)}", "\N{MINUS SIGN}2.50"),
    ("${toUpper(name)}", "ANN"),
    ("${toLower(name)}", "ann"),
]


@pytest.mark.parametrize(
    ("template", "expected"), TEXTS + VALUES + PATHS + UNRESOLVED + OPERATORS + FUNCTIONS, ids=str
)
def test_string(template: Json, expected: Json) -> None:
    """A string yields the value of its one expression, or a text with every expression filled in."""
    expanded = expand(template, PERSON)
    assert (expanded, type(expanded)) == (expected, type(expected))


LEADS = "${team.leads}"
STRUCTURES: list[tuple[Json, Json]] = [
    ({"$data": "${team}", "text": "${name} of ${$root.name}"}, {"text": "Ward 4 of Ann"}),
    ({"$data": {"name": "Di"}, "text": "${name}"}, {"text": "Di"}),
    ({"$data": "${team}", "a": {"b": "${name}"}}, {"a": {"b": "Ward 4"}}),
    (
        [{"$data": LEADS, "text": "${$index + 1}. ${name}"}],
        [{"text": "1. Bo"}, {"text": "2. Cy"}],
    ),
    ([{"$data": ["x", "y"], "text": "${$data}"}], [{"text": "x"}, {"text": "y"}]),
    ([{"$data": "${tags}", "inner": ["${$index}"]}], [{"inner": [0]}, {"inner": [1]}, {"inner": [2]}]),
    ([{"$data": "${none}", "text": "x"}, "after"], ["after"]),
    ({"items": {"$data": LEADS, "n": "${name}"}}, {"items": [{"n": "Bo"}, {"n": "Cy"}]}),
    ({"items": {"$data": "${none}", "n": "${name}"}}, {"items": None}),
    ([{"$when": "${age > 50}", "text": "old"}, {"$when": "${on}", "text": "on"}], [{"text": "on"}]),
    ([{"$when": "${name}", "text": "not a boolean"}], []),
    ([{"$when": "${surname}", "text": "nowhere"}], []),
    ([{"$when": "${surname > 0}", "text": "not comparable"}], []),
    ([{"$data": LEADS, "$when": "${name == 'Cy'}", "n": "${$index}"}], [{"n": 1}]),
    ({"action": {"$when": "${!on}", "type": "x"}}, {"action": None}),
    (["${tags}", "d"], ["a", "b", "c", "d"]),
    ([[1, [2]], None, 3], [1, 2, 3]),
    (["${nickname}", None], []),
    ({"a": "${nickname}"}, {"a": None}),
    ({"$root": 1, "$index": 2, "$host": 3, "a": 1}, {"a": 1}),
]


@pytest.mark.parametrize(("template", "expected"), STRUCTURES, ids=str)
def test_structure(template: Json, expected: Json) -> None:
    """Objects are bound, repeated and dropped, and lists flattened, as the language says."""
    assert expand(template, PERSON) == expected


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("${nmae(name)}", "${nmae(name)}"),
        ("Hi ${toUper(name)}", "'toUper'"),
        ("${name.upper()}", "${name.upper()}"),
        ("${name ==}", "${name ==}"),
        ("${name = 1}", "'='"),
        ("${a ? b : c}", "'?'"),
        ("${first-name", "${first-name"),
        ("${}", "${}"),
        ("${ }", "${ }"),
        ("${'open}", "${'open}"),
        ("a `code` of ${name}", "`code`"),
        ("${name}\\", "\\"),
        ("${$rot.name}", "'$rot'"),
        ("${undefined}", "'undefined'"),
        ("${if(on, 1)}", "'if'"),
        ("${concat(name)}", "'concat'"),
        ("${concat(name, 'x').length}", "'.'"),
        ("${team[key]}", "'key'"),
        ("${tags[1.5]}", "'1.5'"),
        ("${+age}", "'+'"),
        (r"${'it\'s'}", "${'it"),
        (r"costs \$5 ${name}", r"\$5"),
        ("${(name}", "${(name}"),
        ("${name name}", "${name name}"),
        ("${join(tags,)}", "${join(tags,)}"),
        ("${1.2.3}", "${1.2.3}"),
    ],
)
def test_grammar_is_enforced(template: str, named: str) -> None:
    """What lies outside the language is refused by name, even where the element would not be shown."""
    with pytest.raises(TemplateError) as raised:
        expand([{"$when": "${1 == 2}", "text": template}], PERSON)
    assert named in str(raised.value)


def test_refusal_lists_the_functions() -> None:
    """Somebody who mistypes a function's name reads which ones there are."""
    with pytest.raises(TemplateError, match=r"formatNumber, if, join, length, not, or, string, toLower"):
        expand("${lenght(name)}", PERSON)


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("${tags[7]}", "tags[7]"),
        ("${age / 0}", "age / 0"),
        ("${toUpper(age)}", "toUpper(age)"),
        ("${formatNumber(name, 1)}", "a text is not a number"),
        ("${formatNumber(age, 0.5)}", "the decimals must be"),
        ("${join(name, ', ')}", "not a list"),
        ("${count(age)}", "count(age)"),
        ("${age < name}", "age < name"),
        ("Next: ${age - surname}", "what leads nowhere is not a number"),
        ("${toUpper(surname)}", "toUpper(surname)"),
        ("${surname + 'a'}", "surname + 'a'"),
        ("${toUpper(1)}", "toUpper(1)"),
        ("${'a' - 1}", "'a' - 1"),
        ("${count(surname) > 0}", "count(surname)"),
        ("${tags == tags}", "a list and a list cannot be compared"),
        ("${string(team)}", "string(team)"),
        ("${concat(name, nickname)}", "concat(name, nickname)"),
        ("${concat(tags, tags)}", "a list cannot be written"),
        ("${join(team.leads, ', ')}", "an object cannot be written"),
        ("${team['head']}", "no such value"),
        ("${or(on == 1, surname)}", "no such value"),
        ("${tags['0']}", "a list has no '0'"),
        ("${name.length}", "a text has no 'length'"),
        ("${team.leads[7].name}", "team.leads[7].name"),
        ("${huge * huge}", "too large"),
        ("${age + nickname}", "age + nickname"),
        ("Hello ${nickname}", "nickname"),
        ("${on}: ${tags}", "${tags}"),
        ("Hello ${tags[7]}", "tags[7]"),
    ],
)
def test_failing_expression_is_named(template: str, named: str) -> None:
    """An expression that cannot be evaluated, or a null within a text, is an error that names it."""
    with pytest.raises(TemplateError) as raised:
        expand(template, PERSON)
    assert named in str(raised.value)


@pytest.mark.parametrize(
    "template",
    [
        "${name - 1}",
        "${name[0]}",
        "${team.name[0]}",
        "${team.name.first}",
        "${join(name, '')}",
        "${1 < name}",
        "x ${nickname}",
    ],
)
def test_error_tells_no_data(template: str) -> None:
    """An error's message may be logged, so it has the template's words and none of the data's."""
    with pytest.raises(TemplateError) as raised:
        expand(template, PERSON)
    assert "Ann" not in str(raised.value)


@pytest.mark.parametrize("when", [True, False, None, "yes", "${true}", "a ${on}", "${on}${on}", 1])
def test_when_must_be_a_condition(when: Json) -> None:
    """A `$when` that no data could change is a mistake and not a decision."""
    with pytest.raises(TemplateError, match=r"\$when must be one"):
        expand({"$when": when}, PERSON)


def test_literal_data_is_literal() -> None:
    """An expression inside a literal `$data` would never be evaluated, so it is refused."""
    with pytest.raises(TemplateError, match=r"\$data cannot contain"):
        expand({"$data": {"name": "${name}"}, "text": "${name}"}, PERSON)


def test_error_is_one_of_ours() -> None:
    """Whoever catches the project's own errors catches a template's."""
    assert issubclass(TemplateError, SteadyDripError)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DOCUMENTS: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def _is_plain(document: Json) -> bool:
    """Neither a keyword nor an expression, and no list in which something would be flattened or vanish."""
    match document:
        case str():
            return "${" not in document
        case list():
            return all(_is_plain(item) and not isinstance(item, list | None) for item in document)
        case dict():
            return all(_is_plain(value) and not key.startswith("$") for key, value in document.items())
    return True


@given(DOCUMENTS.filter(_is_plain), DOCUMENTS)
def test_plain_template_is_its_own_expansion(template: Json, data: Json) -> None:
    """Without expressions and keywords, a template is the card, whatever the data."""
    assert expand(template, data) == template


@given(DOCUMENTS)
def test_expansion_is_pure(data: Json) -> None:
    """Expanding changes neither template nor data, shares nothing with them, and repeats itself."""
    template: Json = [{"$data": "${$root}", "whole": {"value": "${$data}", "more": ["${$index}"]}}]
    before = deepcopy((template, data))
    first = expand(template, data)
    assert (template, data) == before
    assert first == expand(template, data)
    assert _containers(first).isdisjoint(_containers(template) | _containers(data))


def _containers(document: Json) -> set[int]:
    """The identities of the document's lists and objects."""
    inner: list[Json] = []
    match document:
        case list():
            inner = document
        case dict():
            inner = list(document.values())
        case _:
            return set()
    return {id(document)}.union(*map(_containers, inner))
