"""Error rates: words, or characters in Chinese; lower case, no punctuation."""

import re

_PUNCTUATION = re.compile(r"[.,?!¿¡。，？！]")


def units(text, language):
    text = _PUNCTUATION.sub("", text).lower()
    if language == "zh-CN":
        return list(text.replace(" ", ""))
    return text.split()


def edit_distance(reference, hypothesis):
    row = list(range(len(hypothesis) + 1))
    for i, expected in enumerate(reference, 1):
        previous, row[0] = row[0], i
        for j, heard in enumerate(hypothesis, 1):
            substitution = previous + (expected != heard)
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, substitution)
    return row[-1]


class ErrorRate:
    """Errors over reference units, added up."""

    def __init__(self):
        self.errors = self.total = 0

    def add(self, reference, hypothesis, language):
        expected = units(reference, language)
        self.errors += edit_distance(expected, units(hypothesis, language))
        self.total += len(expected)

    @property
    def percent(self):
        return 100 * self.errors / max(1, self.total)
