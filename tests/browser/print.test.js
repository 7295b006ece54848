import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractText, getDocumentProxy } from 'unpdf';
import { longAddress } from './archives.js';
import { atATime, pages, read } from './reader.js';

/** The words of a PDF, without blanks: lines break anywhere. */
async function words(pdf) {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.replaceAll(/\s/g, '');
}

describe('on paper', atATime, () => {
  for (const format of ['A4', 'Letter']) {
    test(`a briefing on ${format} holds its headline, its claims with who denies them, and its sources with their addresses`, async () => {
      await read({ site: 'desk', path: pages['a briefing'] }, async (page) => {
        const paper = await words(await page.pdf({ format }));
        for (const wanted of [
          'Hamas official says the movement talks to Washington directly; US officials deny it',
          'The name of the broadcaster was wrong.',
          'Hamas is in direct talks with the United States.',
          'There are none.',
          'After the picture the text goes on',
          'The note.',
          'Senior Hamas official claims direct talks with US',
          'https://www.jpost.example/breaking-news/article-854137',
          'https://archive.example/854137',
          longAddress,
        ]) {
          assert.ok(paper.includes(wanted.replaceAll(/\s/g, '')), `not on the paper: ${wanted}`);
        }
        assert.ok(!/Skiptocontent|Colours:/.test(paper), 'what only a screen needs');
      });
    });
  }

  for (const [name, path] of Object.entries(pages)) {
    test(`what leads elsewhere is not printed with ${name}, and nothing is cut off at the side`, async () => {
      await read({ site: 'desk', path }, async (page) => {
        assert.ok(await page.locator('.masthead nav').isVisible(), 'on the screen it is there');
        await page.emulateMedia({ media: 'print' });
        // A4 between margins of 20 mm.
        await page.setViewportSize({ width: 642, height: 900 });
        const shown = await page.$$eval('nav, button, a[href="#main"], [rel=prev], [rel=next]', (all) =>
          all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100)));
        assert.deepEqual(shown, []);
        assert.ok(await page.locator('h1').isVisible());
        const cut = await page.$$eval('main, main *', (all) => all
          .filter((one) => one.getBoundingClientRect().right > 643 || (one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX) && one.clientWidth > 1))
          .map((one) => one.outerHTML.slice(0, 100)));
        assert.deepEqual(cut, []);
      });
    });
  }

  test('who reads in the dark prints dark words on white paper', async () => {
    const before = (page) => page.addInitScript(() => localStorage.setItem('theme', 'dark'));
    for (const [why, path, dark, options] of [
      ['the device is dark', pages['a briefing'], true, {}],
      ['dark was chosen', pages['a briefing'], false, { before }],
      ['both', '', true, { before }],
    ]) {
      await read({ site: 'desk', path, dark, ...options }, async (page) => {
        await page.emulateMedia({ media: 'print' });
        const pale = await page.evaluate(() => {
          const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0) / 255;
          const found = [];
          if (light(getComputedStyle(document.body).backgroundColor) < 0.95) found.push('the paper');
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode()) {
            const around = words.currentNode.parentElement;
            if (!words.currentNode.data.trim() || !around.checkVisibility()) continue;
            if (light(getComputedStyle(around).color) > 0.45) found.push(words.currentNode.data.trim().slice(0, 40));
          }
          return found;
        });
        assert.deepEqual(pale, [], why);
      });
    }
  });
});
