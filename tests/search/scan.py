#!/usr/bin/env python3
"""Answers queries by reading every document: what a search by docs/search.md finds, as simply as it can be said.

    scan.py ROOT SITE AS_OF [EDITION] < queries.jsonl > answers.jsonl

ROOT is the archive's folder, SITE where it was built as of the day AS_OF. Of the site only the lists below /claims/ and
which days have a page are read. Queries and answers are those of answer.mjs, but what is found stands in no order.
"""

import json
import pathlib
import re
import sys
import unicodedata
import urllib.parse

from archive import FIELDS, Archive
from words import forms, is_hebrew, long_enough, placed

# So many code points of a query count.
LONGEST = 1000
DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
CLOSING = {'"': '"', "“": "”", "„": "“", "«": "»"}


class Query:
    def __init__(self, text):
        """The words of a query, its phrases, its dates, and the beginning of a word that it ends in, if it does."""
        self.words, self.phrases, self.dates, self.beginning = [], [], [], None
        text = text[:LONGEST]
        marks = [at for at, c in enumerate(text) if c in '"“”„«»'
                 and not (is_hebrew(text[at - 1:at]) and is_hebrew(text[at + 1:at + 2]))]
        rest, outside = 0, []
        while marks:
            start = marks.pop(0)
            end = next((at for at in marks if text[at] == CLOSING.get(text[start])), None)
            if end is not None:
                outside.append(text[rest:start])
                phrase, _ = placed(text[start + 1:end], query=True)
                if phrase:
                    self.phrases.append([(place, forms(word)) for place, word, _ in phrase])
                rest = end + 1
                marks = [at for at in marks if at > end]
        outside.append(text[rest:])
        outside = [loose for part in outside for loose in self.without_dates(part)]
        last = None
        for part in outside:
            for _, word, may_begin in placed(part, query=True)[0]:
                self.words.append(forms(word))
                last = word if may_begin else None
        ends = text[-1:]
        in_phrase = not placed(outside[-1], query=True)[0]
        if last and not in_phrase and not ends.isspace() and ends not in '"“”„«»' and long_enough(last):
            self.beginning = self.words.pop()

    def without_dates(self, part):
        """What stands between the dates of a part, which are taken from it."""
        rest = 0
        for date in DATE.finditer(part):
            beside = part[:date.start()][-1:] + part[date.end():][:1]
            if not any(c == "-" or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd" for c in beside):
                yield part[rest:date.start()]
                self.dates.append([(place, forms(word)) for place, word, _ in placed(date.group(), query=True)[0]])
                rest = date.end()
        yield part[rest:]

    def loosen(self, phrases):
        """Takes phrases as their words."""
        self.words += [word for phrase in phrases for _, word in phrase]

    def is_empty(self):
        return not (self.words or self.phrases or self.dates or self.beginning)

    def find(self, documents, vocabulary):
        """Those of the documents whose texts have all words and phrases of the query."""
        phrases = self.phrases + self.dates
        sought = [set(word) for word in self.words + [word for phrase in phrases for _, word in phrase]]
        if self.beginning:
            sought.append({word for word in vocabulary if word.startswith(tuple(self.beginning))})
        return [document for document in documents if all(words & document.text.words for words in sought)
                and all(any(stands_in(phrase, part) for part in document.text.parts) for phrase in phrases)]

    def surplus(self, entity):
        """How many words beyond those of the query the names of an entity have that it finds."""
        words = self.words + ([self.beginning] if self.beginning else [])
        surplus = []
        for sought in words:
            whole = any(set(sought) & Text([name]).words for name in entity.names)
            lengths = [name_length(name) for name in entity.names
                       if set(sought) & Text([name]).words
                       or sought is self.beginning and any(word.startswith(tuple(sought)) for word in Text([name]).words)]
            surplus.append(min(lengths) + (0 if whole else 0.5))
        return max(0, max(surplus) - len({sought[0] for sought in words}))


def name_length(name):
    return min(15, len(placed(name, query=True)[0]))


class Text:
    """Parts of a document as words: by part the forms at each place, and all of them together."""

    def __init__(self, parts):
        self.parts = []
        for part in parts:
            places = {}
            for place, word, _ in placed(part)[0]:
                places.setdefault(place, set()).update(forms(word))
            self.parts.append(places)
        self.words = {word for part in self.parts for place in part.values() for word in place}


def stands_in(phrase, part):
    """Whether the words of a phrase stand one after the other in a part."""
    first = phrase[0][0]
    return any(all(part.get(start + place - first, set()) & set(word) for place, word in phrase) for start in part)


class Scan:
    def __init__(self, root, site, as_of, edition="public", config="brief.toml"):
        self.archive = Archive(root, as_of, edition, config)
        self.phrases = self.archive.settings.get("search", {}).get("phrases", True)
        self.documents = self.archive.documents(listed(site, "status"), listed(site, "finding"), days(site))
        for document in self.documents:
            document.text = Text([part for field in FIELDS for part in document.fields.get(field, [])])
            document.names = [part for field in FIELDS for part in document.fields.get(field, [])]
        self.vocabulary = set().union(*(document.text.words for document in self.documents))
        kinds = {"dates", *self.archive.kinds}
        self.entities = [document for document in self.documents if document.type in kinds]
        self.results = [document for document in self.documents if document.type not in kinds]

    def answer(self, text, facets):
        """The addresses of what is found, and the entities with what puts them in order."""
        query = Query(text)
        has_phrases = bool(query.phrases)
        if not self.phrases:
            query.loosen(query.phrases + query.dates)
            query.phrases = query.dates = []
        if query.is_empty() and not facets:
            return [], []
        among = [document for document in self.results if chosen(document, facets)]
        found = [document.address for document in query.find(among, self.vocabulary)]
        entities = []
        if not query.is_empty() and not has_phrases and set(facets) <= {"type"}:
            query.loosen(query.dates)
            query.dates = []
            among = [entity for entity in self.entities if chosen(entity, facets)]
            entities = [(entity.address, (query.surplus(entity), -entity.briefings))
                        for entity in query.find(among, self.vocabulary)]
        return found, sorted(entities, key=lambda entity: entity[1])


def chosen(document, facets):
    """Whether a document is in the set of each facet."""
    for facet, values in facets.items():
        if facet == "date":
            if not any(document.month == value or document.month[:4] == value for value in values):
                return False
        elif facet in ("type", "status", "finding", "lang", "marking"):
            if getattr(document, facet) not in values:
                return False
        elif not set(values) <= document.sets.get(facet, set()):
            return False
    return True


def listed(site, sort):
    """What the lists below /claims/ say: the address of a claim, and in which of the lists it stands."""
    found = {}
    for page in sorted(pathlib.Path(site).glob(f"claims/{sort}/*/**/index.html")):
        word = page.relative_to(site).parts[2]
        html = page.read_text(encoding="utf-8")
        for address in re.findall(r'<p class="text"><a href="[^"]*?(claims/[^"]*/)"', html):
            found[urllib.parse.unquote(address)] = word
    return found


def days(site):
    """The days, months and years that have a page: `2025`, `2025-05`, `2025-05-15`."""
    pages = pathlib.Path(site, "dates").glob("**/index.html")
    found = ["-".join(page.parent.relative_to(pathlib.Path(site, "dates")).parts) for page in pages]
    return sorted(day for day in found if re.fullmatch(r"\d{4}(-\d\d){0,2}", day))


if __name__ == "__main__":
    scan = Scan(*sys.argv[1:5])
    for line in sys.stdin:
        asked = json.loads(line)
        found, entities = scan.answer(asked.get("q", ""), asked.get("facets", {}))
        print(json.dumps({"found": sorted(found), "entities": entities}, ensure_ascii=False))
