"""Random sentences of the closed domain: commands, numbers, dates and places.

The embedded corpus and the training of the embedded model both draw from here,
so that they speak of the same things; which texts belong to the corpus alone is
settled by excluding them from training.
"""

import re

import numbers_in_words as spell
from domain import DOMAIN

LANGUAGES = list(DOMAIN)

_SLOT = re.compile(r"\{(\w+)\}")

# Slot name -> (lowest, highest). Hours start at two because one o'clock changes
# the article or the verb in most of these languages; minutes start at ten
# because below it English and Chinese say a zero that the template lacks.
_RANGES = {
    "hour": (2, 12),
    "minute": (10, 59),
    "count": (2, 99),
    "count_masculine": (2, 99),
    "count_feminine": (2, 99),
    "digit": (0, 9),
    "date": (2, 28),
    "ordinal": (1, 28),
}

_CARDINAL = {
    "en-US": spell.english,
    "es-ES": spell.spanish,
    "de-DE": spell.german,
    "fr-FR": spell.french,
    "it-IT": spell.italian,
    "zh-CN": spell.chinese,
}

_SPECIAL_SPELLING = {
    ("en-US", "ordinal"): spell.english_ordinal,
    ("es-ES", "count_masculine"): spell.spanish_masculine,
    ("es-ES", "count_feminine"): spell.spanish_feminine,
    ("de-DE", "ordinal"): spell.german_ordinal,
    ("fr-FR", "count_feminine"): spell.french_feminine,
    ("zh-CN", "count"): spell.chinese_count,
    ("zh-CN", "hour"): spell.chinese_count,
}

# Values that would be wrong in the template that uses the slot.
_AVOIDED = {
    # A minute is feminine: "vingt et une", which speakers avoid on a clock.
    ("fr-FR", "minute"): {21, 31, 41, 51},
    # "l'otto", "l'undici": the template has the article "il".
    ("it-IT", "date"): {8, 11},
}


def random_sentence(language, random):
    """Draw one sentence of `language` with the given `random.Random`.

    Templates with more slots can say more things, so they are drawn more often.
    """
    templates = DOMAIN[language]["templates"]
    weights = [1 + template.count("{") for template in templates]
    return fill(language, random.choices(templates, weights)[0], random)


def fill(language, template, random):
    """Fill the slots of one template; a word list never gives the same word twice."""
    used = set()

    def value(match):
        slot = match.group(1)
        if slot in _RANGES:
            return _number(language, slot, random)
        words = [word for word in DOMAIN[language][slot] if word not in used]
        word = random.choice(words)
        used.add(word)
        return word

    text = _SLOT.sub(value, template)
    return text[0].upper() + text[1:]


def _number(language, slot, random):
    avoided = _AVOIDED.get((language, slot), ())
    lowest, highest = _RANGES[slot]
    number = random.choice([n for n in range(lowest, highest + 1) if n not in avoided])
    return _SPECIAL_SPELLING.get((language, slot), _CARDINAL[language])(number)
