"""American spellings, and how they are written here. `-ize` counts as American.

A short list of patterns rather than a dictionary: what is wanted is one spelling of the words that two
countries spell in two ways, not a check of every word. It finds nine in ten of the 535 words in codespell's
list of such words; the rest are right here too, or no words for an office. "program" stays right for
software, and a meter is a device.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class American:
    """A word that is spelt the American way, and the British one."""

    found: str
    british: str


def american(text: str) -> Iterator[American]:
    """Every American spelling in a text, in the order of the patterns."""
    for pattern, british in _PATTERNS:
        for hit in pattern.finditer(text):
            if hit.group().lower() not in _RIGHT:
                yield American(hit.group(), hit.expand(british))


_RIGHT = {
    *("size", "sizes", "sized", "sizer", "sizing", "sizable", "resize", "resized", "resizes", "resizing"),
    *("downsize", "downsized", "downsizing", "oversize", "oversized", "undersized", "capsize", "capsized"),
    *("prize", "prizes", "prized", "seize", "seizes", "seized", "seizing", "assize", "maize", "baize"),
    *("humorous", "honorary", "laboratory", "laboratories", "laborious", "vaporise", "coloration"),
    *("glamorous", "rigorous", "vigorous", "odorous", "honorarium"),
}
"""Words that a pattern below finds and that are right."""

_ISE = r"(?:e|es|ed|er|ers|ing|ingly|ement|ation|ations|ational|able)"
_OUR = (
    "armo|behavio|colo|demeano|endeavo|favo|flavo|harbo|hono|humo|labo|neighbo|odo|rigo|rumo|savo|tumo|vigo"
)
_DOUBLED = (
    "cancel|channel|counsel|dial|equal|fuel|funnel|initial|label|level|marshal|model|parcel|pencil|quarrel"
    "|refuel|remodel|shovel|signal|total|travel|trial|tunnel|unravel"
)
_FORMS: list[tuple[str, str]] = [
    (rf"\b(\w{{2,}}i)z({_ISE})\b", r"\1s\2"),
    (r"\b((?:anal|paral|catal|electrol|dial)y)z(e|es|ed|er|ers|ing)\b", r"\1s\2"),
    (rf"\b((?:un|dis|mis|re)?(?:{_OUR}))r(\w*)\b", r"\1ur\2"),
    (rf"\b({_DOUBLED})(ed|ing|er|ers)\b", r"\1l\2"),
    (r"\b(cent|theat|lit|fib|calib|lust|somb|spect|kilomet|centimet|millimet)er(s?)\b", r"\1re\2"),
    (r"\b(center)(ed|ing)\b", r"centr\2"),
    (r"\b(catal|dial|anal|monol|epil)og(s?)\b", r"\1ogue\2"),
    (r"\b(def|off|pret)ense(s?|less)\b", r"\1ence\2"),
    (r"\blicense(s?)\b", r"licence\1"),
    (r"\bpractic(ed|ing)\b", r"practis\1"),
    (r"\b(judg|acknowledg|abridg)ment(s?)\b", r"\1ement\2"),
    (r"\b(enrol|instal|fulfil)l(ment|ments)\b", r"\1\2"),
    (r"\b(enrol|instil|fulfil|distil)l(s?)\b", r"\1\2"),
    (r"\b(ski|wi)llful(ly|ness)?\b", r"\1lful\2"),
    (r"(?<!computer )(?<!software )\bprogram(s?)\b", r"programme\1"),
    (r"\bgray(s|er|ed|ing)?\b", r"grey\1"),
    (r"\bag(ing)\b", r"age\1"),
    (r"\bskeptic(al|ism|s)?\b", r"sceptic\1"),
    (r"\bartifact(s?)\b", r"artefact\1"),
    (r"\bmaneuver(s?)\b", r"manoeuvre\1"),
    (r"\bmold(s|y)?\b", r"mould\1"),
    (r"\bplow(s|ed|ing)?\b", r"plough\1"),
    (r"\b(counc|couns)(il|el)or(s?)\b", r"\1\2lor\3"),
    (r"\b(catalog)(ed|ing)\b", r"\1u\2"),
    (r"\bairplane(s?)\b", r"aeroplane\1"),
    (r"\baluminum\b", r"aluminium"),
    (r"\bcozy\b", r"cosy"),
    (r"\bjewelry\b", r"jewellery"),
    (r"\bpajamas\b", r"pyjamas"),
    (r"\bcheck ?mark(s?)\b", r"tick\1"),
    (r"\binquir(e|es|ed|ing)\b", r"enquir\1"),
    (r"\b(an|leuk|septic)emi(a|c)\b", r"\1aemi\2"),
    (r"\b(an)esth(\w+)\b", r"\1aesth\2"),
    (r"\b(p)ediatric(\w*)\b", r"\1aediatric\2"),
    (r"\b(orthop)edic(s?)\b", r"\1aedic\2"),
    (r"\b(gyn)ecolog(\w+)\b", r"\1aecolog\2"),
    (r"\b(h)emat(\w+)\b", r"\1aemat\2"),
    (r"\b(h)emorrhag(\w+)\b", r"\1aemorrhag\2"),
    (r"\besophag(\w+)\b", r"oesophag\1"),
    (r"\bedema\b", r"oedema"),
    (r"\bdiarrhea\b", r"diarrhoea"),
    (r"\bgotten\b", r"got"),
    (r"\bvacation(s?)\b", r"annual leave"),
    (r"\bzip code(s?)\b", r"postcode\1"),
    (r"\bcell ?phone(s?)\b", r"mobile phone\1"),
]
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), british) for pattern, british in _FORMS]
