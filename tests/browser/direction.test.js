import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, pages, read } from './reader.js';

/** Of each line of an element, how far it stands from the left and from the right edge of the box around it. */
function lines(page, selector) {
  return page.$eval(selector, (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const found = [];
    for (const { top, bottom, left, right } of range.getClientRects()) {
      // Parts of one line overlap in height.
      const line = found.find((one) => top < one.bottom - 4 && bottom > one.top + 4);
      if (line) Object.assign(line, { left: Math.min(line.left, left), right: Math.max(line.right, right) });
      else found.push({ top, bottom, left, right });
    }
    return found.map(({ left, right }) => ({
      fromLeft: left - box.left - parseFloat(style.paddingLeft),
      fromRight: box.right - parseFloat(style.paddingRight) - right,
    }));
  });
}

/** Every line begins at one edge, and one of them at least ends before the other: else both would be true. */
function beginAt(edge, all) {
  const [near, far] = edge === 'right' ? ['fromRight', 'fromLeft'] : ['fromLeft', 'fromRight'];
  return all.length > 0 && all.every((line) => Math.abs(line[near]) < 4) && all.some((line) => line[far] > 12);
}

describe('in a language that is written from the right', atATime, () => {
  const read_from_right = [
    ['a translation', 'desk', pages['a translation'], ['h1', '.lead', '.body p', '.claim .text']],
    ['the home page of an Arabic archive', 'arabic', '', ['.rows h3', '.rows .summary']],
    ['a briefing of an Arabic archive', 'arabic', 'briefings/2025/05/15/talks/', ['h1', '.lead', '.body p', '.claim .text']],
    ['an actor of an Arabic archive', 'arabic', 'actors/hamas/', ['h1', '.body p']],
    ['a day of an Arabic archive', 'arabic', 'dates/2025/05/15/', ['h1']],
  ];
  for (const [name, site, path, selectors] of read_from_right) {
    test(`${name} says so, and its lines begin at the right edge`, async () => {
      for (const width of [1280, 375]) {
        await read({ site, path, width }, async (page) => {
          assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
          assert.equal(await page.getAttribute('html', 'lang'), 'ar');
          for (const selector of selectors) {
            const all = await lines(page, selector);
            assert.ok(beginAt('right', all), `${selector}, at ${width} px: ${JSON.stringify(all)}`);
          }
        });
      }
    });
  }

  test('an English page lies the other way', async () => {
    await read({ site: 'desk', path: pages['a briefing'] }, async (page) => {
      assert.equal(await page.getAttribute('html', 'dir'), 'ltr');
      for (const selector of ['h1', '.lead', '.body p', '.claim .text']) {
        const all = await lines(page, selector);
        assert.ok(beginAt('left', all), `${selector}: ${JSON.stringify(all)}`);
      }
    });
  });

  test('the masthead of an Arabic archive is the other way round', async () => {
    const at = {};
    for (const site of ['desk', 'arabic']) {
      await read({ site, path: '' }, async (page) => {
        at[site] = { name: (await page.locator('h1').boundingBox()).x, button: (await page.locator('.theme button').boundingBox()).x };
      });
    }
    assert.ok(at.desk.name < at.desk.button && at.arabic.name > at.arabic.button, JSON.stringify(at));
  });

  test('the bar of a claim stands on the side where its lines begin', async () => {
    for (const [path, side] of [[pages['a briefing'], 'Left'], [pages['a translation'], 'Right']]) {
      await read({ site: 'desk', path }, async (page) => {
        const widths = await page.$eval('.claim', (claim) => {
          const style = getComputedStyle(claim);
          return { Left: parseFloat(style.borderLeftWidth), Right: parseFloat(style.borderRightWidth) };
        });
        assert.ok(widths[side] > 0 && widths[side === 'Left' ? 'Right' : 'Left'] === 0, JSON.stringify(widths));
      });
    }
  });

  test('a briefing and its translation lead to each other, each in its own language', async () => {
    await read({ site: 'desk', path: pages['a briefing'] }, async (page) => {
      await page.locator('a[hreflang=ar]').click();
      await page.waitForURL(`**/${pages['a translation']}`);
      await page.locator('a[hreflang=en]').first().click();
      await page.waitForURL(`**/${pages['a briefing']}`);
    });
  });
});
