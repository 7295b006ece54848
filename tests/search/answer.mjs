#!/usr/bin/env node
// Answers queries from the index of a built site, by the script of its search page and without a browser:
//
//     node tests/search/answer.mjs SITE < queries.jsonl > answers.jsonl
//
// A query is a line {"q": "words", "facets": {"type": ["claim"], "actors": ["hamas"]}, "sort": "date"}, of which each
// key may be missing. Its answer is a line {"found": [...], "entities": [...]}: addresses, all of them and by rank,
// from the root of the site and without a slash before them (`claims/2025-05-15-talks/direct/`).

import process from 'node:process';
import readline from 'node:readline';
import { openSite } from './engine.mjs';

const { index } = await openSite(process.argv[2]);

/** The address that a document's card leads to. */
async function address(id) {
  const { name, index: at } = index.place(id);
  const card = (await index.cards(name))[at];
  // An event's own words lead nowhere; what leads to it is the last line before its other tellings.
  const found = card.startsWith('<div class="event"')
    ? [...card.split('<ul class="tellings">')[0].matchAll(/<p class="from">.*?<a href="([^"]*)"/g)].at(-1)
    : /<(?:h3|p class="text")[^>]*>\s*<a href="([^"]*)"/.exec(card);
  if (!found) throw new Error(`no link in the card of document ${id}: ${card}`);
  const { pathname, hash } = new URL(found[1].replaceAll('&amp;', '&'), 'https://site.example/search/');
  return decodeURIComponent(pathname).slice(1) + decodeURIComponent(hash);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { found, entities } = await index.search(JSON.parse(line));
  const answer = { found: await Promise.all(found.map(address)), entities: await Promise.all(entities.map(address)) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
