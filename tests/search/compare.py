#!/usr/bin/env python3
"""Compares the search of a built site with a plain scan of its archive.

    compare.py SITE ROOT [--as-of DAY] [--edition NAME] [--config NAME]
               [--queries FILE | --generated 500 --seed 1]

SITE is the archive in the folder ROOT, built as of DAY (today) for an edition. Queries are read from FILE, each a line
as answer.mjs takes it, if need be with what it has to find, or made from the archive's own words. Every query in which
the two find another set is printed with what speaks for either; one line says how it went. The exit code is 1 if there
was any.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys

from archive import FIELDS
from asking import queries_from
from scan import Query, Scan, Text, chosen

HERE = pathlib.Path(__file__).parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("site", type=pathlib.Path)
    arguments.add_argument("root", type=pathlib.Path)
    arguments.add_argument("--as-of", default=datetime.date.today().isoformat())
    arguments.add_argument("--edition", default="public")
    arguments.add_argument("--config", default="brief.toml", help="the settings in the archive's folder")
    arguments.add_argument("--queries", type=pathlib.Path)
    arguments.add_argument("--generated", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--alone", action="store_true", help="hold the scan to what the queries say they find")
    arguments.add_argument("--print", action="store_true", help="the queries alone, and nothing else")
    given = arguments.parse_args()
    root = given.root.parent if given.root.resolve().name == "content" else given.root
    scan = Scan(root, given.site, given.as_of, given.edition, given.config)
    if given.queries:
        asked = [json.loads(line) for line in given.queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        asked = queries_from(scan, given.generated, given.seed)
    lines = "".join(json.dumps(query, ensure_ascii=False) + "\n" for query in asked)
    if given.print:
        print(lines, end="")
        return 0
    if given.alone:
        answers = []
        for query in asked:
            found, entities = scan.answer(query.get("q", ""), query.get("facets", {}))
            answers.append({"found": found, "entities": [address for address, _ in entities]})
        return report(scan, asked, answers)
    node = subprocess.run(["node", HERE / "answer.mjs", given.site], input=lines, capture_output=True, text=True,
                          encoding="utf-8")
    if node.returncode:
        print(node.stderr, file=sys.stderr)
        return 2
    answers = [json.loads(line) for line in node.stdout.splitlines()]
    if len(answers) != len(asked):
        print(f"{len(asked)} queries, {len(answers)} answers", file=sys.stderr)
        return 2
    return report(scan, asked, answers)


def report(scan, asked, answers):
    wrong = found_in_all = nothing = with_entities = 0
    for query, answer in zip(asked, answers):
        found, entities = scan.answer(query.get("q", ""), query.get("facets", {}))
        differences = list(compare(scan, query, found, entities, answer))
        if differences:
            wrong += 1
            print(f"differs: {json.dumps(query, ensure_ascii=False)}")
            parsed = Query(query.get("q", ""))
            print(f"  words {parsed.words}, phrases {parsed.phrases}, beginning {parsed.beginning}")
            print("\n".join("  " + difference for difference in differences))
        expected = query.get("found")
        if expected is not None and sorted(expected) != sorted(found):
            wrong += 1
            print(f"not what was expected: {json.dumps(query, ensure_ascii=False)}")
            print(f"  missing {sorted(set(expected) - set(found))}, beyond {sorted(set(found) - set(expected))}")
        found_in_all += len(found)
        nothing += not found and not entities
        with_entities += bool(entities)
    kinds = f"{found_in_all} found, {with_entities} with entities, {nothing} with nothing"
    verdict = f"{wrong} differ" if wrong else "index and scan find the same"
    print(f"search: {len(asked)} queries of {len(scan.documents)} documents ({kinds}): {verdict}")
    return 1 if wrong else 0


def compare(scan, query, found, entities, answer):
    """What differs in one answer, a line each."""
    for name, mine, other in (("results", found, answer["found"]),
                              ("entities", [address for address, _ in entities], answer["entities"])):
        if len(other) != len(set(other)):
            yield f"index: {name} twice: {sorted(address for address in set(other) if other.count(address) > 1)[:3]}"
        for who, addresses in (("scan", set(mine) - set(other)), ("index", set(other) - set(mine))):
            if addresses:
                yield f"only the {who} has {len(addresses)} of {len(set(mine) | set(other))} {name}:"
            for address in sorted(addresses)[:3]:
                yield f"  {address}"
                yield from why(scan, query, address)
    if Query(query.get("q", "")).is_empty() or query.get("sort") == "date":
        days = {document.address: document.day for document in scan.results}
        newest = [days.get(address, "") for address in answer["found"]]
        if newest != sorted(newest, reverse=True):
            wrong = [day for day, sound in zip(newest, sorted(newest, reverse=True)) if day != sound]
            yield f"index: not the newest first: {wrong[:4]}"
    ranks = dict(entities)
    order = [(ranks[address], address) for address in answer["entities"] if address in ranks]
    if [rank for rank, _ in order] != sorted(rank for rank, _ in order):
        yield f"index: entities in this order of words not asked for, and of briefings: {order}"


def why(scan, query, address):
    """Where the scan sees the words of a query in the documents with this address."""
    documents = [document for document in scan.documents if document.address == address]
    if not documents:
        yield "    the scan knows no such document"
    for document in documents:
        parsed = Query(query.get("q", ""))
        facets = query.get("facets", {})
        yield f"    {document.type} {document.lang} {document.month} {document.status} {document.finding} " \
              f"in the facets: {chosen(document, facets)} {document.sets if facets else ''}"
        words = [(word, False) for word in parsed.words] + [(word, False) for phrase in parsed.phrases
                                                            for _, word in phrase]
        words += [(parsed.beginning, True)] if parsed.beginning else []
        for forms, beginning in words:
            places = []
            for field in FIELDS:
                for part in document.fields.get(field, []):
                    held = Text([part]).words
                    if any(word.startswith(tuple(forms)) if beginning else word in forms for word in held):
                        places.append(f"{field}: {part[:60]!r}")
            yield f"    {forms[0]}{'…' if beginning else ''}: {places[:2] or 'nowhere'}"


if __name__ == "__main__":
    sys.exit(main())
