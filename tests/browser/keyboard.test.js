import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, pages, read } from './reader.js';

/** What Tab reaches by rights. */
const reachable = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"])';

/** What has the focus: which of the reachable ones it is, and whether a reader can see that. */
function focused(page) {
  return page.evaluate((reachable) => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return undefined;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const isInside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {
      number: [...document.querySelectorAll(reachable)].indexOf(at),
      words: (at.innerText || at.getAttribute('aria-label') || at.outerHTML).slice(0, 60),
      inMain: Boolean(at.closest('main')),
      isVisible: ring && isInside && style.outlineColor !== 'rgba(0, 0, 0, 0)',
    };
  }, reachable);
}

describe('with the keyboard alone', atATime, () => {
  test('the first Tab shows the way past the menu, and Enter goes it', async () => {
    await read({ site: 'desk', path: 'briefings/2025/05/15/direct-talks/' }, async (page) => {
      await page.keyboard.press('Tab');
      const first = await focused(page);
      assert.match(first.words, /skip/i);
      assert.ok(first.isVisible, 'it can be seen');
      await page.keyboard.press('Enter');
      assert.equal(new URL(page.url()).hash, '#main');
      await page.keyboard.press('Tab');
      assert.ok((await focused(page)).inMain, 'the next link is one of the content');
    });
  });

  test('until it is reached, the way past the menu is out of sight', async () => {
    await read({ site: 'desk', path: '' }, async (page) => {
      const box = await page.locator('a[href="#main"]').boundingBox();
      assert.ok(box.x + box.width <= 0 || box.y + box.height <= 0 || box.width <= 1);
    });
  });

  test('Enter on a link of the menu goes there', async () => {
    await read({ site: 'desk', path: '' }, async (page) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Dates', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/dates/');
    });
  });

  for (const [name, path] of Object.entries(pages)) {
    test(`Tab reaches every link and button of ${name}, in the order in which they are read, and shows where it is`, async () => {
      await read({ site: 'desk', path, dark: path.length % 2 === 0 }, async (page) => {
        const wanted = await page.$$eval(reachable, (all) => all
          .map((one, number) => ({ number, words: one.innerText, isShown: one.checkVisibility() && !one.disabled }))
          .filter((one) => one.isShown)
          .map(({ number }) => number));
        const reached = [];
        for (let pressed = 0; pressed < wanted.length; pressed += 1) {
          await page.keyboard.press('Tab');
          const at = await focused(page);
          assert.ok(at?.isVisible, `after ${pressed + 1} Tabs it is not to be seen where the focus is: ${at?.words}`);
          reached.push(at.number);
        }
        assert.deepEqual(reached, wanted);
      });
    });
  }

  test('nothing looks as if it could be clicked that the keyboard does not reach', async () => {
    for (const path of ['', pages['a briefing'], pages['a month']]) {
      await read({ site: 'desk', path }, async (page) => {
        const stranded = await page.$$eval('body *', (all, reachable) => all
          .filter((one) => (getComputedStyle(one).cursor === 'pointer' || one.onclick) && !one.closest(reachable))
          .map((one) => one.outerHTML.slice(0, 80)), reachable);
        assert.deepEqual(stranded, []);
      });
    }
  });
});
