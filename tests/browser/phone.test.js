import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, bundledPages, pages, read } from './reader.js';

/** What reaches beyond the sides of the screen, and does not lie in a box that scrolls by itself. */
function beyond(page, width) {
  return page.evaluate((width) => {
    const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth;
    const found = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide`);
    for (const one of document.querySelectorAll('body *')) {
      const box = one.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || one.closest('a[href="#main"]')) continue;
      let around = one.parentElement;
      while (around && !scrolls(around)) around = around.parentElement;
      if (!around && (box.right > width + 1 || box.left < -1)) {
        found.push(`${one.outerHTML.slice(0, 80)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px`);
      }
    }
    return found;
  }, width);
}

describe('on a phone', atATime, () => {
  const everyPage = [
    ...Object.entries(pages).map(([name, path]) => ({ site: 'desk', name, path })),
    ...bundledPages.map(([name, path]) => ({ site: 'bundled', name: `${name}, ${path} of the bundled archive`, path })),
    { site: 'arabic', name: 'an Arabic home page', path: '' },
    { site: 'arabic', name: 'an Arabic briefing', path: 'briefings/2025/05/15/talks/' },
    { site: 'single', name: 'the home page of an archive with one briefing', path: '' },
  ];
  for (const { site, name, path } of everyPage) {
    test(`nobody scrolls sideways, and the menu is at hand: ${name}`, async () => {
      await read({ site, path, width: 375, height: 700, phone: true }, async (page) => {
        for (const width of [375, 320]) {
          await page.setViewportSize({ width, height: 700 });
          assert.deepEqual(await beyond(page, width), [], `${width} px`);
          const menu = await page.$$eval('.masthead nav a', (all) => all.map((one) => {
            const box = one.getBoundingClientRect();
            const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return { words: one.innerText, height: box.height, width: box.width, isOnTop: one.contains(there) };
          }));
          assert.ok(menu.length >= 4, 'briefings, actors, places and dates');
          for (const { words, height, width, isOnTop } of menu) {
            assert.ok(isOnTop, `nothing covers ${words}`);
            // WCAG 2.2, 2.5.8.
            assert.ok(height >= 24 && width >= 24, `a finger finds ${words}: ${width} by ${height} px`);
          }
        }
      });
    });
  }

  test('a tap on the menu leads on', async () => {
    await read({ site: 'desk', path: '', width: 320, height: 600, phone: true }, async (page) => {
      for (const [words, address] of [['Locations', '/locations/'], ['Dates', '/dates/'], ['Briefings', '/briefings/']]) {
        await page.getByRole('navigation').getByRole('link', { name: words, exact: true }).tap();
        await page.waitForURL(`**${address}`);
      }
    });
  });

  test('a table that is wider than the screen scrolls by itself, to its last column', async () => {
    await read({ site: 'desk', path: pages['a briefing'], width: 320, height: 600, phone: true }, async (page) => {
      const last = page.getByRole('columnheader', { name: 'On what evidence' });
      await last.evaluate((cell) => cell.scrollIntoView({ inline: 'end' }));
      const box = await last.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 321, `it stands at ${box.x}, ${box.width} px wide`);
      assert.equal(await page.evaluate(() => scrollX), 0);
    });
  });

  test('text is never smaller than 12 px, and that of a briefing not than 16', async () => {
    await read({ site: 'desk', path: pages['a briefing'], width: 320, height: 600, phone: true }, async (page) => {
      const small = await page.evaluate(() => {
        const found = [];
        const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (words.nextNode()) {
          const around = words.currentNode.parentElement;
          if (!words.currentNode.data.trim() || !around.checkVisibility() || around.closest('sup, .cite')) continue;
          const size = parseFloat(getComputedStyle(around).fontSize);
          const least = around.matches('.body > p') ? 16 : 12;
          if (size < least) found.push(`${size} px: ${words.currentNode.data.trim().slice(0, 40)}`);
        }
        return found;
      });
      assert.deepEqual(small, []);
    });
  });
});
