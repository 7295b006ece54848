// The sites that the tests look at: this repository's own archive and small ones that are written here, all built by
// the program under test into one temporary folder.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { png } from './png.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
export const program = process.env.BRIEF_BIN
  ? path.resolve(process.env.BRIEF_BIN)
  : path.join(repository, 'target/debug/brief');

/** Nothing that these archives publish is later. */
const asOf = '2026-12-01T00:00Z';

/** The image of the desk's archive, in pixels: wider than any text column. */
export const picture = { width: 1600, height: 900 };

/** A word that no hyphen breaks and an address of the same sort: phones must not scroll sideways for them. */
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
export const longAddress = `https://ministry.example/${'a-very-long-path-that-nobody-shortened/'.repeat(4)}text.html`;

/** An archive with every kind of page. */
const desk = {
  'brief.toml': `title = "Ceasefire desk"
description = "What is said about the talks, by whom, and who denies it."
base_url = "https://desk.example/"
authority = "desk.example,2025"
license = "CC-BY-4.0"
[kinds.topic]
key = "topics"
path = "topics"
[outputs]
balance = true
[lists]
per_page = 3
`,
  'content/pages/about.md': `---
title: About this desk
---
We read, and we say who says what. Write to \`desk@desk.example\`.

## How we work

1. We read.
2. We cite.
`,
  'content/actors/hamas.md': `---
name: Hamas
type: organisation
aliases: [Islamic Resistance Movement]
names: {ar: حماس, he: חמאס}
founded: 1987
links: [https://hamas.example/]
description: A movement.
---
A profile has words of its own.
`,
  'content/actors/bassem-naim.md': `---
name: Bassem Naim
type: person
speaks_for: Hamas
---
`,
  'content/actors/united-states.md': '---\nname: United States\ntype: state\n---\n',
  'content/actors/office.md': `---\nname: ${longWord}\ntype: government body\n---\n`,
  'content/locations/gaza-strip.md': '---\nname: Gaza Strip\ntype: region\n---\n',
  'content/locations/khan-younis.md': '---\nname: Khan Younis\ntype: city\nparent: Gaza Strip\n---\n',
  'content/locations/doha.md': '---\nname: Doha\ntype: city\n---\n',
  'content/topics/hostage-talks.md': '---\nname: Hostage talks\n---\n',
  'content/briefings/2025-05-15-direct-talks/index.md': `---
title: Hamas official says the movement talks to Washington directly; US officials deny it
date: 2025-05-15
updated: 2025-05-16
summary: Bassem Naim says so in an interview; US officials, not named, deny it.
topics: [Hostage talks]
actors: [${longWord}]
aliases: [/old/direct-talks/]
events:
  - id: strike
    date: 2025-05-13
    text: A strike in Khan Younis.
    per: Hamas
    actors: [{id: United States, role: target}]
    locations: [Khan Younis]
    figures: [{what: killed, value: 28, min: 20, max: 30, per: Hamas, date: by 2025-05-14}]
    sources: [jpost]
  - {id: meeting, date: 2025-05-18, status: planned, text: A meeting is planned., locations: [Doha], sources: [ministry]}
claims:
  - id: direct-talks
    by: Bassem Naim
    about: [United States]
    date: 2025-05-15
    text: Hamas is in direct talks with the United States.
    told: Sky News in Arabic
    via: [Israeli media]
    locations: [Doha]
    sources: [jpost]
    responses:
      - {by: {unnamed: US officials, of: United States}, stance: denies, date: by 2025-05-15, text: There are none., sources: [jpost]}
  - {id: offer, class: offer, by: Hamas, date: 2025-05-15, text: "The movement would return all hostages at once.", sources: [ministry]}
  - {id: unanswered, by: Hamas, date: 2025-05, text: The talks will go on., sources: [ministry]}
sources:
  jpost:
    title: Senior Hamas official claims direct talks with US
    publisher: The Jerusalem Post
    published: 2025-05-15
    accessed: 2025-05-15
    url: https://www.jpost.example/breaking-news/article-854137
    archived: https://archive.example/854137
    kind: article
  ministry: {title: Text of the proposal, publisher: Ministry, url: "${longAddress}"}
corrections:
  - {date: 2025-05-16, kind: correction, of: "#direct-talks", text: The name of the broadcaster was wrong.}
---

[[Bassem Naim]] of [[Hamas|the movement]] says that it is [[#direct-talks|in direct talks]] [@jpost]. The proposal is
public [@ministry].

![The room of the talks](room.png "The room. Photograph: the desk")

After the picture the text goes on, with a note.[^1] ${longWord} has no hyphen, and ${longAddress} no blank.

## What the table says

| Side | What it says about the talks | Since | Until | Where | On what evidence |
| --- | --- | --- | --- | --- | --- |
| Hamas | They are direct | 2025-05-15 | 2025-05-16 | Doha | Unpublished-minutes-of-the-first-meeting |
| United States | They are not | 2025-05-15 | 2025-05-16 | Washington | None |

> A quotation of somebody.

\`\`\`text
a line of fixed width that is longer than any phone is wide, and that nobody may break in the middle of it
\`\`\`

- [x] read
- [ ] called back

[^1]: The note.
`,
  'content/briefings/2025-05-15-direct-talks/index.ar.md': `---
title: مسؤول في حماس يقول إن الحركة تتحدث مع واشنطن مباشرة
summary: قال باسم نعيم ذلك في مقابلة.
claims:
  direct-talks: حماس في محادثات مباشرة مع الولايات المتحدة.
---

يقول [[Bassem Naim|باسم نعيم]] ذلك في مقابلة مع قناة سكاي نيوز العربية، وينفيه مسؤولون أمريكيون لم تذكر أسماؤهم [@jpost].
`,
  'content/briefings/2025-05-15-direct-talks/room.png': png(picture.width, picture.height),
  'content/briefings/2025-05-20-what-came-of-it.md': `---
title: What came of it
summary: A finding, and an answer.
actors: [Hamas]
locations: [Doha]
responses:
  - {claim: "2025-05-15-direct-talks#direct-talks", by: Hamas, stance: restates, date: 2025-05-20, text: It is so., sources: [letter]}
findings:
  - {claim: "2025-05-15-direct-talks#direct-talks", status: partly, confidence: moderate, date: 2025-05-20, sources: [letter], note: The letter says so.}
sources:
  letter: {title: A letter, publisher: The desk, kind: document}
---
See [[2025-05-15-direct-talks]] [@letter].
`,
  'content/briefings/2025-05-21-taken-back.md': `---
title: What we should not have written
actors: [Hamas]
corrections:
  - {date: 2025-05-22, kind: retraction, of: 2025-05-21-taken-back, text: The document was forged.}
---
Words that are taken back.
`,
};
for (const [day, title] of [['02-27', 'A deadline passes'], ['03-02', 'Aid stops'], ['06-01', 'A truce is offered'], ['06-02', 'A truce is refused']]) {
  desk[`content/briefings/2025-${day}-${title.toLowerCase().replaceAll(' ', '-')}.md`] = `---
title: ${title}
summary: ${title}, by the account of both sides.
actors: [Hamas, United States]
locations: [Khan Younis]
---
${title}. Nothing was said in public.
`;
}

/** An archive in a language that is written from the right. */
const arabic = {
  'brief.toml': `title = "مكتب الهدنة"
base_url = "https://desk.example/"
language = "ar"
`,
  'content/actors/hamas.md': '---\nname: حماس\ntype: organisation\naliases: [Hamas]\n---\nحركة.\n',
  'content/locations/doha.md': '---\nname: الدوحة\ntype: city\n---\n',
  'content/briefings/2025-05-15-talks.md': `---
title: المحادثات في الدوحة مستمرة
summary: استمرت المحادثات في الدوحة لليوم الثالث، ولم يعلن شيء.
actors: [حماس]
locations: [الدوحة]
claims:
  - {id: talks, by: حماس, date: 2025-05-15, text: "الحركة في محادثات مباشرة مع الولايات المتحدة.", sources: [post]}
sources:
  post: {title: "مسؤول يقول إن المحادثات مباشرة", publisher: "الصحيفة", url: "https://paper.example/1"}
---
استمرت المحادثات في [[الدوحة]] لليوم الثالث، ولم يعلن شيء عن نتائجها حتى مساء اليوم [@post].
`,
};

/** An archive with an edition that is not for everybody, and a page of each label. */
const inner = {
  'brief.toml': `title = "Ceasefire desk"
[marking]
default = "clear"
[editions.inner]
admits = ["clear", "green", "amber", "amber+strict"]
`,
  'content/briefings/2025-05-15-clear.md': '---\ntitle: For everybody\ntlp: clear\n---\nWords.\n',
  'content/briefings/2025-05-16-green.md': '---\ntitle: For the community\ntlp: green\n---\nWords.\n',
  'content/briefings/2025-05-17-talks.md': `---
title: Talks of which not everybody may know
actors: [Hamas]
locations: [Doha]
claims:
  - {id: talks, by: Hamas, text: There are talks., tlp: amber, sources: [post], responses: [{by: {unnamed: officials}, stance: denies, tlp: green}]}
events:
  - {id: strike, text: Aircraft strike., date: 2025-05-17, locations: [Doha], tlp: green, figures: [{what: killed, value: 2, tlp: amber}]}
sources:
  post: {title: Talks, publisher: The Post, tlp: green}
corrections:
  - {date: 2025-05-18, kind: correction, text: A name was wrong., tlp: amber}
---
::: tlp amber
Words for some.
:::

${'There was much to say, and more to hear. '.repeat(150)}
`,
  'content/briefings/2025-05-18-strict.md': `---
title: محادثات لا يعلمها الجميع
lang: ar
tlp: amber+strict
---
${'استمرت المحادثات في الدوحة لليوم الثالث، ولم يعلن شيء. '.repeat(150)}

::: tlp amber
كلمات للبعض.
:::
`,
};

/** The least that makes a site: no base URL, so that its links are relative. */
const single = {
  'brief.toml': 'title = "One briefing"\n',
  'content/briefings/2025-05-15-talks-in-doha.md': `---
title: Talks in Doha go on
actors: [Israel, Hamas]
locations: [Doha]
---
The talks in [[Doha]] went on for a third day. Nothing was said in public.
`,
};

/** One old briefing without a summary, in a language that browsers do not know by this tag. */
const old = {
  'brief.toml': 'title = "Annals"\nlanguage = "en-GB-oed"\n',
  'content/briefings/0987-06-01-election.md': `---
title: An assembly at Senlis
actors: [Hugh Capet]
---
The magnates choose [[Hugh Capet|the duke]] as king.

- Adalberon speaks
- Charles is passed over
`,
};

/**
 * Builds every site below a temporary folder, `base`; `folders` are those of the sites, by name.
 * @returns {Promise<{base: string, folders: Record<string, string>}>}
 */
export async function buildSites() {
  const base = await mkdtemp(path.join(tmpdir(), 'brief-browser-'));
  const roots = { desk: await write(base, 'desk', desk), arabic: await write(base, 'arabic', arabic), inner: await write(base, 'inner', inner), single: await write(base, 'single', single), old: await write(base, 'old', old) };
  const folders = {};
  const build = async (name, root, ...options) => {
    folders[name] = path.join(base, 'sites', name);
    await mkdir(path.dirname(folders[name]), { recursive: true });
    await run(['build', '--quiet', '--root', root, '--as-of', asOf, '--output', folders[name], ...options]);
  };
  await Promise.all([
    build('bundled', repository),
    build('bundled under a path', repository, '--base-url', 'https://briefings.example/archive/'),
    build('bundled on disk', repository, '--from-disk'),
    build('desk', roots.desk),
    build('desk under a path', roots.desk, '--base-url', 'https://desk.example/archive/'),
    build('desk on disk', roots.desk, '--from-disk'),
    build('arabic', roots.arabic),
    build('inner', roots.inner, '--edition', 'inner'),
    build('single', roots.single),
    build('single on disk', roots.single, '--from-disk'),
    build('old', roots.old),
  ]);
  return { base, folders };
}

/**
 * One page of every sort that stands in a site, the longest of its sort: what is longest shows most. A sort is what
 * the body's class says, and for dates how deep the page lies.
 * @returns {Promise<[string, string][]>} the sort and the page's path below the site's root
 */
export async function pageOfEverySort(folder) {
  const found = new Map();
  for (const entry of (await readdir(folder, { recursive: true })).sort()) {
    if (!entry.endsWith('.html')) continue;
    const text = await readFile(path.join(folder, entry), 'utf8');
    const parts = entry.split(path.sep);
    const depth = parts[0] === 'dates' ? ` ${parts.length - 1}` : '';
    const sort = `${/<body class="([^"]*)"/.exec(text)?.[1] ?? 'redirect'}${depth}`;
    if (text.length > (found.get(sort)?.length ?? 0)) {
      found.set(sort, { length: text.length, at: parts.join('/').replace(/index\.html$/, '') });
    }
  }
  return [...found].map(([sort, { at }]) => [sort, at]);
}

async function write(base, name, files) {
  const root = path.join(base, 'archives', name);
  for (const [file, content] of Object.entries(files)) {
    const to = path.join(root, file);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, content);
  }
  return root;
}

async function run(options) {
  try {
    await promisify(execFile)(program, options, { env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    throw new Error(`${program} ${options.join(' ')}\n${error.stderr || error.message}`, { cause: error });
  }
}
