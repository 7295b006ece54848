// The search: words, files, queries and the page, in this order. `docs/search.md` says what each has to do.
// Tests load this file without a page and take the parts from the one name that it leaves, `briefSearch`; an archive
// that is read from a disk calls the same name with a file of the index.
(function (world) {
  "use strict";

  /* Words. */

  const dropped = /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g;
  const noughts = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810];
  /** Pairs of a letter and the one that it becomes: final sigma, Hebrew finals, Arabic letters, the comma of thousands. */
  const alike = new Map("\u03c2\u03c3\u05da\u05db\u05dd\u05de\u05df\u05e0\u05e3\u05e4\u05e5\u05e6\u0623\u0627\u0625\u0627\u0622\u0627\u0671\u0627\u0649\u064a\u06cc\u064a\u0629\u0647\u06a9\u0643\u06c1\u0647\u06c0\u0647\u06d5\u0647\u066c,".match(/../g).map((pair) => [...pair]));
  const longest = 64;

  const isLetter = (c) => /^(?:\p{L}|\u3007)/u.test(c) && !isApostrophe(c);
  const isMark = (c) => /^\p{M}/u.test(c);
  const isDigit = (c) => /^\p{Nd}/u.test(c);
  const isPart = (c) => isLetter(c) || isMark(c) || isDigit(c);
  const isApostrophe = (c) => /^['`\u2018\u2019\u2032\u02bb-\u02bf]/.test(c);
  const isHebrew = (c) => /^[\u05d0-\u05ea\u05ef-\u05f2]/.test(c);
  const isWithoutSpaces = (c) => /^[\u30fc\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(c);
  const followsScript = (c) => isMark(c) && /^[\p{Script=Inherited}\p{Script=Common}]/u.test(c);

  /** The text in the form in which words are compared (steps 1 to 5). */
  function fold(text) {
    const bare = text.replace(/´/g, "'").normalize("NFKD").replace(dropped, "").normalize("NFKC");
    const lower = Array.from(bare, (c) => c.toLowerCase().toUpperCase().toLowerCase()).join("").replace(dropped, "");
    return lower.replace(/[^\0-\u03c1]/gu, (c) => {
      const one = alike.get(c);
      if (one) return one;
      const nought = isDigit(c) && noughts.find((first) => c.codePointAt(0) >= first && c.codePointAt(0) < first + 10);
      return nought ? String(c.codePointAt(0) - nought) : c;
    });
  }

  /**
   * The words of folded code points (steps 6 to 8): each with its place, with where it begins and ends among the
   * points, and whether it is a pair of a longer run.
   */
  function cut(points, isQuery) {
    const words = [];
    let place = 0;
    const hand = (at, isPair) => words.push({
      text: at.slice(0, longest).map((i) => points[i]).join(""),
      place: place++,
      from: at[0],
      to: at[at.length - 1] + 1,
      isPair,
    });
    for (let i = 0; i < points.length; i++) {
      const kept = take(points, i);
      if (!kept.length) continue;
      i = kept.end - 1;
      for (let run = 0; run < kept.length;) {
        const isRun = isWithoutSpaces(points[kept[run]]);
        let end = run + 1;
        while (end < kept.length && (followsScript(points[kept[end]]) || isWithoutSpaces(points[kept[end]]) === isRun)) end++;
        if (!isRun || end - run === 1) hand(kept.slice(run, end), false);
        else {
          for (let at = run; at + 1 < end; at++) hand(kept.slice(at, at + 2), true);
          // A query has no word for the last one alone, but it has its place: so phrases fit.
          if (isQuery) place++;
          else hand([kept[end - 1]], false);
        }
        run = end;
      }
    }
    return words;
  }

  /** The indices of the points that make the word at `start`, and as `end` where it ends. */
  function take(points, start) {
    const kept = [];
    let i = start;
    for (; i < points.length; i++) {
      if (isPart(points[i])) kept.push(i);
      else if (points[i] === "," && isNumber(points, start, i)) {
        const end = groups(points, i);
        if (end === i) break;
        for (; i < end; i++) if (points[i] !== ",") kept.push(i);
        i--;
      } else if (!kept.length || !joins(points, i, kept)) break;
    }
    kept.end = i;
    return kept;
  }

  /** Whether the sign at `i` is left out of the word that stands around it. */
  function joins(points, i, kept) {
    const before = points[kept[kept.length - 1]];
    const next = points[i + 1] || "";
    if (/["״'׳’”]/.test(points[i]) && isHebrew(before) && isHebrew(next)) return true;
    const isPossessive = next === "s" && !isPart(points[i + 2] || "");
    return isApostrophe(points[i]) && kept.length > 1 && (isLetter(before) || isMark(before)) && isLetter(next) && !isPossessive;
  }

  function isNumber(points, start, end) {
    const follows = points[start - 1] === "," && isDigit(points[start - 2] || "");
    return !follows && /^[0-9]{1,3}$/.test(points.slice(start, end).join(""));
  }

  /** Where the groups of a comma and three digits end that begin at `i`; `i` where others are among them. */
  function groups(points, i) {
    let end = i;
    while (points[end] === "," && /[0-9]/.test(points[end + 1])) {
      let digits = end + 1;
      while (/[0-9]/.test(points[digits])) digits++;
      if (digits - end !== 4) return i;
      end = digits;
    }
    return end;
  }

  /** A word and what it is without the short words that Hebrew and Arabic write onto it. */
  function forms(word) {
    const made = [word];
    const strip = (prefixes) => {
      const last = made[made.length - 1];
      const prefix = prefixes.find((one) => last.startsWith(one));
      const isDone = prefix !== undefined && Array.from(last).length - prefix.length >= 3;
      if (isDone) made.push(last.slice(prefix.length));
      return isDone;
    };
    if (/^[א-ת]/.test(word)) while (made.length < 4 && strip([..."והבלמשכ"]));
    else if (/^[\u0620-\u064a]/.test(word)) {
      strip(["و", "ف"]);
      if (!strip(["لل"])) {
        strip(["ب", "ك", "ل"]);
        strip(["ال"]);
      }
    }
    return made;
  }

  /* Queries. */

  /** So many code points of a query count. */
  const longestQuery = 1000;
  const marksOfQuotation = /"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»/g;

  /** A date in digits, with what stands before it. */
  const dates = /(^|[^\p{L}\p{M}\p{Nd}-])(\p{Nd}{4}-\p{Nd}{2}(?:-\p{Nd}{2})?)(?![\p{L}\p{M}\p{Nd}-])/gu;

  /** What a query asks for: `terms`, each with its forms, and of each phrase its words, which are terms as well. */
  function parse(text) {
    // Between Hebrew letters the mark is part of a word.
    const query = Array.from(text).slice(0, longestQuery).join("").replace(/(\p{Script=Hebrew})["”](?=\p{Script=Hebrew})/gu, "$1״");
    const phrases = [];
    const phrase = (inside) => {
      const words = cut(Array.from(fold(inside)), true);
      if (words.length) phrases.push(words.map((word) => ({ forms: forms(word.text), place: word.place - words[0].place })));
      return "\0";
    };
    const unquoted = query.replace(marksOfQuotation, (whole, ...parts) => phrase(parts.slice(0, 4).find((part) => part !== undefined)));
    const isQuoted = phrases.length > 0;
    const loose = unquoted.replace(dates, (whole, before, date) => before + phrase(date));
    const words = cut(Array.from(fold(loose)), true);
    const last = words[words.length - 1];
    // A word before a phrase is not the one that is being typed.
    const isLast = cut(Array.from(fold(loose.slice(loose.lastIndexOf("\0") + 1))), true).length > 0;
    const goesOn = last && isLast && !last.isPair && !/[\s"“”„«»]$/.test(query) && Array.from(last.text).length >= leastPrefix(last.text);
    const terms = words.map((word) => ({ forms: forms(word.text), isPrefix: word === last && goesOn }));
    return { phrases, isQuoted, terms: [...phrases.flat().map((word) => ({ forms: word.forms, isPrefix: false })), ...terms] };
  }

  function leastPrefix(word) {
    if (isWithoutSpaces(word)) return 1;
    return isLetter(word) && !/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(word) ? 2 : 3;
  }

  const fits = (word, { forms, isPrefix }) => forms.some((form) => isPrefix ? word.startsWith(form) : word === form);

  /** The stretches of a text that hold what is asked for, as pairs of offsets. */
  function marked(text, terms) {
    const points = [];
    const spans = [];
    for (const { 0: piece, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
      for (const point of fold(piece)) {
        points.push(point);
        spans.push([index, index + piece.length]);
      }
    }
    const found = [];
    for (const word of cut(points, false)) {
      if (!forms(word.text).some((form) => terms.some((term) => fits(form, term)))) continue;
      const from = spans[word.from][0];
      const to = spans[word.to - 1][1];
      const last = found[found.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else found.push([from, to]);
    }
    return found;
  }

  /* Files. */

  /** Reads numbers (LEB128) and texts one after the other. */
  function reader(bytes, at = 0) {
    return {
      get at() { return at; },
      set at(to) { at = to; },
      number() {
        let value = 0;
        for (let scale = 1; ; scale *= 128) {
          const byte = bytes[at++];
          if (byte === undefined) throw new RangeError("a file of the index ends too early");
          value += (byte & 127) * scale;
          if (byte < 128) return value;
        }
      },
      bytes(length) { return bytes.subarray(at, at += length); },
    };
  }

  const utf8 = new TextDecoder();

  /** The words of a file, in order: each with its number of documents, and where its list and its weights stand. */
  function readWords(bytes) {
    const from = reader(bytes);
    let last = new Uint8Array(0);
    let weights = 0;
    const list = Array.from({ length: from.number() }, () => {
      const shared = from.number();
      const rest = from.bytes(from.number());
      const word = new Uint8Array(shared + rest.length);
      word.set(last.subarray(0, shared));
      word.set(rest, shared);
      last = word;
      const count = from.number();
      const length = from.number();
      const at = from.at;
      from.at += length;
      weights += count;
      return { text: utf8.decode(word), count, at, weights: weights - count };
    });
    return { bytes, list, weights: from.at };
  }

  /** Calls `each` with every document of a word's list and the word's weight there. */
  function readList(file, { count, at, weights }, each) {
    const from = reader(file.bytes, at);
    for (let i = weights, id = -1; i < weights + count; i++) {
      const two = file.bytes[file.weights + (i >> 1)];
      each(id += from.number(), i % 2 ? two & 15 : two >> 4);
    }
  }

  function readFacets(bytes) {
    const from = reader(bytes);
    const text = () => utf8.decode(from.bytes(from.number()));
    return Array.from({ length: from.number() }, () => {
      const value = { slug: text(), name: text(), total: from.number() };
      const length = from.number();
      return Object.assign(value, { list: from.bytes(length) });
    });
  }

  const readCards = (bytes) => JSON.parse(utf8.decode(bytes));

  /** -1, 0 or 1 in the order of code points, which is that of the index and not that of strings. */
  function compare(one, other) {
    let i = 0;
    while (i < one.length && one[i] === other[i]) i++;
    if (i === one.length || i === other.length) return Math.sign(one.length - other.length);
    const order = (unit) => unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
    return Math.sign(order(one.charCodeAt(i)) - order(other.charCodeAt(i)));
  }

  /* Answers. */

  const kinds = ["briefing", "claim", "event", "page"];
  /** The facets that the manifest alone tells of. */
  const common = ["type", "date", "status", "finding", "lang", "marking"];

  /**
   * The index that a manifest describes. `load(name, kind)` promises the bytes of a file; each file is asked for once,
   * unless it failed.
   */
  function open(manifest, load) {
    const files = new Map();
    const total = manifest.documents;
    const { segments, words } = manifest;
    const isResult = (segment) => kinds.includes(segment.type);
    /** How many briefings each entity has. */
    const briefings = new Uint32Array(total);
    for (const { first, briefings: counts = [] } of segments) {
      let id = first;
      for (const [many, count] of counts) briefings.fill(many, id, id += count);
    }
    const firstEntity = Math.min(total, ...segments.filter((one) => !isResult(one)).map(({ first }) => first));

    function file(name, kind, read) {
      if (!files.has(name)) {
        const kept = { promise: load(name, kind).then((bytes) => (kept.value = read(bytes))) };
        files.set(name, kept);
        kept.promise.catch(() => files.delete(name));
      }
      return files.get(name).promise;
    }

    const segmentOf = (id) => segments.find(({ first, count }) => id < first + count);

    /** Documents of one segment and one month, in a row: where the row ends, and the values that all of them have. */
    const rows = segments.flatMap((segment) => {
      let end = segment.first;
      return (segment.months || [[0, segment.count]]).map(([month, count]) => {
        const name = String(month).padStart(6, "0").replace(/(..)$/, "-$1");
        const values = Object.fromEntries(common.map((param) => [param, segment[param] ? [segment[param]] : []]));
        return { end: end += count, values: { ...values, date: month ? [name.slice(0, -3), name] : [] } };
      });
    });

    /** The numbers of the files of words in which a term can stand. */
    function filesOf({ forms, isPrefix }) {
      if (!words.first.length) return [];
      const found = new Set();
      for (const form of forms) {
        let i = Math.max(0, words.first.filter((first) => compare(first, form) <= 0).length - 1);
        found.add(i);
        while (isPrefix && i + 1 < words.first.length && words.first[i + 1].startsWith(form)) found.add(++i);
      }
      return [...found];
    }

    /** Calls `each` with every entry of a term: its file's number, the file, the entry and its index. */
    async function entries(term, each) {
      const numbers = filesOf(term);
      const loaded = await Promise.all(numbers.map(wordsOf));
      loaded.forEach((one, at) => one.list.forEach((entry, i) => {
        if (fits(entry.text, term)) each(numbers[at], one, entry, i);
      }));
    }

    /**
     * One byte for each document: nought, or the weight of the term there and one more. Of entities those that have it
     * as a `whole` word.
     */
    async function weights(term) {
      const found = { of: new Uint8Array(total), count: 0, whole: new Set() };
      await entries(term, (number, one, entry) => {
        const isWhole = term.forms.includes(entry.text);
        readList(one, entry, (id, weight) => {
          if (!found.of[id]) found.count++;
          if (found.of[id] <= weight) found.of[id] = weight + 1;
          if (isWhole && id >= firstEntity) found.whole.add(id);
        });
      });
      return found;
    }

    /** Those of `ids` in which the words of a phrase follow each other. */
    async function withPhrase(phrase, ids) {
      let starts = new Map(ids.map((id) => [id, null]));
      const found = await Promise.all(phrase.map(async ({ forms, place }) => {
        const list = [];
        await entries({ forms, isPrefix: false }, (...entry) => list.push(entry));
        return Promise.all(list.map(async ([number, one, entry, index]) => ({
          one, entry, index, place, bytes: await placesOf(number),
        })));
      }));
      for (const ofWord of found) {
        const next = new Map();
        for (const { one, entry, index, place, bytes } of ofWord) {
          const from = reader(bytes);
          for (let i = 0; i < index; i++) {
            const length = from.number();
            from.at += length;
          }
          from.number();
          readList(one, entry, (id) => {
            const before = starts.get(id);
            for (let step = 1, at = -1; step % 2;) {
              step = from.number();
              at += step >> 1;
              if (before === undefined || (before && !before.has(at - place))) continue;
              if (!next.has(id)) next.set(id, new Set());
              next.get(id).add(at - place);
            }
          });
        }
        starts = next;
      }
      return ids.filter((id) => starts.has(id));
    }

    /** The day of each document, counted from the year 0; nought where it has none. */
    function readDays(bytes) {
      const from = reader(bytes);
      const days = new Int32Array(total);
      for (const segment of segments) {
        let id = segment.first;
        let day = 0;
        for (let runs = from.number(); runs > 0; runs--) {
          day += from.number();
          const count = from.number();
          days.fill(day, id, id += count);
        }
      }
      return days;
    }

    /** Calls `each` with the files of words that a query needs and that nobody asked for yet, and returns how many. */
    function missing({ q = "", facets = {} }, each = () => {}) {
      const numbers = new Set([...parse(q).terms, ...sets(facets)].flatMap(filesOf));
      const names = [...numbers].map((number) => words.files[number]).filter((name) => !files.has(name));
      names.forEach(each);
      return names.length;
    }

    const wordsOf = (number) => file(words.files[number], "words", readWords);
    const placesOf = (number) => file(words.places[number], "places", (bytes) => bytes);

    /**
     * Asks for all that a query will need at once, places for phrases of so many words or more; whoever needs it hears of
     * what goes wrong.
     */
    function prepare(query, words = 2) {
      missing(query, (name) => file(name, "words", readWords).catch(() => {}));
      if (!manifest.phrases) return;
      for (const phrase of parse(query.q || "").phrases.filter((one) => one.length >= words)) {
        for (const { forms } of phrase) filesOf({ forms: forms.slice(0, 1) }).forEach((number) => placesOf(number).catch(() => {}));
      }
    }

    const sets = (facets) => manifest.facets.flatMap(({ param }) =>
      (Object.hasOwn(facets, param) ? facets[param] : []).map((slug) => ({ forms: [`\u0001${param}/${slug}`], isPrefix: false })));

    /**
     * Answers `{q, facets, sort}`: the numbers of the documents `found` and of the `entities` that stand above them, by
     * rank; which documents are found, `has`; and for each facet that is common to a segment how many each value has,
     * or would have if it were chosen too. What has the words of a phrase mostly has the phrase, so that `guess` is told
     * of the best before the places are there.
     */
    async function search({ q = "", facets = {}, sort }, guess) {
      const { terms, phrases, isQuoted } = parse(q);
      const chosen = sets(facets);
      prepare({ q, facets });
      // A word counts as often as it stands there, but is looked up once.
      const lookedUp = new Map();
      const look = (term) => {
        const key = `${term.isPrefix} ${term.forms[0]}`;
        if (!lookedUp.has(key)) lookedUp.set(key, weights(term));
        return lookedUp.get(key);
      };
      const [ofTerms, ofSets] = await Promise.all([Promise.all(terms.map(look)), Promise.all(chosen.map(look))]);
      const isAsked = terms.length > 0 || Object.values(facets).some((values) => values.length > 0);
      const tables = [...new Set([...ofTerms, ...ofSets])].map((one) => one.of);
      const types = facets.type || [];
      let entities = [];
      let ids = [];
      for (const segment of segments) {
        const list = isResult(segment) ? ids : entities;
        if (list === entities && types.length && !types.includes(segment.type)) continue;
        for (let id = segment.first; id < segment.first + segment.count; id++) {
          if (tables.every((table) => table[id])) list.push(id);
        }
      }
      const inRow = manifest.phrases ? phrases.filter((phrase) => phrase.length > 1) : [];
      if (guess && inRow.length && sort !== "date") {
        const likely = narrow(ids, facets).found;
        byScore(likely, ofTerms);
        if (likely.length) guess(likely[0]);
      }
      for (const phrase of inRow) ids = await withPhrase(phrase, ids);
      const isNarrowed = Object.keys(facets).some((param) => param !== "type" && facets[param].length);
      if (!terms.length || isQuoted || isNarrowed) entities = [];

      const { found, counts } = narrow(ids, facets);
      const has = new Uint8Array(total);
      for (const id of found) has[id] = 1;
      byFit(entities, terms, ofTerms);
      const answer = { found: isAsked ? found : [], entities, counts, terms, has };
      if (!terms.length || sort === "date") await byDate(answer.found);
      else byScore(answer.found, ofTerms);
      return answer;
    }

    /** Which documents every choice lets through, and for each facet how many nothing but it keeps out. */
    function narrow(ids, facets) {
      const found = [];
      const counts = Object.fromEntries(common.map((param) => [param, new Map()]));
      let at = 0;
      for (const { end, values } of rows) {
        const refusing = common.filter((param) => (facets[param] || []).length && !values[param].some((value) => facets[param].includes(value)));
        const start = at;
        for (; ids[at] < end; at++) if (!refusing.length) found.push(ids[at]);
        if (refusing.length > 1) continue;
        for (const param of refusing.length ? refusing : common) {
          for (const value of values[param]) counts[param].set(value, (counts[param].get(value) || 0) + at - start);
        }
      }
      return { found, counts };
    }

    /** Entities whose names have the fewest words that nobody asked for, then those with most briefings. */
    function byFit(ids, terms, ofTerms) {
      const asked = 2 * new Set(terms.map(({ forms }) => forms[0])).size;
      const surplus = new Map(ids.map((id) => [id, Math.max(asked, ...ofTerms.map(({ of, whole }) => 2 * (17 - of[id]) + !whole.has(id)))]));
      ids.sort((one, other) => surplus.get(one) - surplus.get(other) || briefings[other] - briefings[one] || one - other);
    }

    function byScore(ids, ofTerms) {
      const idf = ofTerms.map(({ count }) => Math.log(1 + (total - count + 0.5) / (count + 0.5)));
      const scores = new Float64Array(total);
      for (const id of ids) scores[id] = ofTerms.reduce((sum, { of }, i) => sum + idf[i] * (of[id] - 1), 0);
      ids.sort((one, other) => scores[other] - scores[one] || other - one);
    }

    async function byDate(ids) {
      // Of one segment the order is known.
      const isOne = !ids.length || segmentOf(ids[0]) === segmentOf(ids[ids.length - 1]);
      const days = !isOne && await file(manifest.days, "days", readDays);
      ids.sort((one, other) => (days ? days[other] - days[one] : 0) || other - one);
    }

    /**
     * The values of a facet that is no segment's, with how many documents of an answer each has, from the first
     * `count` of its files; `last` is the most that a value of the next file can have.
     */
    async function values(param, count, has) {
      const { files: names } = manifest.facets.find((facet) => facet.param === param);
      const loaded = await Promise.all(names.slice(0, count).map((name) => file(name, "facet", readFacets)));
      const all = loaded.flat();
      const list = all.map(({ slug, name, total: many, list }) => {
        const from = reader(list);
        let found = 0;
        for (let i = 0, id = -1; i < many; i++) if (has[id += from.number()]) found++;
        return { value: slug, name, count: found };
      });
      const isAll = count >= names.length;
      return { list: list.sort((one, other) => other.count - one.count), isAll, last: isAll || !all.length ? 0 : all[all.length - 1].total };
    }

    /** What an entity is called, which a facet chooses by its slug; nothing where there is none. */
    async function nameOf(param, slug) {
      const facet = manifest.facets.find((one) => one.param === param);
      let total = 0;
      await entries(sets({ [param]: [slug] })[0], (number, one, { count }) => { total = count; });
      // Values stand by their number of documents, then by their slugs.
      const before = facet.first.filter(([many, first]) => many > total || (many === total && compare(first, slug) <= 0));
      if (!total || !before.length) return undefined;
      const values = await file(facet.files[before.length - 1], "facet", readFacets);
      return (values.find((one) => one.slug === slug) || {}).name;
    }

    /** Where the card of a document stands. */
    function place(id) {
      const segment = segmentOf(id);
      const at = segment.card + id - segment.first;
      return { name: manifest.blocks[Math.floor(at / manifest.per_block)], index: at % manifest.per_block };
    }

    return {
      search, missing, prepare, values, nameOf, place,
      cards: (name) => file(name, "cards", readCards),
      /** What a file holds, if it is here. */
      here: (name) => (files.get(name) || {}).value,
    };
  }

  /* Where files come from. */

  const waiting = new Map();

  /** Called by a file of the index that is a script. */
  function briefSearch(name, base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    if (waiting.has(name)) waiting.get(name)(bytes);
  }
  Object.assign(briefSearch, { fold, cut, forms, parse, marked, open });
  world.briefSearch = briefSearch;

  if (!world.document) return;

  /** The bytes of a file of the index: fetched, or put in as a script where the page is read from a disk. */
  async function load(name, kind) {
    const bytes = await (location.protocol === "file:" ? byScript(name) : byRequest(`data/${name}.${kind}`));
    // A server may have unpacked it on the way.
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  }

  async function byRequest(address) {
    const response = await fetch(address);
    // Many hosts have a page for what is not there, and send it as if it were.
    const isPage = /^text\/html\b/.test(response.headers.get("content-type"));
    if (!response.ok || isPage) throw new Error(`${address}: ${isPage ? "a page" : response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  function byScript(name) {
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.onload = () => {
        script.remove();
        reject(new Error(`data/${name}.js: nothing in it`));
      };
      script.onerror = reject;
      script.src = `data/${name}.js`;
      document.head.append(script);
    });
  }

  /* The page. */

  const perPage = 10;
  /** So many files a query may ask for before the reader does anything more, though always one of cards, later two. */
  const atFirst = 4;
  const entitiesAtFirst = 3;
  const valuesAtFirst = 10;

  function make(tag, settings = {}, ...inside) {
    const made = Object.assign(document.createElement(tag), settings);
    made.append(...inside);
    return made;
  }

  /** Puts `nodes` into `parent` in this order, moves only what has to move, and keeps the focus where it is. */
  function arrange(parent, nodes) {
    const focused = document.activeElement;
    nodes.forEach((node, i) => {
      if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] || null);
    });
    while (parent.children.length > nodes.length) parent.lastElementChild.remove();
    if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
  }

  function mark(card, terms) {
    for (const part of card.querySelectorAll("h3, .summary, .text, .status, .who a, .chain a")) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const all = [];
      while (texts.nextNode()) if (!texts.currentNode.parentElement.closest(".cited, .cite")) all.push(texts.currentNode);
      for (const text of all) {
        for (const [from, to] of marked(text.data, terms).reverse()) {
          const found = text.splitText(from);
          found.splitText(to - from);
          found.replaceWith(make("mark", { textContent: found.data }));
        }
      }
    }
  }

  function start() {
    const page = document.querySelector(".finder");
    const manifest = document.getElementById("search-index");
    if (!page || !manifest) return;
    if (!world.DecompressionStream) {
      page.before(document.getElementById("search-unable").content.cloneNode(true));
      return;
    }
    page.hidden = false;
    finder(page, JSON.parse(manifest.textContent));
  }

  function finder(page, manifest) {
    /** Since the last answer was shown. */
    let requests = 0;
    const index = open(manifest, (name, kind) => {
      requests++;
      return load(name, kind);
    });
    const part = (name) => page.querySelector(`.${name}`);
    const field = document.querySelector(".find input[name=q]");
    const [total, status, chips, sort, entities, results, pager, narrow, facets, problem] =
      ["total", "announced", "chips", "sort", "entities", "results", "turn", "narrow", "facet-groups", "problem"].map(part);
    const title = document.title;
    // The language of the page may be one that browsers do not know.
    const inLanguage = (made) => {
      try { return made(document.documentElement.lang); } catch (e) { return made([]); }
    };
    const number = inLanguage((language) => new Intl.NumberFormat(language)).format;
    const say = (name, values = {}) => (page.getAttribute(`data-${name}`) || "").replace(/\{(\w+)\}/g, (whole, key) => values[key]);
    const params = [...common.slice(0, 2), ...manifest.facets.map((facet) => facet.param), ...common.slice(2)];

    let state = read();
    let answer;
    let hasAsked = false;
    let turn = 0;
    const timers = {};
    const later = (name, milliseconds, then) => {
      clearTimeout(timers[name]);
      timers[name] = setTimeout(then, milliseconds);
    };

    /* The address. */

    function read() {
      const asked = new URLSearchParams(location.search);
      const chosen = params.map((param) => [param, [...new Set(asked.getAll(param))].filter(Boolean)]);
      return {
        q: asked.get("q") || "",
        facets: Object.fromEntries(chosen),
        sort: asked.get("sort") === "date" ? "date" : "",
        page: Math.max(1, parseInt(asked.get("page"), 10) || 1),
      };
    }

    function address({ q, facets, sort, page }) {
      const asked = new URLSearchParams();
      if (q) asked.set("q", q);
      for (const param of params) for (const value of facets[param]) asked.append(param, value);
      if (sort) asked.set("sort", sort);
      if (page > 1) asked.set("page", page);
      return `${location.pathname}${`${asked}` && `?${asked}`}`;
    }

    /** Changes what is asked for: `isStep` is what the reader can go back from. */
    function change(changed, isStep) {
      // What was typed a moment ago counts already.
      state = { ...state, q: field.value, page: 1, ...changed };
      clearTimeout(timers.scroll);
      isSettled = true;
      try {
        history[isStep ? "pushState" : "replaceState"](null, "", address(state));
      } catch (e) { /* a browser may forbid so many; the page goes on */ }
      return run();
    }

    /** Whether the query was sent, chosen from, or come back to. */
    let isSettled = true;

    /** Takes what stands in the field. The first letter after a settled query is a step. */
    function take() {
      const isStep = isSettled && state.q !== "" && field.value !== state.q;
      const taken = change({ q: field.value }, isStep);
      isSettled = false;
      return taken;
    }

    function choose(param, value, isChosen) {
      const rest = state.facets[param].filter((one) => one !== value);
      return change({ facets: { ...state.facets, [param]: isChosen ? [...rest, value] : rest } }, true);
    }

    /* From a query to what is shown. */

    async function run(scroll) {
      const mine = ++turn;
      clearTimeout(timers.type);
      clearTimeout(timers.announce);
      document.title = state.q ? `${state.q} – ${title}` : title;
      later("wait", 300, () => { if (mine === turn) total.textContent = say("searching"); });
      try {
        const isTyping = performance.now() < lastKey + 150 && !/["“”»]$/.test(state.q);
        const mayGuess = hasAsked && state.page < 2 && !isTyping;
        const found = await index.search(state, mayGuess && prepareCard);
        if (mine !== turn) return;
        clearTimeout(timers.wait);
        problem.hidden = true;
        const files = Math.max(hasAsked ? 2 : 1, atFirst - requests);
        answer = found;
        hasAsked ||= found.terms.length > 0;
        // The first cards are under way before anything is drawn, unless somebody is still typing.
        const seen = [found.found[(state.page - 1) * perPage], ...found.entities.slice(0, files > 1 && state.page < 2 ? 1 : 0)];
        if (performance.now() > lastKey + 150) seen.filter((id) => id !== undefined).forEach(prepareCard);
        show(files, scroll);
        requests = 0;
      } catch (error) {
        if (mine !== turn) return;
        // What stands there answers another question.
        results.replaceChildren();
        for (const one of [entities, pager, sort, narrow]) one.hidden = true;
        total.textContent = "";
        showChips();
        fail(error);
      }
    }

    function fail(error) {
      world.console.info(error);
      clearTimeout(timers.wait);
      clearTimeout(timers.announce);
      if (total.textContent === say("searching")) total.textContent = "";
      problem.hidden = false;
      status.textContent = say("failed");
    }

    /** Asks for a card; whoever shows it hears of what goes wrong. */
    const prepareCard = (id) => index.cards(index.place(id).name).catch(() => {});

    const isAsked = () => answer.terms.length > 0 || params.some((param) => state.facets[param].length);

    function show(files, scroll) {
      const many = answer.found.length;
      const pages = Math.max(1, Math.ceil(many / perPage));
      state.page = Math.min(state.page, pages);
      const none = say(answer.entities.length ? "named-alone" : "nothing");
      total.textContent = isAsked() ? (many ? say("results", { n: number(many) }) : none) : say("ask");
      later("announce", 700, () => { status.textContent = isAsked() ? total.textContent : ""; });
      narrow.hidden = false;
      sort.hidden = !answer.terms.length || many < 2;
      sort.querySelector("select").value = state.sort;
      showChips();
      showEntities(entitiesAtFirst);
      const first = (state.page - 1) * perPage;
      results.start = first + 1;
      results.replaceChildren(...answer.found.slice(first, first + perPage).map(listed));
      showPager(pages);
      showFacets();
      showCards(files, scroll);
    }

    const shownIn = new WeakMap();

    function listed(id) {
      const item = make("li", { className: "awaited" });
      shownIn.set(item, id);
      fill(item);
      return item;
    }

    /** Shows the card of a document if its file is here. */
    function fill(item) {
      const { name, index: at } = index.place(shownIn.get(item));
      const cards = index.here(name);
      if (!cards || !item.className) return;
      item.className = "";
      item.innerHTML = cards[at];
      mark(item, answer.terms);
    }

    function showEntities(count) {
      entities.hidden = !answer.entities.length || state.page > 1;
      const rest = answer.entities.length - count;
      entities.querySelector("ul").replaceChildren(...answer.entities.slice(0, count).map(listed));
      const more = entities.querySelector("button");
      more.hidden = rest <= 0;
      more.textContent = say("more-entities", { n: number(rest) });
      more.onclick = () => {
        const shown = answer.entities.length;
        showEntities(shown);
        showCards(shown);
      };
    }

    /* Cards are loaded as they come near the window, and before the reader moves only so many files of them. */

    let watcher;
    let showMore = () => {};

    function showCards(files, scroll) {
      if (watcher) watcher.disconnect();
      const mine = turn;
      // The first result and the first of what is called so come first, then the results, then the rest of it.
      const awaited = (list) => [...list.querySelectorAll(".awaited")];
      const [firstResult, ...rest] = awaited(results);
      const [firstEntity, ...others] = awaited(entities);
      const items = [firstResult, firstEntity, ...rest, ...others].filter(Boolean);
      const started = new Set();
      const near = new Set();
      const ask = async (item) => {
        const { name } = index.place(shownIn.get(item));
        if (!started.has(name) && started.size >= files) return;
        near.delete(item);
        const isNew = !started.has(name);
        started.add(name);
        if (!isNew) return;
        try {
          await index.cards(name);
          if (mine !== turn) return;
          items.forEach(fill);
          // Whoever looks on without a move sees the rest as well.
          later("more", 1000, () => showMore("0px"));
        } catch (error) {
          if (mine === turn) fail(error);
        }
      };
      let first = Promise.resolve();
      const askAll = () => first.then(() => [...near].sort((one, other) => items.indexOf(one) - items.indexOf(other)).forEach(ask));
      showMore = (around) => {
        files = Infinity;
        if (around === "100%") showMore = () => {};
        watch(around);
      };
      const watch = (rootMargin) => {
        if (watcher) watcher.disconnect();
        watcher = new IntersectionObserver((seen) => {
          for (const { target, isIntersecting } of seen) if (isIntersecting && target.className) near.add(target);
          // Whoever is still typing waits for words, not for cards.
          later("cards", lastKey + 150 - performance.now(), askAll);
        }, { rootMargin });
        items.forEach((item) => watcher.observe(item));
      };
      if (scroll !== undefined) {
        files = Infinity;
        Promise.all(items.map(ask)).then(() => {
          if (mine === turn) world.scrollTo(0, scroll);
        });
      } else {
        // The first are surely seen. On a slow line the others would hold them up.
        later("first", lastKey + 150 - performance.now(), () => {
          first = Promise.all(items.slice(0, firstResult && firstEntity ? 2 : 1).map(ask));
        });
        watch("0px");
      }
    }

    /* What is chosen, and pages of results. */

    const names = new Map();
    const isDate = (value) => /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(value);
    const monthName = (month) => say("months").split("|")[month - 1];

    function nameOf(param, value) {
      if (param === "date") {
        if (!isDate(value)) return value;
        const [year, month] = value.split("-");
        return month ? say("month", { year, month: monthName(month) }) : year;
      }
      if (param === "lang") {
        try { return inLanguage((language) => new Intl.DisplayNames(language, { type: "language" })).of(value); } catch (e) { return value; }
      }
      const kind = param === "type" && manifest.facets.find((facet) => facet.param === value);
      if (kind) return kind.title;
      return names.get(`${param}/${value}`) || (common.includes(param) && say(`${param}-${value}`)) || (param === "marking" ? value : value.replace(/-/g, " "));
    }

    const titleOf = (param) => say(`facet-${param}`) || manifest.facets.find((facet) => facet.param === param).title;

    function showChips() {
      const chosen = params.flatMap((param) => state.facets[param].map((value) => ({ param, value })));
      const list = chosen.map(({ param, value }, i) => {
        const name = `${titleOf(param)}: ${nameOf(param, value)}`;
        const button = make("button", { type: "button" }, make("bdi", { textContent: name }));
        button.setAttribute("aria-label", say("remove", { name }));
        button.onclick = async () => {
          await choose(param, value, false);
          (chips.querySelectorAll("button")[i] || chips.querySelector("button") || field).focus();
        };
        return make("li", {}, button);
      });
      if (list.length > 1) {
        const button = make("button", { type: "button", className: "all", textContent: say("remove-all") });
        button.onclick = () => {
          change({ facets: Object.fromEntries(params.map((param) => [param, []])) }, true);
          field.focus();
        };
        list.push(make("li", {}, button));
      }
      chips.hidden = !list.length;
      const focused = [...chips.querySelectorAll("button")].indexOf(document.activeElement);
      chips.replaceChildren(...list);
      if (focused >= 0) (list[Math.min(focused, list.length - 1)] || page).querySelector("button").focus();
      const isUnknown = ({ param, value }) => !common.includes(param) && !names.has(`${param}/${value}`);
      const unknown = chosen.filter(isUnknown);
      if (unknown.length) later("names", 500, () => learn(unknown));
    }

    /** Learns what those are called that are chosen by their addresses. */
    async function learn(unknown) {
      try {
        for (const { param, value } of unknown) names.set(`${param}/${value}`, await index.nameOf(param, value));
        if (answer && names.size) showChips();
      } catch (e) { /* its address is shown for it */ }
    }

    async function valuesOf(param, files) {
      const found = await index.values(param, files, answer.has);
      for (const { value, name } of found.list) names.set(`${param}/${value}`, name);
      return found;
    }

    function showPager(pages) {
      pager.hidden = pages < 2;
      const link = (to, rel) => {
        const made = make("a", { href: address({ ...state, page: to }), textContent: say(rel), rel });
        made.onclick = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
          event.preventDefault();
          change({ page: to }, true).then(() => {
            total.focus({ preventScroll: true });
            page.scrollIntoView();
          });
        };
        return make("li", { className: rel }, made);
      };
      const list = [make("li", { textContent: say("page", { n: number(state.page), of: number(pages) }) })];
      if (state.page > 1) list.unshift(link(state.page - 1, "prev"));
      if (state.page < pages) list.push(link(state.page + 1, "next"));
      pager.querySelector("ul").replaceChildren(...list);
    }

    /* Facets. */

    const options = new Map();

    /** The box of a value, made once. */
    function option(param, value, count) {
      const key = `${param}/${value}`;
      if (!options.has(key)) {
        const box = make("input", { type: "checkbox" });
        box.onchange = () => choose(param, value, box.checked);
        const name = make("span", { className: "name" }, make("bdi", { textContent: param === "date" && value[4] ? monthName(value.slice(5)) : nameOf(param, value) }));
        const many = make("span", { className: "count" });
        options.set(key, { item: make("li", {}, make("label", {}, box, " ", name, " ", many)), box, many });
      }
      const { item, box, many } = options.get(key);
      box.checked = state.facets[param].includes(value);
      many.textContent = number(count);
      return item;
    }

    const groups = params.map((param) => {
      const list = make("ul", { className: "values" });
      const group = make("details", { className: "facet", open: param === "type" || param === "date" }, make("summary", { textContent: titleOf(param) }), list);
      const facet = manifest.facets.find((one) => one.param === param);
      return facet ? ofKind(facet, group, list) : { group, show: () => ofSegments(param, group, list) };
    });
    facets.replaceChildren(...groups.map(({ group }) => group));

    function showFacets() {
      for (const { show } of groups) show();
    }

    function ofSegments(param, group, list) {
      const counts = answer.counts[param];
      const isShown = (value) => counts.get(value) || state.facets[param].includes(value);
      const known = param === "date"
        ? [...new Set([...counts.keys(), ...state.facets.date.filter(isDate)])].sort().reverse()
        : valuesIn[param];
      const values = known.filter(isShown);
      group.hidden = values.length < 2 && !state.facets[param].length;
      const item = (value) => option(param, value, counts.get(value) || 0);
      if (param !== "date") return arrange(list, values.map(item));
      const years = [...new Set(values.map((value) => value.slice(0, 4)))];
      arrange(list, years.map((year) => {
        const ofYear = item(year);
        let inside = ofYear.querySelector("details");
        if (!inside) {
          inside = make("details", {}, make("summary", { textContent: say("by-month", { year }) }), make("ul", { className: "values" }));
          inside.open = state.facets.date.some((value) => value.startsWith(`${year}-`));
          ofYear.append(inside);
        }
        arrange(inside.querySelector("ul"), values.filter((value) => value.startsWith(`${year}-`)).map(item));
        return ofYear;
      }));
    }

    /** The values that segments have, in the order in which the page names them, else the most frequent first. */
    const valuesIn = Object.fromEntries(common.map((param) => {
      const sums = new Map();
      for (const segment of manifest.segments) {
        const value = segment[param];
        if (value !== null && (param !== "type" || kinds.includes(value))) sums.set(value, (sums.get(value) || 0) + segment.count);
      }
      const named = page.getAttributeNames();
      const rank = (value) => named.indexOf(`data-${param}-${value}`);
      return [param, [...sums.keys()].sort((one, other) => rank(one) - rank(other) || sums.get(other) - sums.get(one))];
    }));

    /** A group of entities, whose files are loaded when it is opened. */
    function ofKind({ param, files }, group, list) {
      const filter = make("input", { type: "search", autocomplete: "off" });
      const note = make("p", { className: "note" });
      const more = make("button", { type: "button", textContent: say("more") });
      list.before(make("label", { className: "filter" }, make("span", { className: "visually-hidden", textContent: say("filter", { title: titleOf(param) }) }), filter));
      group.append(note, more);
      filter.placeholder = say("filter-short");
      let shown = valuesAtFirst;
      let most = 3;
      let last;

      const isMatch = ({ name }) => cutOf(name).some((word) => cutOf(filter.value).every((asked) => word.includes(asked)));
      const cutOf = (text) => fold(text).split(/\s+/).filter(Boolean);

      function showLoaded() {
        const chosen = state.facets[param];
        const values = last.list.filter((one) => (one.count || chosen.includes(one.value)) && (!filter.value.trim() || isMatch(one)));
        const visible = values.slice(0, shown);
        arrange(list, visible.map(({ value, count }) => option(param, value, count)));
        const isExact = last.isAll || (visible.length >= shown && visible[shown - 1].count >= last.last);
        more.hidden = values.length <= shown && last.isAll;
        note.hidden = isExact && !!visible.length;
        note.textContent = isExact ? say("no-values") : say("among", { n: number(last.list.length) });
      }

      async function show() {
        group.hidden = !files.length && !state.facets[param].length;
        if (!group.open) return;
        const mine = turn;
        try {
          for (let count = 1; count <= most; count++) {
            const found = await valuesOf(param, count);
            if (mine !== turn) return;
            last = found;
            if (found.isAll || (found.list[shown - 1] || { count: 0 }).count >= found.last) break;
          }
          showLoaded();
        } catch (error) {
          if (mine === turn) fail(error);
        }
      }

      filter.oninput = showLoaded;
      filter.onkeydown = (event) => { if (event.key === "Enter") event.preventDefault(); };
      more.onclick = () => {
        shown += 4 * valuesAtFirst;
        most += 3;
        show();
      };
      group.ontoggle = () => { if (answer) show(); };
      return { group, show };
    }

    /* What the reader does. */

    let lastKey = -Infinity;
    field.value = state.q;
    field.addEventListener("input", () => {
      lastKey = performance.now();
      clearTimeout(timers.announce);
      // The first letters of a word lead to files that the next letter makes useless; the fifth seldom does. The first
      // query has the page to load as well, and waits for whole words.
      const next = { ...state, q: field.value };
      const isLong = (hasAsked ? /\S{4}$|[^\0-\u052f]{2}$|[\s"”»]$/ : /[\s"”»]$/).test(field.value);
      const files = index.missing(next);
      if (files && files < 3 && isLong) index.prepare(next);
      // Whoever opens a quotation mark will close it behind a further word.
      const opened = /^(?:[^"]*"[^"]*")*[^"]*"[^"]*\s(?=[^"]*$)/.exec(field.value);
      if (opened) index.prepare({ ...next, q: `${opened[0]}"` }, 1);
      later("type", files && !isLong ? 160 + 40 * files : 80, take);
    });
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      lastKey = -Infinity;
      take();
      isSettled = true;
    });
    sort.querySelector("select").onchange = (event) => change({ sort: event.target.value }, true);
    problem.querySelector("button").onclick = () => run();
    history.scrollRestoration = "manual";
    world.addEventListener("popstate", () => {
      state = read();
      field.value = state.q;
      isSettled = true;
      run((history.state || {}).y || 0);
    });
    world.addEventListener("scroll", () => {
      showMore("100%");
      later("scroll", 150, () => history.replaceState({ y: Math.round(world.scrollY) }, ""));
    }, { passive: true });
    for (const moved of ["pointermove", "touchstart", "focusin"]) world.addEventListener(moved, () => showMore("100%"), { passive: true });
    const wide = world.matchMedia("(min-width: 60rem)");
    const fit = () => { part("narrow").open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    run((history.state || {}).y);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(this);
