"""An archive's `content/` as docs/search.md sees it: documents, each with its fields and its facets.

It knows what an edition shows of the archives of the tests, and nothing of how `brief` does it.
"""

import collections
import dataclasses
import pathlib
import re
import tomllib
import unicodedata

import dates
import prose
from anchors import anchor
from front_matter import read

FIELDS = ("title", "entities", "summary", "body")
# What pages say in English.
SAID = tomllib.loads((pathlib.Path(__file__).parents[2] / "themes/dispatch/i18n/en.toml").read_text(encoding="utf-8"))


@dataclasses.dataclass
class Document:
    """What a result leads to. A field is a list of parts, over whose edges no phrase reaches."""
    type: str
    address: str
    fields: dict
    lang: str
    marking: str = None
    status: str = None
    finding: str = None
    month: str = ""
    # By which lists put it in order: the last day that its date can mean; nothing where it has none.
    day: str = ""
    # By the key of a kind: the slugs of its entities.
    sets: dict = dataclasses.field(default_factory=dict)
    # Of an entity: how many briefings its page counts.
    briefings: int = 0


@dataclasses.dataclass(eq=False)
class Entity:
    kind: str
    name: str
    slug: str
    address: str
    front: dict
    body: str
    parent: object = None

    def other_names(self):
        """All but its name, hidden ones too."""
        front = self.front
        previous = [item["id"] if isinstance(item, dict) else item for item in many(front.get("previous_names"))]
        return [name for key in ("aliases", "weak_aliases", "hidden_aliases") for name in many(front.get(key))] \
            + previous + list((front.get("names") or {}).values())

    def names(self):
        return [self.name] + self.other_names()


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def fold(name):
    """Names are compared in any case and Unicode form."""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).lower())
    name = re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", name)
    return " ".join(re.sub("[‐-―־]", "-", re.sub("[’ʼ‘`´]", "'", name)).split())


def slug_of(name):
    """A segment of an address."""
    text = re.sub("['’ʼ׳״]", "", unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).lower()))
    kept = "".join(c if unicodedata.category(c)[0] in "LM" or unicodedata.category(c)[0] == "N" else " " for c in text)
    return "-".join(kept.split())


class Archive:
    def __init__(self, root, as_of, edition="public", config="brief.toml"):
        self.root, self.as_of, self.edition = pathlib.Path(root), as_of, edition
        with open(self.root / config, "rb") as file:
            self.settings = tomllib.load(file)
        self.admits = self.settings.get("editions", {}).get(edition, {}).get("admits", ["clear"])
        self.lang = self.settings.get("language", "en")
        # By the key of a kind: the name of the kind and its folder.
        self.kinds = {"actors": ("actor", "actors"), "locations": ("location", "locations")}
        for name, kind in self.settings.get("kinds", {}).items():
            self.kinds[kind["key"]] = (name, kind["path"])
        self.entities = []
        self.meant = {}
        self.read_profiles()
        self.read_briefings()
        for entity in self.entities:
            parent = [item for item in many(entity.front.get("parent")) if isinstance(item, str) or not item.get("to")]
            if parent:
                entity.parent = self.entity(entity.kind, parent[0])
        self.join()

    # Reading.

    def is_withheld(self, front):
        """Whether the edition keeps back what these keys belong to."""
        return front.get("draft") == "true" or front.get("tlp", "clear").lower() not in self.admits \
            or (front.get("embargo") or "") > self.as_of or (front.get("published") or "") > self.as_of \
            or front.get("expires", "9999") <= self.as_of

    def files(self, folder):
        for path in sorted((self.root / "content" / folder).rglob("*.md")):
            front, body = read(path.read_text(encoding="utf-8"))
            if not self.is_withheld(front):
                stem = path.parent.name if path.stem == "index" else path.stem
                yield unicodedata.normalize("NFC", stem), front, body

    def read_profiles(self):
        for key, (_, folder) in self.kinds.items():
            for stem, front, body in self.files(folder):
                slug = front.get("slug") or slug_of(front.get("id") or stem)
                entity = Entity(key, front.get("name") or front["title"], slug, f"{folder}/{slug}/", front, body)
                self.entities.append(entity)
                self.call(entity, 0, [front.get("id") or stem])
                self.call(entity, 1, [entity.name] + many(front.get("former_ids")))
                weak = many(front.get("weak_aliases"))
                hidden = many(front.get("hidden_aliases"))
                others = [name for name in entity.other_names() if name not in weak + hidden]
                self.call(entity, 2, others)
                self.call(entity, 3, weak)

    def call(self, entity, rank, names):
        """Writes down that these names mean the entity; the lower rank goes before the higher."""
        for name in names:
            key = (entity.kind, fold(name))
            if key not in self.meant or rank < self.meant[key][0]:
                self.meant[key] = (rank, [entity])
            elif rank == self.meant[key][0] and entity not in self.meant[key][1]:
                self.meant[key][1].append(entity)

    def entity(self, kind, name):
        """Who is meant by a name in front matter; somebody new where nobody bears it."""
        word = self.kinds[kind][0]
        name = name[len(word) + 1:].strip() if name.startswith(word + ":") else name
        _, found = self.meant.get((kind, fold(name)), (0, []))
        if len(found) > 1:
            raise ValueError(f"the name of two: {name}")
        if found:
            return found[0]
        entity = Entity(kind, name, slug_of(name), f"{self.kinds[kind][1]}/{slug_of(name)}/", {}, "")
        self.entities.append(entity)
        self.call(entity, 0, [name])
        return entity

    def actors(self, parties):
        """The actors among parties, or whose the unnamed are."""
        found = []
        for party in many(parties):
            name = party if isinstance(party, str) else party.get("id") or party.get("of")
            if name:
                found.append(self.entity("actors", name))
        return found

    def places(self, part):
        return [self.entity("locations", name) for name in many(part.get("locations"))]

    def on_behalf_of(self, part):
        """For whom somebody speaks: as written, else by the profiles of those who speak."""
        if part.get("for"):
            return self.actors(part["for"])
        found = []
        # Who is not named has no profile.
        speakers = self.actors([party for party in many(part["by"]) if isinstance(party, str) or party.get("id")])
        for speaker in speakers:
            for relation in many(speaker.front.get("speaks_for")):
                relation = {"id": relation} if isinstance(relation, str) else relation
                day = dates.latest(part["date"])
                begun = dates.earliest(relation["from"]) <= day if relation.get("from") else True
                ended = dates.latest(relation["to"]) < day if relation.get("to") else False
                if begun and not ended:
                    found.append(self.entity("actors", relation["id"]))
        return [actor for actor in found if actor not in speakers]

    def read_briefings(self):
        """All briefings by their ids, in the order of their dates; translations stand with them."""
        self.briefings, translations = {}, []
        for stem, front, body in self.files("briefings"):
            language = re.fullmatch(r"(.+)\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)", stem)
            if language:
                translations.append((language[1], language[2], front, body))
                continue
            day = re.match(r"(\d{4}-\d\d-\d\d)-?(.*)", stem)
            retracted = [item["of"].removeprefix("#") if item.get("of") else stem
                         for item in many(front.get("corrections")) if item.get("kind") == "retraction"]
            if stem in retracted:
                continue
            date = front.get("date") or day[1]
            slug = front.get("slug") or slug_of(day[2] if day else stem)
            briefing = {"id": stem, "front": front, "body": body, "date": date, "translations": {},
                        "address": f"briefings/{date.replace('-', '/')}/{slug}/", "lang": front.get("lang", self.lang)}
            for sort in ("claims", "events", "responses", "findings"):
                briefing[sort] = [dict(part, briefing=briefing) for part in many(front.get(sort))
                                  if part.get("id", "-") not in retracted and not self.is_withheld(part)]
                for part in briefing[sort]:
                    part["dated"] = "date" in part
                    part.setdefault("date", "by " + date)
            for claim in briefing["claims"]:
                for sort in ("responses", "findings"):
                    claim[sort] = [dict(part) for part in many(claim.get(sort)) if not self.is_withheld(part)]
                    for part in claim[sort]:
                        part.setdefault("date", "by " + date)
            self.briefings[stem] = briefing
        for stem, language, front, body in translations:
            if stem in self.briefings:
                self.briefings[stem]["translations"][language] = (front, body)

    def join(self):
        """Brings answers, findings and tellings to the claims and events that they name, and tags briefings."""
        parts = {(briefing["id"], part["id"]): part for briefing in self.briefings.values()
                 for sort in ("claims", "events") for part in briefing[sort] if part.get("id")}
        # Before answers of other briefings are brought to a claim: they tag their own.
        for briefing in self.briefings.values():
            briefing["tags"] = self.tags(briefing)
        for briefing in self.briefings.values():
            for sort in ("responses", "findings"):
                for part in briefing[sort]:
                    claim = parts.get(tuple(self.reference(briefing, part["claim"])))
                    if claim:
                        claim[sort].append(part)
            for event in briefing["events"]:
                event["first"] = event
                if event.get("event"):
                    event["first"] = parts.get(tuple(self.reference(briefing, event["event"])), event)
        for briefing in self.briefings.values():
            for event in briefing["events"]:
                # What tells of another without a date has the other's.
                dated = event
                while not dated["dated"] and dated["first"] is not dated:
                    dated = dated["first"]
                event["date_told"] = dated["date"]
        for briefing in self.briefings.values():
            for event in briefing["events"]:
                event["date"] = event["date_told"]
                while event["first"] is not event["first"]["first"]:
                    event["first"] = event["first"]["first"]

    def reference(self, briefing, written):
        name, _, part = written.rpartition("#")
        return name or briefing["id"], part

    def tags(self, briefing):
        """Those that a briefing lists, and those that its parts name."""
        found = [self.entity(kind, name) for kind in self.kinds for name in many(briefing["front"].get(kind))]
        for event in briefing["events"]:
            found += self.actors(event.get("actors")) + self.actors(event.get("per")) + self.places(event)
            found += [actor for figure in many(event.get("figures")) for actor in self.actors(figure.get("per"))]
        for claim in briefing["claims"]:
            found += self.actors(claim["by"]) + self.actors(claim.get("for")) + self.actors(claim.get("about"))
            found += self.places(claim)
        answers = [answer for claim in briefing["claims"] for answer in claim["responses"]] + briefing["responses"]
        for answer in answers:
            found += self.actors(answer["by"]) + self.actors(answer.get("for"))
        return list(dict.fromkeys(found))

    # Documents.

    def documents(self, statuses, findings, days):
        """All documents.

        `statuses` and `findings` are those of /claims/, by the address of a claim; `days` are the days, months and
        years with a page.
        """
        found = []
        for briefing in self.briefings.values():
            found += self.of_briefing(briefing)
            found += [self.of_claim(claim, statuses, findings) for claim in briefing["claims"]]
        found += self.of_events()
        for stem, front, body in self.files("pages"):
            fields = {"title": [front["title"]], "summary": many(front.get("summary") or front.get("description")),
                      "body": self.text(None, body)}
            found.append(Document("page", f"{front.get('slug') or slug_of(stem)}/", fields,
                                  front.get("lang", self.lang), self.label(front)))
        counts = collections.Counter()
        for briefing in self.briefings.values():
            counts.update({each for tag in briefing["tags"] for each in above(tag)})
        for entity in self.entities:
            if entity.front.get("page") == "false":
                continue
            marking = self.label(entity.front)
            if entity.body.strip():
                fields = {"title": [entity.name], "summary": many(entity.front.get("description")),
                          "body": self.text(None, entity.body)}
                found.append(Document("page", entity.address, fields, entity.front.get("lang", self.lang), marking))
            fields = {"title": [entity.name], "entities": entity.other_names()}
            found.append(Document(entity.kind, entity.address, fields, None, marking, briefings=counts[entity]))
        found += self.of_days(days)
        search = self.settings.get("search", {})
        for document in found:
            document.fields = {name: document.fields.get(name, []) for name in search.get("fields", FIELDS)}
        return [document for document in found
                if document.lang is None or document.lang in search.get("languages", [document.lang])]

    def of_days(self, days):
        for day in days:
            count = sum(f"{briefing['date']}-".startswith(day + "-") for briefing in self.briefings.values())
            yield Document("dates", f"dates/{day.replace('-', '/')}/",
                           {"title": [dates.words(day)], "entities": [day]}, None, briefings=count)

    def label(self, front):
        """The label that it bears itself; the public edition shows none."""
        return front["tlp"].upper() if front.get("tlp") and self.edition != "public" else None

    def text(self, briefing, body):
        def shown(reference):
            if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", reference):
                return dates.words(reference)
            if reference in self.briefings:
                return self.briefings[reference]["front"]["title"]
            if "#" in reference:
                raise ValueError(f"a claim without words: {reference}")
            kind, colon, name = reference.partition(":")
            return name.strip() if colon and kind in [word for word, _ in self.kinds.values()] else reference
        return prose.parts(body, shown)

    def of_briefing(self, briefing):
        front = briefing["front"]
        names = [name for tag in self.visible(briefing["tags"]) for name in tag.names()]
        for language, (words, body) in [(None, (front, briefing["body"])), *briefing["translations"].items()]:
            parts = self.text(briefing, body)
            # A translation has its own texts of claims and events alone, and no answers.
            if language:
                parts += [text for sort in ("claims", "events") for text in (words.get(sort) or {}).values()]
            else:
                parts += [part["text"] for sort in ("claims", "events") for part in briefing[sort]]
                joined = [part for claim in briefing["claims"] for part in claim["responses"] + claim["findings"]]
                parts += [part[key] for part in joined + briefing["responses"] + briefing["findings"]
                          for key in ("text", "note") if part.get(key)]
            fields = {"title": [words["title"]], "entities": names + self.of_date(briefing["date"]),
                      "summary": many(words.get("summary")), "body": parts}
            yield Document("briefing", briefing["address"] + (f"{language}/" if language else ""), fields,
                           language or briefing["lang"], self.label(front), month=dates.month(briefing["date"]),
                           day=dates.latest(briefing["date"]), sets=self.sets(briefing["tags"]))

    def of_date(self, date):
        """A date in EDTF and in words."""
        return [dates.edtf(date), dates.words(date)]

    def of_claim(self, claim, statuses, findings):
        briefing = claim["briefing"]
        named = self.actors(claim["by"]) + self.on_behalf_of(claim) + self.actors(claim.get("about"))
        own = self.places(claim)
        answering = [actor for answer in claim["responses"]
                     for actor in self.actors(answer["by"]) + self.on_behalf_of(answer)]
        address = f"claims/{briefing['id']}/{claim['id']}/" if claim.get("id") \
            else f"{briefing['address']}#{anchor('c', claim['text'])}"
        words = [party["unnamed"] for part in [claim, *claim["responses"]] for key in ("by", "for", "about")
                 for party in many(part.get(key)) if isinstance(party, dict) and party.get("unnamed")]
        stances = {answer["stance"] for answer in claim["responses"]}
        does = [SAID.get(f"says_{stance}{many}", "").replace("{who}", " ") for stance in stances for many in ("", "_many")]
        entities = dict.fromkeys(self.visible(named + answering + own))
        fields = {"title": [claim["text"]],
                  "entities": [name for entity in entities for name in entity.names()]
                  + words + self.of_date(claim["date"]), "summary": [briefing["front"]["title"]],
                  "body": [part[key] for sort, key in (("responses", "text"), ("findings", "note"))
                           for part in claim[sort] if part.get(key)] + does}
        return Document("claim", address, fields, briefing["lang"], self.label(claim) or self.label(briefing["front"]),
                        statuses.get(address), findings.get(address), self.month(claim), self.day(claim),
                        self.sets(named + answering + (own or self.places_of(briefing))))

    def of_events(self):
        """Of several tellings of one event the newest is the document."""
        tellings = {}
        for briefing in self.briefings.values():
            for event in briefing["events"]:
                tellings.setdefault(id(event["first"]), []).append(event)
        for told in tellings.values():
            told.sort(key=lambda event: (event["briefing"]["date"], event["briefing"]["id"]))
            event, briefing = told[-1], told[-1]["briefing"]
            named = [actor for each in told for actor in self.actors(each.get("actors")) + self.actors(each.get("per"))]
            own = [place for each in told for place in self.places(each)]
            words = [party["unnamed"] for each in told for key in ("actors", "per") for party in many(each.get(key))
                     if isinstance(party, dict) and party.get("unnamed")]
            fields = {"title": [event["text"]],
                      "entities": [name for entity in dict.fromkeys(self.visible(named + own))
                                   for name in entity.names()] + words + self.of_date(event["date"]),
                      "summary": [briefing["front"]["title"]], "body": [each["text"] for each in told[:-1]]}
            address = f"{briefing['address']}#{event.get('id') or anchor('e', event['text'])}"
            yield Document("event", address, fields, briefing["lang"],
                           self.label(event) or self.label(briefing["front"]), month=self.month(event),
                           day=self.day(event), sets=self.sets(named + (own or self.places_of(briefing))))

    def month(self, part):
        """The month of a claim or an event: its own where it has one, else its briefing's."""
        return dates.month(part["date"]) or dates.month(part["briefing"]["date"])

    def day(self, part):
        return dates.latest(part["date"] if dates.month(part["date"]) else part["briefing"]["date"])

    def places_of(self, briefing):
        return [tag for tag in briefing["tags"] if tag.kind == "locations"]

    def visible(self, entities):
        return [entity for entity in entities if entity.front.get("page") != "false"]

    def sets(self, entities):
        """The slugs by kind, those that they lie in too."""
        found = {}
        for entity in self.visible(entities):
            for each in above(entity):
                found.setdefault(each.kind, set()).add(each.slug)
        return found


def above(entity):
    """An entity and what it lies in."""
    found = []
    while entity is not None and entity not in found:
        found.append(entity)
        entity = entity.parent
    return found
