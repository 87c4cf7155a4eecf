"""Spell whole numbers below one hundred in the six languages of the corpus."""

_ENGLISH_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()

_SPANISH_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()

_GERMAN_UNITS = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
).split()
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_GERMAN_IRREGULAR_ORDINALS = {1: "ersten", 3: "dritten", 7: "siebten", 8: "achten"}

_FRENCH_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf"
).split()
_FRENCH_TENS = "vingt trente quarante cinquante soixante".split()

_ITALIAN_UNITS = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
    "quattordici quindici sedici diciassette diciotto diciannove"
).split()
_ITALIAN_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split()

_CHINESE_DIGITS = "零一二三四五六七八九"


def english(number):
    if number < 20:
        return _ENGLISH_UNITS[number]
    tens, unit = divmod(number, 10)
    return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH_UNITS[unit]}" if unit else "")


def english_ordinal(number):
    """Ordinals up to the thirty-first, for days of the month."""
    if number < 20:
        return _ENGLISH_ORDINALS[number - 1]
    tens, unit = divmod(number, 10)
    if unit == 0:
        return _ENGLISH_TENS[tens - 2][:-1] + "ieth"
    return f"{_ENGLISH_TENS[tens - 2]}-{_ENGLISH_ORDINALS[unit - 1]}"


def spanish(number):
    if number < 30:
        return _SPANISH_UNITS[number]
    tens, unit = divmod(number, 10)
    return _SPANISH_TENS[tens - 3] + (f" y {_SPANISH_UNITS[unit]}" if unit else "")


def spanish_masculine(number):
    """Before a masculine noun "uno" loses its vowel: veintiún euros, treinta y un euros."""
    if number == 21:
        return "veintiún"
    return spanish(number)[:-1] if number % 10 == 1 and number != 11 else spanish(number)


def spanish_feminine(number):
    """Before a feminine noun "uno" agrees: veintiuna cajas, treinta y una cajas."""
    return spanish(number)[:-1] + "a" if number % 10 == 1 and number != 11 else spanish(number)


def german(number):
    if number < 20:
        return _GERMAN_UNITS[number]
    tens, unit = divmod(number, 10)
    if unit == 0:
        return _GERMAN_TENS[tens - 2]
    return ("ein" if unit == 1 else _GERMAN_UNITS[unit]) + "und" + _GERMAN_TENS[tens - 2]


def german_ordinal(number):
    """Ordinals in the dative, as in "am fünften März"."""
    if number in _GERMAN_IRREGULAR_ORDINALS:
        return _GERMAN_IRREGULAR_ORDINALS[number]
    return german(number) + ("ten" if number < 20 else "sten")


def french(number):
    if number < 20:
        return _FRENCH_UNITS[number]
    if number < 70:
        tens, unit = divmod(number, 10)
        if unit == 0:
            return _FRENCH_TENS[tens - 2]
        return _FRENCH_TENS[tens - 2] + (" et un" if unit == 1 else f"-{_FRENCH_UNITS[unit]}")
    if number < 80:
        return "soixante" + (" et onze" if number == 71 else f"-{_FRENCH_UNITS[number - 60]}")
    return "quatre-vingts" if number == 80 else f"quatre-vingt-{_FRENCH_UNITS[number - 80]}"


def french_feminine(number):
    """Before a feminine noun "un" agrees: vingt et une personnes."""
    words = french(number)
    return words + "e" if words.endswith("un") else words


def italian(number):
    if number < 20:
        return _ITALIAN_UNITS[number]
    tens, unit = divmod(number, 10)
    stem = _ITALIAN_TENS[tens - 2]
    if unit == 0:
        return stem
    if unit in (1, 8):  # the stem drops its vowel before uno and otto
        stem = stem[:-1]
    return stem + ("tré" if unit == 3 else _ITALIAN_UNITS[unit])


def chinese(number):
    if number < 10:
        return _CHINESE_DIGITS[number]
    tens, unit = divmod(number, 10)
    return (
        ("" if tens == 1 else _CHINESE_DIGITS[tens])
        + "十"
        + (_CHINESE_DIGITS[unit] if unit else "")
    )


def chinese_count(number):
    """Before a measure word a lone two is 两, not 二."""
    return "两" if number == 2 else chinese(number)
