"""The words of words.py against the vectors that the generator and the browser are held to."""

import json
import pathlib
import sys

from words import forms, placed

HERE = pathlib.Path(__file__).parent


def by_place(text, query):
    places = {}
    for place, word, _ in placed(text, query)[0]:
        places.setdefault(place, forms(word))
    return [places[place] for place in sorted(places)]


def main():
    vectors = json.loads((HERE / "words.json").read_text(encoding="utf-8"))["vectors"]
    wrong = 0
    for vector in vectors:
        for query, expected in ((False, vector["words"]), (True, vector.get("query", vector["words"]))):
            found = by_place(vector["text"], query)
            if found != expected:
                wrong += 1
                kind = "query" if query else "text"
                print(f"{vector['rule']}: {kind} {vector['text']!r}\n  vector {expected}\n  scan   {found}")
    print(f"{len(vectors)} texts, {wrong} differences")
    return 1 if wrong or len(vectors) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
