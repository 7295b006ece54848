import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, homes, lightness, read } from './reader.js';

const button = (page) => page.getByRole('button', { name: /^Colours/ });
/** What a screen reader says of the button. */
const said = async (page) => (await button(page).ariaSnapshot()).match(/"(.*)"/)[1];
const isDark = async (page) => (await lightness(page)) < 0.2;
const isLight = async (page) => (await lightness(page)) > 0.8;

/** Presses the button until it says `mode`: it goes round. */
async function choose(page, mode) {
  for (let pressed = 0; pressed < 4; pressed += 1) {
    if ((await said(page)) === `Colours: ${mode}`) return;
    await button(page).click();
  }
  assert.fail(`the button never says ${mode}`);
}

/** As if `mode` had been chosen on an earlier visit. */
const chosenBefore = (mode) => (page) => page.addInitScript((mode) => localStorage.setItem('theme', mode), mode);

describe('colours', atATime, () => {
  for (const dark of [false, true]) {
    const [device, other] = dark ? ['dark', 'light'] : ['light', 'dark'];

    test(`on a ${device} device a site is ${device}, with scripts and without`, async () => {
      for (const scripts of [true, false]) {
        await read({ site: 'desk', path: '', dark, scripts }, async (page) => {
          assert.ok(await (dark ? isDark : isLight)(page), `scripts: ${scripts}`);
        });
      }
    });

    test(`what the reader of a ${device} device chooses holds here, on the next page, after a reload, until it is taken back`, async () => {
      await read({ site: 'desk', path: '', dark, fresh: true }, async (page, seen) => {
        await choose(page, other === 'dark' ? 'Dark' : 'Light');
        const isOther = dark ? isLight : isDark;
        assert.ok(await isOther(page), 'at once');
        await page.getByRole('link', { name: 'Actors', exact: true }).click();
        await page.waitForURL('**/actors/');
        assert.ok(await isOther(page), 'on the next page');
        assert.match(await said(page), new RegExp(other, 'i'), 'and the button says so');
        await page.reload();
        assert.ok(await isOther(page), 'after a reload');
        await choose(page, 'Device');
        assert.ok(!(await isOther(page)), 'taken back');
        await page.goto(homes.desk);
        assert.ok(!(await isOther(page)), 'taken back on the next page');
        await page.emulateMedia({ colorScheme: other });
        assert.ok(await isOther(page), 'and so the page follows the device again');
        assert.deepEqual(seen, []);
      });
    });

    test(`a reader of a ${device} device who chose ${other} never sees a ${device} page, however late the script comes`, async () => {
      const before = async (page) => {
        await chosenBefore(other)(page);
        await page.route('**/*.js', async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 400));
          await route.continue();
        });
        // What stands behind the text at every frame that is drawn.
        await page.addInitScript(() => {
          window.drawn = [];
          const look = () => {
            if (document.body) window.drawn.push(getComputedStyle(document.body).backgroundColor);
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      };
      await read({ site: 'desk', path: 'briefings/2025/05/15/direct-talks/', dark, before }, async (page) => {
        await page.waitForFunction(() => window.drawn.length > 5);
        const drawn = await page.evaluate(() => [...new Set(window.drawn)]);
        const now = await page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
        assert.deepEqual(drawn, [now]);
        assert.ok(await (dark ? isLight : isDark)(page));
      });
    });
  }

  test('the script that sets the colours holds back the first paint: it stands in the head, before the style, not deferred', async () => {
    await read({ site: 'desk', path: '' }, async (page) => {
      const order = await page.$$eval('head > script[src], head > link[rel=stylesheet]', (all) =>
        all.map((one) => (one.localName === 'script' ? `script${one.async || one.defer || one.type === 'module' ? ', later' : ''}` : 'style')));
      assert.deepEqual(order.slice(0, 2), ['script', 'style']);
    });
  });

  test('where scripts do not run there is no button that does nothing', async () => {
    await read({ site: 'desk', path: '', scripts: false }, async (page) => {
      // The field for searching leads to a page that says what it needs.
      assert.equal(await page.locator('button, input:not([name=q]), select, [role=button]').count(), 0);
      assert.ok(!(await page.locator('body').innerText()).includes('Colours'));
    });
  });

  test('the button comes into a place that was kept for it: nothing moves', async () => {
    for (const width of [1280, 320]) {
      const places = [];
      for (const scripts of [false, true]) {
        await read({ site: 'desk', path: 'actors/', width, scripts }, async (page) => {
          places.push(await page.$$eval('.site, .masthead nav, main', (all) => all.map((one) => {
            const { x, y } = one.getBoundingClientRect();
            return `${one.className || one.localName} at ${Math.round(x)}, ${Math.round(y)}`;
          })));
        });
      }
      assert.deepEqual(places[1], places[0], `${width} px`);
    }
  });

  test('where the browser keeps nothing the button still changes this page, and says no error', async () => {
    const before = (page) => page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
    });
    await read({ site: 'desk', path: '', before }, async (page, seen) => {
      await choose(page, 'Dark');
      assert.ok(await isDark(page));
      assert.deepEqual(seen, []);
    });
  });

  test('the button says which colours are shown, to those who see it and to those who hear it', async () => {
    await read({ site: 'desk', path: '', fresh: true }, async (page) => {
      for (const mode of ['Device', 'Light', 'Dark', 'Device']) {
        assert.equal(await button(page).innerText(), mode);
        assert.equal(await said(page), `Colours: ${mode}`);
        await button(page).press('Enter');
      }
    });
  });
});
