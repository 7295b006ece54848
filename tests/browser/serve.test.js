// `brief serve`, with an editor at one end and a browser at the other.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { program } from './archives.js';
import { read } from './reader.js';

const talks = 'content/briefings/2025-05-15-talks.md';
const paragraphs = Array.from({ length: 80 }, (_, number) => `Paragraph ${number}.\n`).join('\n');
const briefing = (words) => `---\ntitle: Talks in Doha\nactors: [Hamas]\n---\n${words}\n\n${paragraphs}`;
const red = 'main { outline-color: rgb(255, 0, 0) }';

/** How many briefings the archive has in which it is measured how long an edit takes. */
const count = Number(process.env.BRIEF_SERVE_BRIEFINGS ?? 2000);
/** One that is there already: its folder, and a briefing of it as `content/briefings/FILE.md=briefings/ADDRESS/`. */
const large = process.env.BRIEF_SERVE_ARCHIVE && {
  root: process.env.BRIEF_SERVE_ARCHIVE,
  file: process.env.BRIEF_SERVE_PAGE.split('=')[0],
  address: process.env.BRIEF_SERVE_PAGE.split('=')[1],
};

const folder = await mkdtemp(path.join(tmpdir(), 'brief-serve-'));
const write = async (name, text) => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), text);
};
await write('brief.toml', 'title = "Desk"\ntheme = "own"\n');
await write(talks, briefing('Talks go on.'));
await write('themes/own/static/style.css', red);
await write('content/pages/folded.md', '---\ntitle: Folded\n---\n<details><summary>More</summary>Inside</details>\n');

/** Runs `brief serve` on the archive in `root`. */
async function serving(root) {
  const server = spawn(program, ['serve', '--root', root, '--port', '0', '--as-of', '2026-12-01T00:00Z']);
  const home = await new Promise((said, failed) => {
    let all = '';
    server.stderr.on('data', (data) => {
      all += data;
      const found = /serving (\S+)/.exec(all);
      if (found) said(found[1]);
    });
    server.on('exit', () => failed(new Error(all)));
  });
  return { home, stop: () => server.kill('SIGKILL') };
}

const { home, stop } = await serving(folder);
after(async () => {
  stop();
  await rm(folder, { recursive: true, force: true });
});
const page = `${home}briefings/2025/05/15/talks/`;

/** Reads a page that follows what is served; what a reload breaks off is no fault. */
const follow = (address, look) =>
  read({ path: address, fresh: true }, async (tab, seen) => {
    await look(tab);
    assert.deepEqual(seen.filter((one) => !one.includes('_brief/events') && !one.includes('favicon.ico')), []);
  });

/** Waits until the page says `words`. */
const says = (tab, words) => tab.waitForFunction((words) => document.body?.innerText.includes(words), words);

describe('under brief serve', { concurrency: false }, () => {
  test('an edit shows by itself, where the reader was', async () => {
    await follow(page, async (tab) => {
      await tab.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
      await write(talks, briefing('Talks ended.'));
      await says(tab, 'Talks ended.');
      await tab.waitForFunction(() => scrollY > 0);
      assert.equal(await tab.evaluate(() => scrollY), 900);
      await write(talks, briefing('Talks go on.'));
      await says(tab, 'Talks go on.');
      assert.equal(await tab.evaluate(() => scrollY), 900);
    });
  });

  test('what was unfolded stays so, and the focus where it was', async () => {
    await follow(`${home}folded/`, async (tab) => {
      await tab.locator('summary', { hasText: 'More' }).click();
      await tab.evaluate(() => { window.old = true; });
      await write(talks, briefing('Talks were held.'));
      await tab.waitForFunction(() => window.old === undefined && document.readyState === 'complete');
      assert.ok(await tab.evaluate(() => document.querySelector('main details').open));
      assert.equal(await tab.evaluate(() => document.activeElement.textContent), 'More');
    });
  });

  test('a new style sheet is taken without a reload', async () => {
    await follow(page, async (tab) => {
      const colour = () => tab.$eval('main', (main) => getComputedStyle(main).outlineColor);
      assert.equal(await colour(), 'rgb(255, 0, 0)');
      await tab.evaluate(() => { window.same = true; });
      for (const wanted of ['rgb(0, 0, 255)', 'rgb(0, 128, 0)']) {
        await write('themes/own/static/style.css', `main { outline-color: ${wanted} }`);
        await tab.waitForFunction(
          (wanted) => getComputedStyle(document.querySelector('main')).outlineColor === wanted,
          wanted,
        );
        assert.equal(await tab.evaluate(() => window.same), true, 'the page was not loaded again');
        await tab.waitForFunction(() => document.querySelectorAll('link[rel~="stylesheet"]').length === 1);
      }
      await write(talks, briefing('After the styles.'));
      await says(tab, 'After the styles.');
      assert.equal(await colour(), 'rgb(0, 128, 0)');
    });
  });

  test('mistakes are listed over the last good page, and go when they are mended', async () => {
    await follow(page, async (tab) => {
      await tab.evaluate(() => scrollTo({ top: 500, behavior: 'instant' }));
      await write(talks, briefing('Never shown.').replace('title:', 'titel:'));
      const dialog = tab.locator('brief-mistakes dialog');
      await dialog.waitFor();
      const text = await dialog.innerText();
      for (const words of ['1 error', `${talks}:2:1`, '2 | titel: Talks in Doha', '  | ^^^^^', 'did you mean `title`?']) {
        assert.ok(text.includes(words), `${words} in\n${text}`);
      }
      assert.ok(!(await tab.evaluate(() => document.body.innerText)).includes('Never shown.'), 'the last good page stays');
      assert.equal(await dialog.evaluate((dialog) => getComputedStyle(dialog).backgroundColor), 'rgb(27, 27, 31)', 'it has its style');
      assert.ok(await tab.evaluate(() => document.querySelector('brief-mistakes').shadowRoot.activeElement !== null), 'the keyboard is in it');
      await tab.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await write(talks, briefing('Never shown.').replace('title:', 'tittle:'));
      await dialog.waitFor();
      assert.ok((await dialog.innerText()).includes('tittle'), 'another mistake shows again');
      await write(talks, briefing('Mended.'));
      await says(tab, 'Mended.');
      await dialog.waitFor({ state: 'detached' });
      assert.equal(await tab.evaluate(() => scrollY), 500);
    });
  });

  test('text of authors in a mistake is text', async () => {
    await follow(page, async (tab) => {
      await write(talks, briefing('x').replace('title:', '"<img src=x onerror=stranger()>":'));
      const dialog = tab.locator('brief-mistakes dialog');
      await dialog.waitFor();
      assert.ok((await dialog.innerText()).includes('<img src=x'));
      assert.equal(await dialog.locator('img').count(), 0);
      await write(talks, briefing('Back.'));
      await says(tab, 'Back.');
    });
  });

  test(`from the save to the page among ${count} briefings: how long it takes`, async (t) => {
    const { root, file, address } = large ?? (await generated(count));
    const before = await readFile(path.join(root, file), 'utf8');
    const template = 'templates/briefing.html';
    const server = await serving(root);
    try {
      await follow(server.home + address, async (tab) => {
        // Every page of the first site is drawn once, in the background.
        await tab.waitForTimeout(Number(process.env.BRIEF_SERVE_WAIT ?? 0));
        t.diagnostic(`a text: ${await measured(tab, path.join(root, file), (words) => `${before}\n\n${words}\n`)}`);
        await mkdir(path.join(root, 'templates'), { recursive: true });
        const drawn = (words) => `<!doctype html><html lang="en"><title>T</title><body><p>${words} {{ page.title }}</p>`;
        t.diagnostic(`a template: ${await measured(tab, path.join(root, template), drawn)}`);
      });
    } finally {
      server.stop();
      await rm(path.join(root, template), { force: true });
      if (large) await writeFile(path.join(root, file), before);
      else await rm(root, { recursive: true, force: true });
    }
  });
});

/** An archive of `count` briefings, each of which names some of many actors; with one of them. */
async function generated(count) {
  const root = await mkdtemp(path.join(tmpdir(), 'brief-serve-'));
  await writeFile(path.join(root, 'brief.toml'), 'title = "Desk"\n');
  const day = (number) => new Date(Date.UTC(2010, 0, 1 + (number % 5000))).toISOString().slice(0, 10);
  const actor = (number) => `Actor ${['Ash', 'Birch', 'Elm', 'Fir', 'Oak', 'Yew'][number % 6]} ${Math.floor(number / 6) % 40}`;
  await mkdir(path.join(root, 'content/briefings'), { recursive: true });
  for (let number = 0; number < count; number += 1) {
    const names = [1, 7, 31].map((step) => actor(number * step));
    const text = `---
title: Briefing ${number}
actors: [${[...new Set(names)].join(', ')}]
locations: [Doha]
claims:
  - {id: said, by: ${names[0]}, text: So it is said ${number} times.}
---
${names[1]} met ${names[2]} in Doha.

${paragraphs.slice(0, 1500)}`;
    await writeFile(path.join(root, `content/briefings/${day(number)}-b${number}.md`), text);
  }
  const middle = Math.floor(count / 2);
  return {
    root,
    file: `content/briefings/${day(middle)}-b${middle}.md`,
    address: `briefings/${day(middle).replaceAll('-', '/')}/b${middle}/`,
  };
}

/** Saves a file five times, and says how long it took each time until the browser showed it. */
async function measured(tab, file, text) {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const words = `Round ${round} of five.`;
    // The tab itself says when it shows the words: whoever asks it again and again takes its time away.
    const shown = tab.waitForFunction((words) => document.body?.innerText.includes(words), words, { polling: 'raf' });
    await tab.waitForTimeout(600);
    const saved = performance.now();
    await writeFile(file, text(words));
    await shown;
    times.push(Math.round(performance.now() - saved));
  }
  times.sort((a, b) => a - b);
  return `from the save to the page ${times[2]} ms at the median of five, ${times[0]} to ${times[4]} ms`;
}
