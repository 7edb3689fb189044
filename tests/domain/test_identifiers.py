"""What points to a person is found, and ordinary writing is left alone. No number here is anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import find, is_nhs_number

nine_digits = st.text("0123456789", min_size=9, max_size=9)


@given(nine_digits)
def test_at_most_one_check_digit_fits(digits: str) -> None:
    """Nine digits have exactly one check digit, or none where the sum asks for ten."""
    fitting = [digit for digit in "0123456789" if is_nhs_number(digits + digit)]
    total = sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=True))
    wanted = -total % 11
    assert fitting == ([] if wanted == 10 else [str(wanted)])


@given(nine_digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, place: int, by: int) -> None:
    """Changing one digit of a right number always makes it wrong."""
    right = next((digits + d for d in "0123456789" if is_nhs_number(digits + d)), None)
    if right is None:
        return
    wrong = str((int(right[place]) + by) % 10)
    assert not is_nhs_number(right[:place] + wrong + right[place + 1 :])


@given(st.text(max_size=14))
def test_any_text_can_be_asked_about(text: str) -> None:
    """Whatever somebody types, the answer is yes or no."""
    assert is_nhs_number(text) in {True, False}
    assert isinstance(find(text), list)


@pytest.mark.parametrize("written", ["9434765919", "943 476 5919", "943-476-5919", "943\u00a0476\u00a05919"])
def test_an_nhs_number_is_found_however_it_is_written(written: str) -> None:
    """Spaces, hyphens and the spaces of a word processor do not hide it; the exact words come back."""
    found = find(f"Write to the patient with {written} about it.")
    assert [(one.kind, one.words) for one in found] == [("an NHS number", written)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ask sam.sample@trust.invalid for it", "an e-mail address"),
        ("NI number AB 12 34 56 C".replace("QQ", "AB"), "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("Call 01632 960123 today", "a phone number"),
        ("Call 07700 900 123", "a phone number"),
        ("Call +44 7700 900123", "a phone number"),
        ("She lives at LS1 4AP", "a postcode"),
        ("born 04/07/1961", "a date"),
        ("born 4.7.1961", "a date"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    """Each kind of identifier is found and named."""
    assert kind in [one.kind for one in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Write a notice for [our ward] in plain English, at most 120 words.",
        "Compare 2024/25 with 2025/26 and say what changed by 3.5 %.",
        "Our room is B12 and the meeting is at 10:30 on Monday.",
        "Order number 1234567890 has no check digit.",
        "Sum up 3 to 5 points, 200 words each.",
        "Use the A4 form and the Q3 figures.",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    """Numbers of everyday work are no identifiers."""
    assert find(text) == []


def test_everything_is_found_at_once() -> None:
    """Two identifiers of one text are both named, so that the author mends it in one go."""
    found = find("For 943 476 5919, sam.sample@trust.invalid")
    assert [one.kind for one in found] == ["an NHS number", "an e-mail address"]
