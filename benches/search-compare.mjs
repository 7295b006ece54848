#!/usr/bin/env node
// Compares the search of a built site with Pagefind on the same pages, and prints a table for docs/search.md.
//
//     benches/search-compare.mjs SITE PAGEFIND        SITE was built by `brief` with English as its language; PAGEFIND is
//                                                 the program, as `npm install pagefind` brings it
//
// Pagefind is given the briefings' pages alone (`--glob`), and of them what stands in `main`; `brief` has all briefings,
// claims, events and entities in its index. What Pagefind writes, the processor time and the memory that it takes are
// those of one run. A first query is asked by a Chromium without a cache: the page, what it loads, the words, and ten
// results; bytes are those on the wire, with texts packed by gzip. Expected of each query is what a scan of the pages
// finds: the briefings whose text holds the word in any form that docs/search.md gives it; Pagefind may find more, since
// it also has the sources and the titles of other briefings that stand on a page. Needs tests/browser's
// modules (`npm ci` there) and /usr/bin/time.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSite, parts } from '../tests/search/engine.mjs';
import { serve } from '../tests/browser/server.js';

const { chromium } = createRequire(new URL('../tests/browser/package.json', import.meta.url))('playwright-core');
const [site, pagefind] = process.argv.slice(2).map((one) => path.resolve(one));
const work = mkdtempSync(path.join(tmpdir(), 'search-compare-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile()).map((one) => path.join(one.parentPath ?? one.path, one.name));
const weight = (all) => ({ files: all.length, bytes: all.reduce((sum, one) => sum + statSync(one).size, 0) });

/** The site with Pagefind's files beside its own. */
function withPagefind() {
  const folder = path.join(work, 'site');
  mkdirSync(folder);
  for (const name of readdirSync(site)) {
    if (name !== '_headers') symlinkSync(path.join(site, name), path.join(folder, name));
  }
  // Pagefind asks the policy for `wasm-unsafe-eval`, which a site by `brief` does not grant.
  writeFileSync(path.join(folder, '_headers'), '');
  const made = process.env.PAGEFIND_OUTPUT;
  const output = path.join(folder, 'pagefind');
  let cost = 'not measured';
  if (made) symlinkSync(path.resolve(made), output);
  else {
    const told = spawnSync('/usr/bin/time', ['-f', '%U %S %M', pagefind, '--site', site, '--glob', 'briefings/**/index.html',
      '--root-selector', 'main', '--output-path', output], { encoding: 'utf8' }).stderr.trim().split('\n').at(-1).split(' ').map(Number);
    cost = `${(told[0] + told[1]).toFixed(1)} s, ${Math.round(told[2] / 1024)} MiB`;
  }
  writeFileSync(path.join(folder, 'pagefind.html'), '<!doctype html><title>Pagefind</title><link rel=icon href="data:,"><script src="pagefind-page.js" type="module"></script>');
  writeFileSync(path.join(folder, 'pagefind-page.js'), `
    const pagefind = await import('./pagefind/pagefind.js');
    window.ask = async (words) => {
      const { results } = await pagefind.search(words);
      await Promise.all(results.slice(0, 10).map((one) => one.data()));
      return results.length;
    };`);
  return { folder, cost, ...weight(files(made ? path.resolve(made) : output)) };
}

/** The words of each briefing's page, in every form, as sets. */
function scan() {
  const found = [];
  for (const file of files(path.join(site, 'briefings')).filter((one) => one.endsWith('index.html'))) {
    const html = readFileSync(file, 'utf8');
    if (!/<body class="briefing"/.test(html)) continue;
    // What stands around the text, such as sources and other briefings, is in nobody's index or in one of the two.
    const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)[1];
    const own = main.replace(/<(section|nav)(?![^>]*class="tags)[^>]*>[\s\S]*?<\/\1>/g, ' ');
    found.push(own.replace(/<[^>]+>/g, ' '));
  }
  return found;
}

/** Ten queries of a script: five words as they stand, and five with a short word written onto them. */
function queries(texts, script, prefix) {
  const word = new RegExp(`(?<!\\p{L})\\p{Script=${script}}{4,}(?!\\p{L})`, 'gu');
  const counts = new Map();
  for (const text of texts) for (const one of new Set(text.match(word))) counts.set(one, (counts.get(one) ?? 0) + 1);
  const words = [...counts].filter(([, count]) => count > 1 && count < texts.length / 20)
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([one]) => one).filter((one, i) => i % 3 === 0).slice(0, 10);
  return words.map((one, i) => i % 2 ? prefix + one : one);
}

const forms = (word) => Array.from(parts.forms(Array.from(parts.cut(Array.from(parts.fold(word)), true))[0].text));

function expected(folded, query) {
  const asked = forms(query);
  return folded.filter((text) => text.includes(asked.at(-1)) && Array.from(parts.cut(Array.from(text), false))
    .some((word) => parts.forms(word.text).some((form) => asked.includes(form)))).length;
}

async function browse(folder, look) {
  const { home, close } = await serve(folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const seen = { requests: 0, bytes: 0 };
  // By the page and not by the debugger, which would not see what a worker asks for.
  page.on('requestfinished', async (request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    seen.requests++;
    seen.bytes += Math.max(0, responseBodySize) + responseHeadersSize;
  });
  await look(page, home, seen);
  await browser.close();
  close();
}

const { index, manifest } = await openSite(site);
const ours = weight([...files(path.join(site, 'search/data')), path.join(site, 'search/index.html')]);
const theirs = withPagefind();
const texts = scan();
const folded = texts.map((text) => String(parts.fold(text)));
const [arabic, hebrew] = [queries(texts, 'Arabic', 'و'), queries(texts, 'Hebrew', 'ו')];
const common = process.env.QUERY ?? arabic[0];

const first = {};
await browse(theirs.folder, async (page, home, seen) => {
  await page.goto(`${home}pagefind.html`);
  await page.waitForFunction(() => window.ask);
  await page.evaluate((words) => window.ask(words), common);
  await page.waitForTimeout(500);
  first.theirs = { ...seen };
  for (const query of [...arabic, ...hebrew]) (first.found ??= {})[query] = await page.evaluate((words) => window.ask(words), query);
});
await browse(site, async (page, home, seen) => {
  await page.goto(`${home}search/?q=${encodeURIComponent(common)}`);
  await page.locator('.results > li:first-child:not(.awaited)').waitFor();
  await page.mouse.move(10, 10);
  for (let left; (left = page.locator('.awaited').first()) && (await left.count());) {
    await left.scrollIntoViewIfNeeded().catch(() => {});
    await page.waitForTimeout(50);
  }
  first.ours = { ...seen };
});

const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
console.log(`${texts.length} briefings, ${manifest.documents} documents\n`);
console.log('| | `brief` | Pagefind |\n| --- | --- | --- |');
console.log(`| files | ${ours.files} | ${theirs.files} |\n| bytes | ${kB(ours.bytes)} | ${kB(theirs.bytes)} |`);
console.log(`| a first query and its ten results: requests | ${first.ours.requests} | ${first.theirs.requests} |`);
console.log(`| bytes | ${kB(first.ours.bytes)} | ${kB(first.theirs.bytes)} |`);
console.log(`| time of the processor, memory | | ${theirs.cost} |`);
for (const [name, list] of [['Arabic', arabic], ['Hebrew', hebrew]]) {
  let [whole, here, there] = [0, 0, 0];
  for (const query of list) {
    const wanted = expected(folded, query);
    const found = (await index.search({ q: `${query} `, facets: { type: ['briefing'] } })).found.length;
    console.error(`${name} ${query}: expected ${wanted}, brief ${found}, Pagefind ${first.found[query]}`);
    whole++;
    here += found >= wanted ? 1 : 0;
    there += first.found[query] >= wanted ? 1 : 0;
  }
  console.log(`| ${name} queries that find all that a scan finds | ${here} of ${whole} | ${there} of ${whole} |`);
}
