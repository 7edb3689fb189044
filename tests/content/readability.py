"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid et al., 1975), with syllables as heard.

A grade of 5 is a reading age of about 10; the formula wants running text and is rough for one sentence.
"""

import re


def grade(text: str) -> float:
    """The school grade for which a text is easy. A line ends a sentence too: it is where readers rest."""
    sentences = [part for part in re.split(r"[.?!]+\s+|\n+", text.strip()) if words(part)]
    all_words = words(text)
    spoken = sum(syllables(word) for word in all_words)
    return 0.39 * len(all_words) / len(sentences) + 11.8 * spoken / len(all_words) - 15.59


def words(text: str) -> list[str]:
    """The words in small letters; figures are none."""
    return re.findall(r"[a-z]+(?:['’][a-z]+)?", text.lower())


def syllables(word: str) -> int:
    """How many syllables an English word has, about: groups of vowels without those that are silent."""
    plain = re.sub(r"['’].*", "", word)
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent_e = plain.endswith("e") and not re.search(r"([^aeiouy]le|[aeiouy]e)$", plain)
    silent_ending = re.search(r"[^aeioudt]ed$|[^aeiouszxc]es$", plain) is not None
    return max(1, groups - silent_e - silent_ending)
