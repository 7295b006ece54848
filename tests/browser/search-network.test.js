// The search over a slow network, on an archive that is made for it: of 2,000 briefings, or of BRIEF_SEARCH_BRIEFINGS,
// or on the site that BRIEF_SEARCH_SITE names; with BRIEF_SEARCH_TYPED all queries are typed, else all but one are pasted.
// Times are told; requests and bytes are held to what a phone can bear.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSite } from '../search/engine.mjs';
import { program } from './archives.js';
import { read } from './reader.js';
import { serve } from './server.js';

/** 1.6 Mbit/s and 150 ms, as Lighthouse has a phone. */
const network = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

const base = mkdtempSync(path.join(tmpdir(), 'brief-search-'));
after(() => rmSync(base, { recursive: true, force: true }));

function archive() {
  if (process.env.BRIEF_SEARCH_SITE) return process.env.BRIEF_SEARCH_SITE;
  const generate = fileURLToPath(new URL('../../target/debug/examples/generate', import.meta.url));
  const [root, site] = [path.join(base, 'archive'), path.join(base, 'site')];
  execFileSync(generate, ['--out', root, '--briefings', process.env.BRIEF_SEARCH_BRIEFINGS ?? '2000', '--claims', '2', '--events', '1', '--profiles']);
  execFileSync(program, ['build', '--quiet', '--root', root, '--output', site], { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e9 });
  return site;
}

/** Counts what comes over the network of a page, as it comes. */
async function counting(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  const seen = { requests: 0, bytes: 0, files: [] };
  const names = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    // The icon is the browser's own wish, and comes after all else.
    if (/\/icon\./.test(names.get(requestId))) return;
    seen.requests++;
    seen.bytes += encodedDataLength;
    seen.files.push(`${names.get(requestId).replace(/.*\//, '')} ${encodedDataLength}`);
  });
  return { seen, reset: () => Object.assign(seen, { requests: 0, bytes: 0, files: [] }) };
}

/** Waits for the first card, looking at every frame: a locator looks ten times a second. */
const cardShown = (page) => page.waitForFunction(() => document.querySelector('.results > li:first-child:not(.awaited)'));

describe('the search over a slow network', async () => {
  const site = archive();
  const { home, close } = await serve(site);
  after(close);
  const { index, manifest } = await openSite(site);
  const named = async (param) => (await index.values(param, 1, new Uint8Array(manifest.documents).fill(1))).list
    .map(({ name }) => name).filter((name) => /^\p{L}+( \p{L}+)?$/u.test(name));
  const [actors, places] = [await named('actors'), await named('locations')];
  const queries = process.env.BRIEF_SEARCH_QUERIES?.split('|')
    ?? [`${actors[0]} ${places[0]}`, actors[1], `${actors[2] ?? actors[0]} said`, `"${actors.find((name) => name.includes(' '))}"`, places.at(-1).slice(0, 5)];

  for (const [name, size] of [['a phone', { width: 390, height: 844 }], ['a desk', { width: 1280, height: 800 }]]) {
    test(`on ${name}: the first results take at most 8 requests and 300 kB, later ones 100 kB`, async (context) => {
      await read({ path: `${home}search/`, fresh: true, ...size, before: async (page) => { page.counted = await counting(page); } }, async (page) => {
        const { seen, reset } = page.counted;
        const field = page.locator('.find input[name=q]');
        for (const [turn, query] of queries.entries()) {
          if (turn) {
            await page.evaluate(() => { document.querySelector('.results').replaceChildren(); });
            await field.fill('');
            await page.waitForTimeout(1500);
            reset();
          }
          await field.focus();
          const start = performance.now();
          // How much is asked for on the way depends on how fast one types, so that is told and not held to anything.
          const isTyped = turn === 1 || process.env.BRIEF_SEARCH_TYPED !== undefined;
          if (isTyped) await page.keyboard.type(query, { delay: 60 });
          else await field.fill(query);
          const typed = performance.now();
          await page.waitForFunction(() => /Results|Nothing/.test(document.querySelector('.finder .total').textContent));
          const told = performance.now();
          await cardShown(page);
          const shown = performance.now();
          const { requests, bytes, files } = seen;
          await page.waitForLoadState('networkidle');
          context.diagnostic(`${name}, ${query}: ${await page.locator('.finder .total').textContent()}; typed in ${Math.round(typed - start)} ms, number after ${Math.round(told - typed)} ms, first result after ${Math.round(shown - typed)} ms; ${requests} requests, ${bytes} bytes; in all ${seen.requests}, ${seen.bytes}`);
          if (process.env.BRIEF_SEARCH_FILES) context.diagnostic(seen.files.join(', '));
          if (isTyped) continue;
          assert.ok(requests <= 8, `${requests} requests: ${files.join(', ')}`);
          assert.ok(bytes < (turn ? 100_000 : 300_000), `${bytes} bytes: ${files.join(', ')}`);
        }
      });
    });
  }

  test('an address with a query is answered with at most 8 requests', async (context) => {
    await read({ path: 'about:blank', fresh: true }, async (page) => {
      const { seen } = await counting(page);
      const start = performance.now();
      await page.goto(`${home}search/?q=${queries[0]}`, { waitUntil: 'commit' });
      await cardShown(page);
      const shown = performance.now();
      const { requests, bytes } = seen;
      context.diagnostic(`by its address: first result after ${Math.round(shown - start)} ms; ${requests} requests, ${bytes} bytes`);
      assert.ok(requests <= 8 && bytes < 300_000, seen.files.join(', '));
    });
  });
});
