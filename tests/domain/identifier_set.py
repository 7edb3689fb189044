"""Three hundred made-up texts, each labelled with the kind of identifier in it; the rest are hard negatives.

Every number, name and address is invented: telephone numbers are from the ranges that Ofcom keeps for drama,
and addresses are of domains that cannot exist. The set was written before the check was measured on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NHS = "an NHS number"
NI = "a National Insurance number"
PHONE = "a phone number"
MAIL = "an e-mail address"
POSTCODE = "a postcode"
DATE = "a date"
NAME = "a name"

ROSTER = frozenset(
    {
        "ada okafor",
        "bryn jenkins",
        "chloe o'neill",
        "dev patel",
        "eilidh macdonald",
        "fatima al-sayed",
        "grace hope",
        "will day",
        "jean-luc moreau",
        "mary ann fielding",
    }
)
"""The names on a made-up staff list, as they are compared; two are words as well."""

SENTENCES = (
    "Write a letter about {} and keep it short.",
    "Sum up the notes: {} came up twice.",
    "{} is in the second line of the table.",
    "Please make this plainer ({}).",
    "Reply to the message below.\n{}\nThank you.",
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and the kind of identifier in it; empty for none."""

    text: str
    kind: str = ""


def _nhs_numbers() -> Iterator[str]:
    """Right ones, made by their check digit, written in every usual way."""
    shapes = ("{}{}{}", "{} {} {}", "{}-{}-{}", "NHS no. {} {} {}", "{}.{}.{}")
    for seed in range(42):
        nine = f"{(401_000_007 + seed * 7_654_321) % 1_000_000_000:09d}"
        total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
        check = -total % 11
        if check < 10:
            ten = f"{nine}{check}"
            yield shapes[seed % len(shapes)].format(ten[:3], ten[3:6], ten[6:])


INSURANCE = (
    "AB123456C",
    "AB 12 34 56 C",
    "jg103759a",
    "JG 10 37 59 A",
    "CE-12-34-56-D",
    "NI: SR 99 88 77 B",
    "PW 20 30 40 A",
    "YZ909090D",
    "ab 123 456 c",
    "HK 65 43 21 C",
    "LM112233B",
    "NR 77 66 55 A",
    "WE 010203 D",
    "TK 998877C",
    "BA 00 11 22 B",
    "EX 13 57 91 A",
    "GH246810C",
    "KC 31 41 59 D",
    "MA 27 18 28 A",
    "PX112358B",
    "RX 45 45 45 C",
    "HE 100200 A",
)
PHONES = (
    "01632 960123",
    "07700 900123",
    "+44 7700 900456",
    "0044 7700 900789",
    "(01632) 960 456",
    "020 7946 0123",
    "0161 496 0123",
    "0113 496 0456",
    "07700-900-321",
    "+44 (0)20 7946 0999",
    "0808 157 0123",
    "0909 879 0123",
    "028 9649 6012",
    "029 2018 0123",
    "07700900999",
    "01632960999",
    "0131 496 0789",
    "+44 131 496 0123",
    "0118 496 0111",
    "0191 498 0123",
    "0116 496 0222",
    "07700 900 888",
    "03069 990123",
    "+447700900555",
    "tel. 01632 960 777",
)
MAILS = (
    "ada.okafor@trust.invalid",
    "b_jenkins@sample.invalid",
    "chloe+notes@mail.example",
    "dev@nhs.example",
    "FATIMA@TRUST.INVALID",
    "grace.hope1@sub.trust.example",
    "will-day@trust.invalid",
    "x@y.example",
    "jean (at) trust.invalid",
    "mary [at] sample.invalid",
    "team.inbox@ward4.example",
    "o'neill.c@trust.example",
    "eilidh @ trust.invalid",
    "first.last@really-long-name.example",
    "a1@b2.example",
    "info@clinic.example",
    "rota@site.invalid",
    "me@home.example",
    "someone.else@work.example",
    "no-reply@trust.invalid",
)
POSTCODES = (
    "LS1 4AP",
    "SW1A 1AA",
    "M1 1AE",
    "B33 8TH",
    "CR2 6XH",
    "DN55 1PT",
    "EC1A 1BB",
    "W1A 0AX",
    "ls14ap",
    "EH1 1YZ",
    "CF10 3AT",
    "BT1 5GS",
    "G2 1DY",
    "AB10 1XG",
    "NE1 7RU",
    "PL4 0DW",
    "TR1 2QE",
    "YO1 7HH",
    "NG1 5FS",
    "OX1 2JD",
)
DATES = (
    "born 3 March 1958",
    "date of birth: 12/04/1971",
    "DOB 01-02-85",
    "d.o.b. 7.8.1949",
    "born on 21 June 2001",
    "DOB: 1963-11-30",
    "12/04/1971",
    "3rd of May 1990",
    "30.11.1963",
    "1958-03-03",
    "born 9 Sept 72",
    "date of birth 040371",
    "14 February 1988",
    "DOB 5th Dec 2012",
    "22-10-1955",
    "born in the ward on 2/2/1999",
    "January 8, 1967",
    "birthday: 17 July 1994",
    "dob 19590609",
    "31 August '76",
    "born on the 6th of October 1983",
    "DOB 11 / 12 / 1978",
    "Date of birth was 28 April 1952",
    "19.09.2009",
    "4 Nov 1945",
)
NAMES = (
    "Ada Okafor",
    "ada okafor",
    "ADA OKAFOR",
    "Okafor, Ada",
    "Bryn Jenkins",
    "Chloe O'Neill",
    "Chloe O’Neill",
    "Dev Patel",
    "Patel, Dev",
    "Eilidh MacDonald",
    "Fatima Al-Sayed",
    "Al-Sayed, Fatima",
    "Grace Hope",
    "Will Day",
    "Jean-Luc Moreau",
    "MOREAU, Jean-Luc",
    "Mary Ann Fielding",
    "Dr Okafor",
    "Mrs Jenkins",
    "Hope, Grace",
    "Mr. Patel",
    "Ms MacDonald",
    "Prof Moreau",
    "Miss Fielding",
    "Ada  Okafor",
)

HARD_NEGATIVES = (
    # ten digits without the right check digit, order numbers, sums and versions
    "Order 943 476 5918 came late.",
    "Reference 1234567890 is on the form.",
    "Purchase order 450 123 4567.",
    "The budget is 1 250 000 and 3 400 000.",
    "Use version 10.12.2024 of the template.",
    "Ticket 2024-118-3301.",
    "Cost centre 40112233.",
    "Invoice 0004512 is open.",
    "Page 12 of 345, line 678.",
    "ISBN 978 0 306 40615 7.",
    "Room 943, bed 47, bay 65.",
    "Beds 12, 34 and 56 are free.",
    "Form FP10 and form MED3.",
    "Ward 7B to ward 12A.",
    "Code E11 9 is in the list.",
    "The 4AP team meets at 1.",
    "A4, B5 and C6 paper.",
    "M25 to junction 10.",
    "Turn 3 pages into 1AA summary.",
    "Use font size 12pt on page 3rd.",
    "Band 5 to band 8a.",
    "Level 2hr course.",
    # times, dates of notices, years and spans
    "The clinic moves on 3 December 2026.",
    "From 01/04/2026 to 31/03/2027.",
    "Meet on 12.11.2026 at 9:30.",
    "Open 9:00 to 17:30, Monday to Friday.",
    "In 2019 we had 1,200 calls.",
    "Minutes of 5 May 2025.",
    "By 30 June 2027 at the latest.",
    "Between 2016 and 2024.",
    "The 1990s building.",
    "Week 14, day 3.",
    "At 07:00, 11:00, 15:00 and 19:00.",
    "Deadline: 2026-12-31.",
    "The 2018 policy of 3 pages.",
    "Quarter 4 2025/26.",
    "Since May the waits are shorter.",
    "In June and July 2026.",
    "A 12-week plan from 6 January 2027.",
    # words that are names as well, and names of nobody on the list
    "I hope the day will come.",
    "Will the day be long enough?",
    "With grace and hope we go on.",
    "Hope and grace, in that order.",
    "Will you name a day?",
    "A day of grace.",
    "The day after will do.",
    "May is a busy month.",
    "Mark the rows that differ.",
    "Bill the department.",
    "Patience is needed, and a rota.",
    "The Florence Room is booked.",
    "Victoria Wing is closed.",
    "King Street car park.",
    "St Mary's is the site.",
    "Florence Nightingale wrote a lot.",
    "Jenkins is our build server.",
    "Chloe wrote it first.",
    "Ask Dev to look.",
    "Address it to Mr [name].",
    "Dear Dr [surname],",
    "Use MS Word or MS Excel.",
    "Miss nothing out.",
    "The doctor on call.",
    "Dr or nurse, whoever is free.",
    "Mrs and Mr are titles.",
    "Professor of nursing.",
    # placeholders, handles and signs
    "Write to [e-mail address].",
    "Put [NHS number] here.",
    "Call [phone number] today.",
    "Send it @all.",
    "Meet @ 10 in room 4.",
    "Use the #rota channel.",
    "50% @ 3 sites.",
    "Save as notes_v2.docx.",
    "See www.trust.invalid/help.",
    "Type =SUM(A1:A20).",
    "Cells B2:D14.",
    "Use {{name}} as a blank.",
    # numbers that look like telephones or insurance
    "Call extension 4512.",
    "Bleep 0123.",
    "Dial 9 for an outside line.",
    "Dial 111 or 999.",
    "Paid at 120 000 a year.",
    "At 12 34 56 the clock stopped.",
    "Serial AB12CD34.",
    "Asset TAG 0042 17.",
    "Room 0161, floor 4.",
    "The code is 0000 0000.",
    "0.5 to 1.5 per cent.",
    "Sum of 07 and 08 is 15.",
    "Batch 01632.",
    "Scores: 07, 70, 09, 00.",
    "We be 12 34 56 d of something.",
    "Rows 020 to 079.",
    "Kit number QQ 12 34 56 C.",
    "Job 0113/2026.",
    # what a careful reader knows better than a pattern does
    "The Dr Foster data pack is here.",
    "File the plan of 14/02/2009 away.",
    "The Prof Dev Day is in spring.",
    "Standard BS 12 34 56 A applies.",
    "Sister Act is on at the theatre.",
    # ordinary tasks
    "Make a list of what is left to do.",
    "Write a notice about visiting times.",
    "Sort this by ward and day.",
    "Turn the rough notes into actions.",
    "Draft a kind reply to a complaint.",
    "Explain the chart in two lines.",
    "Give me five headings for the report.",
    "Check the totals against the sheet.",
    "Shorten this to 100 words.",
    "Plan an agenda for 45 minutes.",
    "Compare the two versions.",
    "Say it in plain English.",
    "Make a table of 3 columns.",
    "List the risks and who owns each.",
    "Find what the two papers share.",
    "Write a job advert for a band 4 post.",
    "Suggest a title of six words.",
    "What would a new colleague ask?",
    "Put the steps in order.",
    "Mark what is missing.",
    "Group the comments by theme.",
    "Turn bullets into a paragraph.",
)


def everything() -> Sequence[Labelled]:
    """The whole set, always the same."""
    kinds = {
        NHS: tuple(_nhs_numbers()),
        NI: INSURANCE,
        PHONE: PHONES,
        MAIL: MAILS,
        POSTCODE: POSTCODES,
        DATE: DATES,
        NAME: NAMES,
    }
    found = [
        Labelled(SENTENCES[place % len(SENTENCES)].format(words), kind)
        for kind, written in kinds.items()
        for place, words in enumerate(written)
    ]
    return [*found, *(Labelled(text) for text in HARD_NEGATIVES)]
