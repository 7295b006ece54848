"""Queries made from an archive's own words, the same for the same seed."""

import random
import unicodedata

from archive import FIELDS

QUOTATION = ['""', "“”", "„“", "«»"]
PREFIXES = {"HEBREW": "והבלמשכ", "ARABIC": ["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"]}


def queries_from(scan, count, seed):
    chance = random.Random(seed)
    made = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        document = chance.choice(scan.documents)
        made.append(kind(chance, scan, document))
    return made


def tokens(chance, document, most=4):
    """A run of one to `most` blank-separated pieces of a part of the document, as written."""
    parts = [part.split() for field in FIELDS for part in document.fields.get(field, [])]
    # Names are short and many; every other time one part of all fields is taken, else one of the long ones.
    long = [part for part in parts if len(part) > 3]
    part = chance.choice(long if long and chance.random() < 0.5 else parts)
    length = min(chance.randint(1, most), len(part))
    start = chance.randint(0, len(part) - length)
    return [piece for piece in part[start:start + length] if piece.strip('"“”„«»')]


def plain(piece):
    """Without quotation marks, which would begin a phrase."""
    return "".join(c for c in piece if c not in '"“”„«»')


def words(chance, scan, document):
    """Words of one document, which is found."""
    pieces = [plain(piece) for _ in range(chance.randint(1, 3)) for piece in tokens(chance, document, 2)][:4]
    asked = {"q": " ".join(pieces) + chance.choice(["", " "])}
    return {**asked, "sort": "date"} if chance.random() < 0.1 else asked


def mixed(chance, scan, document):
    """Words of two documents, which seldom stand in one."""
    other = chance.choice(scan.documents)
    pieces = [plain(piece) for one in (document, other) for piece in tokens(chance, one, 1)]
    return {"q": " ".join(pieces) + " "}


def beginning(chance, scan, document):
    """The last word is cut off somewhere."""
    pieces = [plain(piece) for piece in tokens(chance, document, 2)]
    if pieces and len(pieces[-1]) > 1:
        pieces[-1] = pieces[-1][:chance.randint(1, min(6, len(pieces[-1]) - 1))]
    return {"q": " ".join(pieces)}


def phrase(chance, scan, document):
    """A run of the document in quotation marks, sometimes with a word more."""
    marks = chance.choice(QUOTATION)
    inside = " ".join(plain(piece) for piece in tokens(chance, document, 5))
    more = " ".join(plain(piece) for piece in tokens(chance, document, 1)) if chance.random() < 0.3 else ""
    return {"q": f"{marks[0]}{inside}{marks[1]} {more}".strip()}


def broken_phrase(chance, scan, document):
    """Words of the document in another order, or with one left out."""
    pieces = [plain(piece) for piece in tokens(chance, document, 5)]
    if len(pieces) > 2 and chance.random() < 0.5:
        del pieces[len(pieces) // 2]
    else:
        chance.shuffle(pieces)
    return {"q": '"' + " ".join(pieces) + '"'}


def misspelt(chance, scan, document):
    """A word in which a letter is another, gone, or doubled."""
    piece = plain(chance.choice(tokens(chance, document, 1) or ["word"]))
    at = chance.randrange(len(piece))
    changed = chance.choice([piece[:at] + "x" + piece[at + 1:], piece[:at] + piece[at + 1:],
                             piece[:at] + piece[at:at + 1] + piece[at:]])
    return {"q": changed + " "}


def otherwise_written(chance, scan, document):
    """Other case, other Unicode form, marks left out or added, a particle before it."""
    pieces = []
    for piece in tokens(chance, document, 2):
        piece = plain(piece)
        script = unicodedata.name(piece[0], "").split(" ")[0] if piece else ""
        way = chance.randrange(5)
        if way == 0:
            piece = piece.upper()
        elif way == 1:
            piece = unicodedata.normalize("NFD", piece)
        elif way == 2:
            apart = unicodedata.normalize("NFD", piece)
            piece = "".join(c for c in apart if unicodedata.category(c) != "Mn" or ord(c) > 0x0900)
        elif script in PREFIXES:
            piece = chance.choice(PREFIXES[script]) + piece if way == 3 else piece[1:]
        elif script == "LATIN":
            piece = piece[:1] + "\u0301" + piece[1:]
        pieces.append(piece)
    return {"q": " ".join(pieces) + " "}


def facets_of(chance, scan, document, most=3):
    """Some facets that the document is in, now and then with a value of another."""
    choices = {"type": [document.type], "lang": [document.lang or scan.archive.lang],
               **{key: sorted(slugs) for key, slugs in document.sets.items()}}
    if document.month:
        choices["date"] = [document.month, document.month[:4]]
    for facet in ("status", "finding", "marking"):
        if getattr(document, facet):
            choices[facet] = [getattr(document, facet)]
    made = {}
    for facet in chance.sample(sorted(choices), min(len(choices), chance.randint(1, most))):
        values = choices[facet]
        made[facet] = sorted(chance.sample(values, min(len(values), chance.choice([1, 1, 1, 2]))))
        if chance.random() < 0.25:
            other = chance.choice(scan.results)
            more = other.sets.get(facet) or {getattr(other, facet, None) or (other.month if facet == "date" else None)}
            value = chance.choice(sorted(value for value in more if value) or values)
            made[facet] = sorted(set(made[facet]) | {value})
    return made


def facets(chance, scan, document):
    return {"q": chance.choice(["", "", " "]), "facets": facets_of(chance, scan, chance.choice(scan.results))}


def words_and_facets(chance, scan, document):
    asked = chance.choice([words, beginning, phrase])(chance, scan, document)
    return {**asked, "facets": facets_of(chance, scan, document, 2)}


def name(chance, scan, document):
    """A name of an entity, whole or begun."""
    entity = chance.choice(scan.entities)
    name = plain(chance.choice([part for field in ("title", "entities") for part in entity.fields.get(field, [])]))
    if chance.random() < 0.3:
        name = name[:chance.randint(1, len(name))]
    return {"q": name, **({"facets": {"type": ["claim"]}} if chance.random() < 0.2 else {})}


def date(chance, scan, document):
    """A date in one of its forms."""
    dated = chance.choice([document for document in scan.results if document.month])
    written = dated.fields.get("entities", [])[-2:] or [dated.month]
    return {"q": chance.choice(written + [f'"{written[-1]}"', dated.month])}


KINDS = [words, words, mixed, beginning, beginning, phrase, phrase, broken_phrase, misspelt, otherwise_written, facets,
         words_and_facets, words_and_facets, name, date]
