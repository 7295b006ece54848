"""The words of a text, by the steps of docs/search.md. Written from that page alone, to be compared with."""

import functools
import re
import unicodedata

DROPPED_RANGES = [
    # Marks of step 2.
    (0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5),
    (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4),
    (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08E1), (0x08E3, 0x08FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    # Tatweel, the soft hyphen, format characters.
    (0x0640, 0x0640), (0x00AD, 0x00AD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069),
    (0xFEFF, 0xFEFF),
]
DROPPED = {chr(c) for first, last in DROPPED_RANGES for c in range(first, last + 1)}
ZEROS = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0,
         0x0F20, 0x1040, 0x17E0, 0x1810]
ONE_FORM = dict(zip("أإآٱىیةکہۀەךםןףץ٬", "ااااييهكهههכמנפצ,"))
ONE_FORM.update({chr(zero + digit): str(digit) for zero in ZEROS for digit in range(10)})
APOSTROPHES = "'`‘’′ʻʼʽʾʿ"
HEBREW_MARKS = "\"״”'׳’"
WITHOUT_SPACES = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "IDEOGRAPHIC ITERATION", "IDEOGRAPHIC NUMBER ZERO",
                  "VERTICAL IDEOGRAPHIC ITERATION", "HIRAGANA ",
                  "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ")
LENGTH = 64


@functools.cache
def named(c, *scripts):
    """Whether the code point is of a script; the names of Unicode begin with it."""
    return unicodedata.name(c, "").startswith(scripts)


def drop(text):
    return "".join(c for c in text if c not in DROPPED)


def fold(text):
    """Steps 1 to 5."""
    text = drop(unicodedata.normalize("NFKD", text.replace("´", "'")))
    text = unicodedata.normalize("NFKC", text)
    text = "".join(upper.lower() for c in text for lower in c.lower() for upper in lower.upper()).replace("ς", "σ")
    return "".join(ONE_FORM.get(c, c) for c in drop(text))


@functools.cache
def is_letter(c):
    return c != "" and (unicodedata.category(c)[0] == "L" and c not in APOSTROPHES or c == "〇")


def is_digit(c):
    return c != "" and unicodedata.category(c) == "Nd"


def is_mark(c):
    return c != "" and unicodedata.category(c)[0] == "M"


def is_hebrew(c):
    return "א" <= c <= "ת" or "\u05ef" <= c <= "\u05f2"


@functools.cache
def goes_on(c):
    return is_letter(c) or is_digit(c) or is_mark(c)


def cut(text):
    """Step 6: the words of a folded text."""
    words, word = [], ""
    commas = commas_of_numbers(text)
    for at, c in enumerate(text):
        before, after = text[at - 1:at], text[at + 1:at + 2]
        if goes_on(c):
            word += c
        elif c in HEBREW_MARKS and is_hebrew(before) and is_hebrew(after):
            pass
        elif c in APOSTROPHES and (is_letter(before) or is_mark(before)) and is_letter(after) and len(word) > 1 \
                and run_of_word(text, at + 1) != "s":
            pass
        elif at in commas:
            pass
        else:
            words.append(word)
            word = ""
    return [word for word in words + [word] if word]


def run_of_word(text, at):
    """Letters, marks and digits from there on."""
    end = at
    while goes_on(text[end:end + 1]):
        end += 1
    return text[at:end]


def commas_of_numbers(text):
    """The places of commas that stand within a number."""
    found = set()
    for number in re.finditer(r"[0-9]+(?:,[0-9]+)+", text):
        before = text[number.start() - 1:number.start()]
        if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", number[0]) and not goes_on(before):
            found.update(number.start() + at for at, c in enumerate(number[0]) if c == ",")
    return found


def without_spaces(c, before):
    """Whether the code point is of a script that step 7 cuts; `before` says it of the one before."""
    if c == "ー" or named(c, *WITHOUT_SPACES):
        return True
    return before and is_mark(c) and named(c, "COMBINING ", "IDEOGRAPHIC ", "VARIATION ")


def placed(text, query=False):
    """Step 7 and 8: the words with their places, and the number of places.

    Each is (place, word, whether it may be the beginning of a word in a query).
    """
    found, place = [], 0
    for word in cut(fold(text)):
        runs, cuts = [], False
        for c in word:
            now = without_spaces(c, cuts)
            if not runs or now != cuts:
                runs.append("")
            runs[-1] += c
            cuts = now
            # Whether the last run is one of these scripts is told by its first code point.
        for run in runs:
            if not without_spaces(run[0], False) or len(run) == 1:
                found.append((place, run[:LENGTH], True))
                place += 1
                continue
            for at in range(len(run) - 1):
                found.append((place, run[at:at + 2], False))
                place += 1
            if not query:
                found.append((place, run[-1], True))
            place += 1
    return found, place


def forms(word):
    """The word and its further forms."""
    found = [word]
    if is_hebrew(word[0]):
        for _ in range(3):
            if found[-1][0] in "והבלמשכ" and len(found[-1]) - 1 >= 3:
                found.append(found[-1][1:])
    elif is_letter(word[0]) and named(word[0], "ARABIC "):
        def lose(*beginnings):
            for beginning in beginnings:
                if found[-1].startswith(beginning) and len(found[-1]) - len(beginning) >= 3:
                    found.append(found[-1][len(beginning):])
                    return beginning
            return None
        lose("و", "ف")
        if lose("لل", "ب", "ك", "ل") != "لل":
            lose("ال")
    return found


def long_enough(word):
    """Whether the last word of a query may be the beginning of one."""
    if without_spaces(word[0], False):
        return True
    foreign = is_letter(word[0]) and not named(word[0], "LATIN ", "GREEK ", "CYRILLIC ")
    return len(word) >= (2 if foreign else 3)
