"""Words that would make a prompt clinical: the library is for administration, never for care.

It reads words, not meaning. A sentence counts as clinical when it has a word of diagnosis, symptoms,
medicines, treatment or results, unless it keeps that out ("take out any diagnosis") or uses the word as
offices do ("diagnose the fault", "the diagnostics department", "prescription charges"). Words that both
worlds share, such as patient, clinic, ward, letter, referral, appointment and clinical team, are let
through. So a clinical request in everyday words gets past it, and so does one in a sentence with a "not": a
person reviews each prompt as well.
"""

import re
from collections.abc import Iterator

_CLINICAL = re.compile(
    r"\b(?:"
    r"diagnos(?:e|es|ed|ing|is|tic)|misdiagnos\w+|prognos[ie]s|symptoms?|syndromes?|contraindicat\w+"
    r"|side effects?|dos(?:e|es|age|ages|ing)|prescri(?:be|bes|bed|bing|ption|ptions)|medications?"
    r"|antibiotics?|painkillers?|tablets? to take|(?:chest|back|stomach|joint) pain|pain relief|vital signs"
    r"|blood pressure"
    r"|(?:blood|lab|laboratory|scan|biopsy|x-?ray|pathology|radiology) (?:test )?results?|test results?"
    r"|(?:interpret|read|report on) (?:an? |the |this )?(?:scan|x-?ray|ecg|mri|blood test)"
    r"|treatment (?:plans?|options?|choices?|decisions?|advice)|course of treatment|best treatment"
    r"|(?:medical|clinical|health) (?:advice|decisions?|judge?ments?|opinions?|urgency|assessments?)"
    r"|clinically urgent|triage (?:an? |the |this |these )?(?:patients?|referrals?|calls? from patients)"
    r"|care plans?|fit (?:for|to) (?:discharge|be discharged)|risk of (?:falls|harm|suicide|self-harm)"
    r"|what is wrong with (?:the |this |a )?patient"
    r")\b",
    re.IGNORECASE,
)
_OFFICE_USE = re.compile(
    r"diagnos\w+ (?:\w+ ){0,2}(?:fault|problem|error|issue|printer|network|laptop|device|connection)s?\b"
    r"|diagnostics? (?:department|services?|waiting|imaging|team|centre|hub|appointments?|activity|targets?)"
    r"|(?:system|network|device) diagnos\w+|prescription (?:charges?|pads?|forms?|line|exemptions?)"
    r"|(?:small|healthy|good|first|second) dose of|symptoms? of (?:the |a )?(?:fault|problem)",
    re.IGNORECASE,
)
_KEPT_OUT = re.compile(
    r"\b(?:no|not|never|nothing|none|neither|nor|without|stop|don't|don’t|cannot|can't|can’t"
    r"|take out|taken out|took out|leave out|left out|leave to|remove|removed|strip|keep out"
    r"|(?:ask|go(?:es)? to|belongs? to|leave it to|(?:is|are) for) (?:the |a )?(?:clinic|doctor|nurse)\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+|\n+(?=\s*(?:[-*•\[“\"]|\d+[.)]|[A-Z]))")
"""A line goes on into the next one unless that begins like a sentence or an entry of a list."""


def clinical_words(text: str) -> Iterator[str]:
    """The clinical words of a text, one a sentence at most, as they stand there."""
    for sentence in _SENTENCE_END.split(text):
        hit = _CLINICAL.search(_OFFICE_USE.sub(" ", sentence))
        if hit and not _KEPT_OUT.search(sentence):
            yield hit.group()
