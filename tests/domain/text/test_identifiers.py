"""What points to a person is found, and ordinary writing is left alone. No number here is anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.identifiers import find, is_nhs_number

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


NHS_NUMBERS = [
    "9434765919",
    "943 476 5919",
    "943-476-5919",
    "943\u00a0476\u00a05919",
    "943.476.5919",
    "943  476  5919",
    "943\u2013476\u20135919",
    "943\u2011476\u20115919",
    "943/476/5919",
    "943_476_5919",
    "943** **476** **5919",
    "943 476-5919",
    "94 34 76 59 19",
    "943\u200b476\u00ad5919",
    "94\u202e34765919",
    "９４３ ４７６ ５９１９",
    "943) 476 5919",
    "943, 476, 5919",
    "943:476:5919",
    "943] [476] [5919",
]


@pytest.mark.parametrize("written", NHS_NUMBERS)
def test_an_nhs_number_is_found_however_it_is_written(written: str) -> None:
    """Spaces, signs and what nobody sees do not hide it; the exact words come back."""
    found = find(f"Write to the patient with {written} about it.")
    assert [(one.kind, one.words) for one in found] == [("an NHS number", written)]


@pytest.mark.parametrize("text", ["NHS9434765919", "**943** **476** **5919**", "Beds 12 34 943 476 5919"])
def test_an_nhs_number_is_found_among_other_signs(text: str) -> None:
    """Letters, bold type and other numbers beside it do not hide it."""
    assert "an NHS number" in [one.kind for one in find(text)]


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
        ("ab-12-34-56-c", "a National Insurance number"),
        ("AB.12.34.56.C", "a National Insurance number"),
        ("AB\u00a012\u00a034\u00a056\u00a0C", "a National Insurance number"),
        ("bob @nhs.uk", "an e-mail address"),
        ("zoë@nhs.uk", "an e-mail address"),
        ("bob(at)nhs.uk", "an e-mail address"),
        ("bob [at] nhs.uk", "an e-mail address"),
        ("bob\uff20nhs.uk", "an e-mail address"),
        ("born 04/07/1961", "a date"),
        ("born 4.7.1961", "a date"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    """Each kind of identifier is found and named."""
    assert kind in [one.kind for one in find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "+44 (0)7700 900123",
        "(01792) 123456",
        "07700.900.123",
        "0044 7700 900123",
        "07700\u00a0900123",
        "07700  900123",
        "07700\u2013900\u2013123",
        "07 700 900 123",
        "+44(0)20 7946 0958",
    ],
)
def test_a_phone_number_is_found_however_it_is_written(written: str) -> None:
    """Country codes, brackets and signs do not hide it; the exact words come back."""
    assert [(one.kind, one.words) for one in find(f"Ring {written}, please")] == [("a phone number", written)]


@pytest.mark.parametrize(
    "written", ["SA2 8QA", "sa2 8qa", "Sa2 8Qa", "SA2-8QA", "SA2  8QA", "sa28qa", "EC1A 1BB"]
)
def test_a_postcode_is_found_however_it_is_written(written: str) -> None:
    """Small letters and signs do not hide it."""
    assert [(one.kind, one.words) for one in find(f"At {written}.")] == [("a postcode", written)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Seen 03/04/61", "03/04/61"),
        ("Seen 1961-04-03.", "1961-04-03"),
        ("Seen 3 April 1961.", "3 April 1961"),
        ("Seen 3rd of April, 1961.", "3rd of April, 1961"),
        ("Seen April 3, 1961.", "April 3, 1961"),
        ("Seen 3-Apr-61.", "3-Apr-61"),
        ("Seen 3 / 4 / 1961.", "3 / 4 / 1961"),
        ("Seen 03.04.61.", "03.04.61"),
        ("Seen 31/12/2015.", "31/12/2015"),
        ("DOB 030461", "030461"),
        ("D.O.B.: 03041961", "03041961"),
        ("**DOB:** 03 04 61", "03 04 61"),
        ("Date of birth is 3 December 2026", "3 December 2026"),
        ("born on the 3rd of December 2026", "3rd of December 2026"),
        ("Baby born 03/12/26", "03/12/26"),
    ],
)
def test_a_date_of_birth_is_found(text: str, words: str) -> None:
    """A year before 2016, or any date that a label calls one."""
    assert [(one.kind, one.words) for one in find(text)] == [("a date", words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The meeting is on 3 December 2026, not on 03/12/26, 03/12/2026 or 2026-12-03.",
        "From 01/01/2016 on; from 03/04/2026 10:30 to 07/04/2026 11.30",
        "On 3 April 50 people came",
        "page 12/2026",
        "ISO 9001:2015",
        "10.30 to 11.45, or 09.00-10.30 11.00",
        "Meet @ 10.30am",
        "Windows 11 24H2",
        "Version 1.2.61, v2.3.11, 10.12.04 and 192.168.10.50",
        "PO-2024-001",
        "Order 943 476 5918",
        "£1,200 for 1,200 people, or £10 000 000.00",
        "We see them at 120 000 a year",
        "Room B12 3rd floor, a1 2ab, e1 2hr",
        "On a scale of 0 1 2 3 4 5 6 7 8 9 10",
        "24/7/365 and 1-2-3",
        "reborn 123456",
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
