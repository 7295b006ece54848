import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, bundledPages, homes, pages, read } from './reader.js';

const answers = new Map();

/** Asks once for each address; `200`, and for a page its ids. */
function ask(address) {
  if (!answers.has(address)) {
    answers.set(address, fetch(address).then(async (response) => ({
      status: response.status,
      isWhole: !response.redirected,
      ids: new Set([...(await response.text()).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)),
    })));
  }
  return answers.get(address);
}

/** What is wrong with the addresses of this site that a page names. */
async function wrongAddresses(page, home) {
  const named = await page.$$eval('[href], [src]', (all) => all
    .filter((one) => !['canonical', 'alternate'].includes(one.rel) || new URL(one.href).origin === location.origin)
    .map((one) => one.href || one.src));
  const wrong = [];
  for (const address of new Set(named)) {
    const { origin, hash } = new URL(address);
    if (origin !== new URL(home).origin) continue;
    const [bare] = address.split('#');
    const { status, isWhole, ids } = await ask(bare);
    if (!bare.startsWith(home)) wrong.push(`outside of the site: ${address}`);
    // The page that stands for missing ones is itself missing where the reader looked for it.
    else if (status !== 200 && !bare.includes('/no/such/page/')) wrong.push(`${status}: ${address}`);
    else if (!isWhole) wrong.push(`only by a redirect: ${address}`);
    else if (hash && !ids.has(decodeURIComponent(hash.slice(1)))) wrong.push(`no such place in the page: ${address}`);
  }
  return wrong;
}

describe('under a path of a host, /archive/', atATime, () => {
  const everyPage = [
    ...Object.entries(pages).map(([name, path]) => ({ site: 'desk under a path', name, path })),
    ...bundledPages.map(([name, path]) => ({ site: 'bundled under a path', name: `${name}, ${path} of the bundled archive`, path })),
  ];
  for (const { site, name, path } of everyPage) {
    test(`nothing is asked for elsewhere, and all of it is there: ${name}`, async () => {
      await read({ site, path }, async (page, seen) => {
        const asked = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name));
        assert.deepEqual(asked.filter((address) => !address.startsWith(homes[site])), []);
        assert.ok(asked.some((address) => address.endsWith('.css')) && asked.some((address) => address.endsWith('.js')));
        assert.deepEqual(seen, []);
        assert.deepEqual(await wrongAddresses(page, homes[site]), []);
      });
    });
  }

  test('a site that was built without a base URL works there as well as at the root', async () => {
    for (const site of ['single', 'single under a path']) {
      for (const path of ['', 'briefings/2025/05/15/talks-in-doha/', 'actors/hamas/', 'dates/2025/05/']) {
        await read({ site, path }, async (page, seen) => {
          assert.deepEqual(await wrongAddresses(page, homes[site]), [], `${site}, ${path}`);
          assert.deepEqual(seen, []);
        });
      }
    }
  });
});

describe('at the root of a host', atATime, () => {
  for (const [name, path] of Object.entries(pages)) {
    test(`every link of ${name} leads to a page, and to the place in it`, async () => {
      await read({ site: 'desk', path }, async (page) => {
        assert.deepEqual(await wrongAddresses(page, homes.desk), []);
      });
    });
  }
});
