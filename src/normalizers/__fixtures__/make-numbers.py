"""Writes numbers/<locale>.tsv: numbers in words by ICU's rule-based number format, and their values.

    apt-get install python3-icu python3-num2words && python3 make-numbers.py [locale...]

Every rule set of a language is asked (genders, cases, ordinals), the first for many values, the others for few.
Slovenian is from num2words: ICU 72 has Croatian words among its Slovenian ones.
"""

import pathlib
import re
import sys

import icu
from num2words import num2words

MANY = [
    *[0, *range(2, 31), 40, 41, 50, 60, 66, 70, 71, 75, 77, 79, 80, 81, 84, 90, 91, 96, 99, 100, 101, 110, 117, 121, 145],
    *[180, 199, 200, 201, 300, 345, 500, 555, 700, 777, 888, 900, 999, 1000, 1001, 1010, 1100, 1111, 1234, 1500, 1789],
    *[1905, 1945, 1999, 2000, 2005, 2019, 2024, 3333, 5000, 9999, 10000, 12345, 21000, 21021, 40000, 71500, 80080],
    *[99999, 100000, 123456, 200000, 345678, 700700, 999999, 1000000, 1500000, 2300000, 3000021, 12345678, 100000000],
    *[200500000, 1000000000, 2000000000, 3500000000],
]
FEW = [*range(2, 21), 21, 32, 45, 58, 67, 73, 84, 99, 100, 200, 345, 678, 999, 1999, 2024, 12345, 2300000]
ORDINALS = [*range(1, 21), 21, 30, 45, 73, 99]

CARDINAL = ["ar", "bg", "cs", "el", "et", "fi", "he", "hi", "hr", "hu", "ko", "lt", "lv", "mt", "pl", "ro", "ru", "sk", "sl"]
CARDINAL += ["th", "tr", "uk", "vi"]
ORDINAL = ["bg", "el", "fi", "hi", "hu", "ru", "tr"]

# Words that ICU 72 misspells, in any row, and rows whose words mean something else when they stand alone.
MISSPELLED = {"el": ["δεκατρεις", "όγδο"], "ro": ["şasezeci"], "ru": ["третьому"]}
AMBIGUOUS = {"fi": ["toista"], "he": ["שני"], "hu": ["hét"], "th": ["ศูนย์"], "vi": ["không", "năm"]}
# Korean digits alone are syllables of other words; they are read before what is counted.
COUNTER = {"ko": " 원"}


def clean(text):
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u200b", "").replace("\u02bc", "'")).strip()


def rows(tag):
    if tag == "sl":
        return {(num2words(value, lang="sl"), f"{value}") for value in MANY}
    spell = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(tag))
    names = [spell.getRuleSetName(i) for i in range(spell.getNumberOfRuleSetNames())]
    found = set()
    for name in names:
        if "plural" in name or "year" in name or "native" in name:
            continue
        ordinal = "ordinal" in name
        if ordinal and tag not in ORDINAL:
            continue
        values = ORDINALS if ordinal else MANY if name == "%spellout-numbering" else FEW
        for value in values:
            if tag == "ko" and value < 10:
                continue
            words = clean(spell.format(value, name))
            misspelled = any(word in MISSPELLED.get(tag, []) for word in words.split())
            if re.search(r"\d", words) or misspelled or words in AMBIGUOUS.get(tag, []):
                continue
            counter = COUNTER.get(tag, "")
            found.add((words + counter, f"{value}{'º' if ordinal else counter.strip()}"))
    return found


here = pathlib.Path(__file__).parent / "numbers"
for tag in sys.argv[1:] or CARDINAL:
    table = sorted(rows(tag), key=lambda row: (row[1].endswith("º"), int(re.match(r"\d+", row[1])[0]), row[0]))
    (here / f"{tag}.tsv").write_text("".join(f"{words}\t{value}\n" for words, value in table))
