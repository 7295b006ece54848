import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, bundledPages, homes, pages, read } from './reader.js';

/** What a strict policy forbids inside a page, as it was written, before any script touched it. */
function insidePage(page) {
  return page.evaluate(async () => {
    const written = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const found = [];
    for (const one of written.querySelectorAll('*')) {
      const isData = ['application/ld+json', 'application/json'].includes(one.type);
      if (one.localName === 'script' && !one.src && !isData) found.push('a script');
      if (one.localName === 'style') found.push('a style');
      for (const { name, value } of one.attributes) {
        if (name === 'style' || name.startsWith('on') || /^\s*javascript:/i.test(value)) found.push(`${name}="${value}"`);
      }
    }
    return found;
  });
}

describe('under a strict Content-Security-Policy', atATime, () => {
  const everyPage = [
    ...Object.entries(pages).map(([name, path]) => ({ site: 'desk', name, path })),
    ...bundledPages.map(([name, path]) => ({ site: 'bundled', name: `${name}, ${path} of the bundled archive`, path })),
  ];
  for (const { site, name, path } of everyPage) {
    test(`nothing of ${name} is refused, asked for elsewhere, or said in the console, in the light and in the dark`, async () => {
      await read({ site, path }, async (page, seen) => {
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        }
        assert.deepEqual(await insidePage(page), []);
        assert.deepEqual(seen, []);
        assert.ok(await page.locator('.theme button').isVisible(), 'the script of the site ran');
        assert.equal(await page.$eval('body', (body) => getComputedStyle(body).marginTop), '0px', 'the style of the site holds');
      });
    });
  }

  test('the policy is in force: a script, a style and an image that others put in are refused', async () => {
    const policy = (await fetch(homes.desk)).headers.get('content-security-policy');
    for (const wanted of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      assert.ok(policy.includes(wanted), wanted);
    }
    assert.ok(!/unsafe|\*/.test(policy), policy);
    await read({ site: 'desk', path: '', fresh: true }, async (page, seen) => {
      await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.stranger = true';
        const style = document.createElement('style');
        style.textContent = 'body { margin: 7px }';
        const image = document.createElement('img');
        image.src = 'https://stranger.example/pixel.png';
        document.body.append(script, style, image);
      });
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.stranger), undefined);
      const refused = seen.filter((one) => one.startsWith('refused'));
      for (const kind of ['script-src', 'style-src', 'img-src']) assert.ok(refused.some((one) => one.includes(kind)), `${kind}: ${seen}`);
    });
  });

  test('the theme\'s files stay in the cache for a year, pages do not', async () => {
    const page = await fetch(homes.desk);
    const [style] = /assets\/style[^"]*/.exec(await page.text());
    assert.match((await fetch(homes.desk + style)).headers.get('cache-control'), /max-age=31536000, immutable/);
    assert.equal(page.headers.get('cache-control'), null);
  });
});
