import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { picture } from './archives.js';
import { atATime, pages, read } from './reader.js';

/** Holds the image back until `release` is called. */
function heldBack() {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  return {
    release,
    before: async (page) => {
      await page.addInitScript(() => {
        window.moved = [];
        new PerformanceObserver((list) => {
          const nodes = list.getEntries().flatMap(({ sources }) => sources.map(({ node }) => node));
          window.moved.push(...nodes.filter((node) => node?.parentElement?.closest('main')).map((node) => node.outerHTML ?? node.data));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.route('**/*.png', async (route) => {
        await released;
        await route.continue();
      });
    },
  };
}

describe('images', atATime, () => {
  test('each says its size, is loaded when it is near, and has words for who does not see it', async () => {
    await read({ site: 'desk', path: pages['a briefing'] }, async (page) => {
      const images = await page.$$eval('img', (all) => all.map((one) => ({
        width: one.getAttribute('width'), height: one.getAttribute('height'), loading: one.loading, alt: one.alt,
      })));
      assert.deepEqual(images, [
        { width: String(picture.width), height: String(picture.height), loading: 'lazy', alt: 'The room of the talks' },
      ]);
    });
  });

  for (const width of [1280, 375]) {
    test(`when an image comes late nothing moves, at ${width} px, and it is as wide as the text at most`, async () => {
      const { before, release } = heldBack();
      // The load event waits for what is in view.
      await read({ site: 'desk', path: pages['a briefing'], width, before, until: 'domcontentloaded' }, async (page) => {
        const image = page.locator('.body img');
        await image.scrollIntoViewIfNeeded();
        const after = page.getByText('After the picture');
        const earlier = await after.boundingBox();
        assert.ok(!(await image.evaluate((one) => one.complete)), 'the image has not come yet');
        release();
        await page.waitForFunction(() => document.querySelector('.body img').complete);
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        assert.equal(await image.evaluate((one) => one.naturalWidth), picture.width);
        assert.deepEqual(await after.boundingBox(), earlier);
        assert.deepEqual(await page.evaluate(() => window.moved), []);
        const [box, text] = [await image.boundingBox(), await after.boundingBox()];
        assert.ok(box.width <= text.width + 1 && Math.abs(box.width / box.height - picture.width / picture.height) < 0.02);
      });
    });
  }
});
