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
    assert.deepEqual(seen.filter((one) => !one.includes('_brief/events')), []);
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
      for (const words of ['2 errors', `${talks}:2:1`, '2 | titel: Talks in Doha', '  | ^^^^^', 'did you mean `title`?']) {
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

  test('from the save to the page: how long it takes', async (t) => {
    await follow(page, async (tab) => {
      t.diagnostic(await measured(tab, talks, folder, (words) => briefing(words)));
    });
  });

  const large = process.env.BRIEF_SERVE_ARCHIVE;
  test('from the save to the page in a large archive', { skip: large ? false : 'BRIEF_SERVE_ARCHIVE names none' }, async (t) => {
    const [file, address] = process.env.BRIEF_SERVE_PAGE.split('=');
    const before = await readFile(path.join(large, file), 'utf8');
    const server = await serving(large);
    try {
      await follow(server.home + address, async (tab) => {
        // Every page of the first site is drawn once, in the background.
        await tab.waitForTimeout(Number(process.env.BRIEF_SERVE_WAIT ?? 0));
        t.diagnostic(await measured(tab, file, large, (words) => `${before}\n\n${words}\n`));
      });
    } finally {
      server.stop();
      await writeFile(path.join(large, file), before);
    }
  });
});

/** Saves a file ten times, and says how long it took each time until the browser showed it. */
async function measured(tab, file, root, text) {
  const times = [];
  for (let round = 0; round < 10; round += 1) {
    const words = `Round ${round} of ten.`;
    // The tab itself says when it shows the words: whoever asks it again and again takes its time away.
    const shown = tab.waitForFunction((words) => document.body?.innerText.includes(words), words, { polling: 'raf' });
    await tab.waitForTimeout(600);
    const saved = performance.now();
    await writeFile(path.join(root, file), text(words));
    await shown;
    times.push(Math.round(performance.now() - saved));
  }
  times.sort((a, b) => a - b);
  return `from the save to the page: ${times[5]} ms at the median of ten, ${times[0]} to ${times[9]} ms`;
}
