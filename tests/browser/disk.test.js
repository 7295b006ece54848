import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { atATime, bundledPages, folders, lightness, pages, read } from './reader.js';

const file = (site, address) => pathToFileURL(path.join(folders[site], address, address.endsWith('.html') ? '' : 'index.html')).href.replace(/\/$/, '');

describe('from a folder, without a server', atATime, () => {
  test('a reader goes from the home page to a briefing, to an actor in it, to a day, and home again', async () => {
    await read({ path: file('desk on disk', '') }, async (page, seen) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Topics', exact: true }).click();
      await page.getByRole('link', { name: 'Hostage talks' }).first().click();
      await page.getByRole('link', { name: /^Hamas official says/ }).first().click();
      await page.waitForURL('**/direct-talks/index.html');
      await page.locator('main').getByRole('link', { name: 'Bassem Naim' }).first().click();
      await page.waitForURL('**/bassem-naim/index.html');
      await page.locator('main').getByRole('link', { name: /15 May 2025/ }).first().click();
      await page.waitForURL('**/2025/05/15/index.html');
      await page.locator('.masthead').getByRole('link', { name: 'Ceasefire desk' }).click();
      assert.equal(page.url(), file('desk on disk', ''));
      assert.equal(await page.locator('h1').innerText(), 'Ceasefire desk');
      assert.deepEqual(seen, []);
    });
  });

  test('the colours are there, and are remembered', async () => {
    await read({ path: file('desk on disk', ''), fresh: true }, async (page) => {
      const button = page.getByRole('button', { name: /^Colours/ });
      await button.click();
      await button.click();
      assert.ok((await lightness(page)) < 0.2);
      await page.getByRole('navigation').getByRole('link', { name: 'Actors', exact: true }).click();
      await page.waitForURL('**/actors/index.html');
      assert.ok((await lightness(page)) < 0.2);
    });
  });

  const everyPage = [
    ...Object.entries(pages).filter(([name]) => name !== 'a missing page').map(([name, at]) => ({ site: 'desk on disk', name, at })),
    ...bundledPages.map(([name, at]) => ({ site: 'bundled on disk', name: `${name}, ${at} of the bundled archive`, at })),
    { site: 'single on disk', name: 'the home page of an archive with one briefing', at: '' },
  ];
  for (const { site, name, at } of everyPage) {
    test(`every link of ${name} names a file that is there`, async () => {
      await read({ path: file(site, at) }, async (page, seen) => {
        const named = await page.$$eval('a[href], link[rel=stylesheet], link[rel=icon], script[src], img', (all) =>
          all.map((one) => one.href || one.src).filter((address) => address.startsWith('file:')));
        assert.ok(named.length > 5);
        const missing = named.filter((address) => {
          const to = fileURLToPath(address.split('#')[0]);
          return !to.startsWith(folders[site]) || !existsSync(to) || !statSync(to).isFile();
        });
        assert.deepEqual(missing, []);
        assert.deepEqual(seen, []);
      });
    });
  }
});
