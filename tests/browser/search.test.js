import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openSite, parts } from '../search/engine.mjs';
import { atATime, folders, homes, read } from './reader.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const bundled = (look, options = {}) => read({ site: 'bundled', path: 'search/', fresh: true, ...options }, look);

const field = (page) => page.locator('.find input[name=q]');
const total = (page) => page.locator('.finder .total');
const cards = (page) => page.locator('.results > li:not(.awaited)');
const group = (page, title) => page.locator('details.facet', { has: page.locator('summary', { hasText: title }) });

/** Waits until as many results are told as `wanted`, a number or `/some/`. */
async function results(page, wanted) {
  const words = wanted instanceof RegExp ? wanted : new RegExp(`^Results: ${wanted}$`);
  await page.waitForFunction(([source]) => new RegExp(source).test(document.querySelector('.finder .total').textContent), [words.source]);
  return Number(/\d+/.exec(await total(page).textContent())?.[0] ?? 0);
}

/** Goes down the page until every card is there. */
async function wholePage(page) {
  for (let awaited; (awaited = page.locator('.results > .awaited').first()) && (await awaited.count());) {
    await awaited.scrollIntoViewIfNeeded().catch(() => {});
    await page.waitForTimeout(50);
  }
}

const shown = (page) => page.locator('.results').innerText();

describe('the search page', atATime, () => {
  test('finds as one types, and puts the words into the address', async () => {
    await bundled(async (page, seen) => {
      assert.equal(await total(page).textContent(), 'Type words, or choose what to see');
      await field(page).pressSequentially('quarantin', { delay: 20 });
      // Fewer letters may have had their results before.
      await page.waitForURL(/quarantin$/);
      const many = await results(page, /Results/);
      assert.ok(many > 3, many);
      assert.equal(new URL(page.url()).search, '?q=quarantin');
      await cards(page).first().waitFor();
      assert.match(await cards(page).first().innerText(), /quarantin/i);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
      assert.deepEqual(seen, []);
    });
  });

  test('typing leaves one step in the past, choosing one more each', async () => {
    await bundled(async (page) => {
      const before = await page.evaluate(() => history.length);
      await field(page).pressSequentially('kennedy', { delay: 120 });
      const many = await results(page, /Results/);
      assert.equal(await page.evaluate(() => history.length), before);
      await group(page, 'What').getByLabel('Claims').check();
      const fewer = await results(page, /Results/);
      assert.equal(await page.evaluate(() => history.length), before + 1);
      assert.equal(new URL(page.url()).search, '?q=kennedy&type=claim');
      await page.goBack();
      await results(page, many);
      assert.ok(!(await group(page, 'What').getByLabel('Claims').isChecked()));
      await page.goForward();
      await results(page, fewer);
      assert.ok(await group(page, 'What').getByLabel('Claims').isChecked());
    });
  });

  test('what is typed after a query was sent is a step of its own', async () => {
    await bundled(async (page) => {
      await field(page).fill('castro');
      await field(page).press('Enter');
      const many = await results(page, /Results/);
      const before = await page.evaluate(() => history.length);
      await field(page).fill('');
      await field(page).pressSequentially('turkey', { delay: 120 });
      await field(page).press('Enter');
      await page.waitForURL(/q=turkey$/);
      assert.equal(await page.evaluate(() => history.length), before + 1);
      await page.goBack();
      await results(page, many);
      assert.equal(await field(page).inputValue(), 'castro');
    });
  });

  test('what is found by its name alone is not told as nothing', async () => {
    await read({ site: 'bundled', path: 'search/?q=kennedy&type=actors', fresh: true }, async (page) => {
      await page.locator('.entities h3').first().waitFor();
      assert.equal(await total(page).textContent(), 'Found by name alone');
    });
  });

  test('a text without a summary is shown by its first words, in a language that the browser does not know too', async () => {
    await read({ site: 'old', path: 'search/?q=duke&date=0987-06', fresh: true }, async (page, seen) => {
      await results(page, 1);
      await cards(page).first().waitFor();
      assert.equal(await page.locator('.results .summary').innerText(), 'The magnates choose the duke as king. Adalberon speaks · Charles is passed over');
      assert.equal(await page.locator('.results .summary mark').innerText(), 'duke');
      assert.match(await page.locator('.chips').innerText(), /June 0987/);
      assert.deepEqual(seen, []);
    });
  });

  test('marks what was asked for, as it is written', async () => {
    await bundled(async (page) => {
      await field(page).fill('"direct talks" wash');
      await results(page, /Results/);
      await wholePage(page);
      const marks = await page.$$eval('.results mark', (all) => [...new Set(all.map((one) => one.textContent.toLowerCase()))]);
      assert.ok(marks.includes('direct') && marks.includes('washington'), marks.join());
      assert.ok(marks.every((one) => /^(direct|talks|wash.*)$/.test(one)), marks.join());
    });
  });

  test('marks names beside a text, and what is said of a claim\'s answers', async () => {
    await bundled(async (page) => {
      await results(page, /Results/);
      await wholePage(page);
      const marks = await page.$$eval('.results mark', (all) => all.map((one) => `${one.closest('p').className}: ${one.textContent}`));
      assert.ok(marks.includes('who: Khrushchev') && marks.includes('status: denies'), marks.join());
      assert.ok(!marks.some((one) => /label/.test(one)));
    }, { path: 'search/?q=khrushchev%20denies&type=claim' });
  });

  test('an address says all that is asked for', async () => {
    await bundled(async (page) => {
      const many = await results(page, /Results/);
      assert.equal(await field(page).inputValue(), 'khrushchev');
      assert.equal(await page.locator('#sort').inputValue(), 'date');
      assert.match(await page.locator('.turn').innerText(), /Page 2 of/);
      await wholePage(page);
      assert.equal(await cards(page).count(), Math.min(10, many - 10));
      assert.equal(await page.locator('.results').getAttribute('start'), '11');
    }, { path: 'search/?q=khrushchev&date=1962&sort=date&page=2' });
  });

  test('chosen facets are chips, and go when they are pressed', async () => {
    await bundled(async (page) => {
      const many = await results(page, /Results/);
      const chips = page.locator('.chips button');
      await page.waitForFunction(() => /Hamas/.test(document.querySelector('.chips').textContent));
      assert.deepEqual(await chips.allInnerTexts(), ['What: Claims', 'When: May 2025', 'Actors: Hamas', 'Remove all']);
      await page.getByRole('button', { name: 'Remove What: Claims' }).click();
      assert.ok((await results(page, /Results/)) > many);
      assert.equal(new URL(page.url()).search, '?date=2025-05&actors=hamas');
      assert.match(await page.evaluate(() => document.activeElement.textContent), /When/);
      await page.getByRole('button', { name: 'Remove all' }).click();
      await results(page, /Type words/);
      assert.equal(new URL(page.url()).search, '');
    }, { path: 'search/?actors=hamas&date=2025-05&type=claim' });
  });

  test('a value that is not there finds nothing, and goes as any other', async () => {
    await bundled(async (page, seen) => {
      await results(page, /Nothing found/);
      assert.deepEqual(await page.locator('.chips button').allInnerTexts(), ['When: 2025-99', 'Actors: nobody at all', 'Language: x-y', 'Remove all']);
      await page.getByRole('button', { name: 'Remove Actors: nobody at all' }).click();
      await page.getByRole('button', { name: 'Remove Language: x-y' }).click();
      await page.getByRole('button', { name: 'Remove When: 2025-99' }).click();
      await results(page, /Type words/);
      assert.deepEqual(seen, []);
    }, { path: 'search/?actors=nobody-at-all&date=2025-99&lang=x-y' });
  });

  test('counts of facets are those of the results that choosing shows', async () => {
    await bundled(async (page) => {
      await results(page, /Results/);
      await group(page, 'Actors').locator('> summary').click();
      await group(page, 'Actors').locator('li').first().waitFor();
      for (const title of ['What', 'When', 'Actors']) {
        const label = group(page, title).locator('> ul > li > label').first();
        const count = await label.locator('.count').innerText();
        const name = await label.locator('bdi').innerText();
        await label.click();
        await page.waitForFunction((name) => document.querySelector('.chips').textContent.includes(name), name);
        await results(page, count);
        await label.click();
        await page.waitForFunction(() => document.querySelector('.chips').hidden);
      }
    }, { path: 'search/?q=missiles' });
  });

  test('values of a facet are found by their names', async () => {
    await bundled(async (page) => {
      await results(page, /Results/);
      const actors = group(page, 'Actors');
      await actors.locator('> summary').click();
      await actors.locator('input[type=search]').fill('nikit');
      await page.waitForFunction(() => [...document.querySelectorAll('details.facet[open] bdi')].some((one) => one.textContent === 'Nikita Khrushchev'));
      assert.deepEqual(await actors.locator('li bdi').allInnerTexts(), ['Nikita Khrushchev']);
    }, { path: 'search/?q=missiles' });
  });

  test('what is called so stands above the results', async () => {
    await bundled(async (page) => {
      await results(page, /Results/);
      const first = page.locator('.entities li:not(.awaited)').first();
      await first.waitFor();
      assert.equal(await first.locator('h3').innerText(), 'Hamas');
      await first.locator('h3 a').click();
      await page.waitForURL('**/actors/hamas/');
    }, { path: 'search/?q=%D8%AD%D9%85%D8%A7%D8%B3' });
  });

  test('the next page of results is a step, and back brings the place on the page again', async () => {
    await bundled(async (page) => {
      await results(page, /Results/);
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.waitForURL('**page=2');
      await cards(page).first().waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.className), 'total');
      await page.evaluate(() => scrollTo(0, 600));
      await page.waitForFunction(() => history.state?.y === Math.round(scrollY) && scrollY > 300);
      await page.waitForFunction(() => !document.querySelector('.results > .awaited'));
      const y = await page.evaluate(() => scrollY);
      await cards(page).locator('.from a, h3 a').first().evaluate((link) => link.click());
      await page.waitForURL((url) => !url.pathname.startsWith('/search/'));
      await page.goBack();
      await results(page, /Results/);
      await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, y);
      await page.goBack();
      await page.waitForFunction(() => document.querySelector('.turn').textContent.includes('Page 1 of'));
    }, { path: 'search/?q=kennedy', height: 700 });
  });

  test('is told of to screen readers when one pauses, not on each key', async () => {
    await bundled(async (page) => {
      await page.evaluate(() => {
        globalThis.told = [];
        new MutationObserver(() => globalThis.told.push(document.querySelector('[role=status]').textContent))
          .observe(document.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true });
      });
      await field(page).pressSequentially('kennedy', { delay: 150 });
      const many = await results(page, /Results/);
      await page.waitForFunction(() => globalThis.told.length > 0);
      assert.deepEqual(await page.evaluate(() => globalThis.told), [`Results: ${many}`]);
    });
  });

  test('is worked by the keyboard alone', async () => {
    await bundled(async (page) => {
      await page.keyboard.press('Control+k');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
      await page.keyboard.type('missiles');
      const many = await results(page, /Results/);
      await group(page, 'What').locator('input').first().focus();
      await page.keyboard.press('Space');
      assert.ok((await results(page, /Results/)) < many);
      assert.ok(await page.evaluate(() => document.activeElement.type === 'checkbox' && document.activeElement.checked), 'the focus stays');
      await page.keyboard.press('Control+k');
      assert.equal(await page.evaluate(() => getSelection().toString()), 'missiles');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => new URL(location).searchParams.get('q') === null);
      assert.equal(await field(page).inputValue(), '');
    });
  });

  test('says so when a file cannot be had, and tries again', async () => {
    await bundled(async (page) => {
      await page.context().setOffline(true);
      await field(page).fill('khrushchev');
      const again = page.getByRole('button', { name: 'Try again' });
      await again.waitFor();
      assert.equal(await page.locator('[role=status]').textContent(), 'A part of the search could not be loaded.');
      await page.context().setOffline(false);
      await again.click();
      await results(page, /Results/);
      await cards(page).first().waitFor();
      assert.ok(!(await again.isVisible()));
    });
  });

  for (const [what, answer] of [
    ['empty', { body: '' }],
    ['a page of the host', { body: '<!doctype html><title>Gone</title>', contentType: 'text/html' }],
  ]) {
    for (const [sort, query] of [['words', 'khrushchev'], ['places', '"naval quarantine"'], ['days', 'naval&sort=date']]) {
      test(`a file of ${sort} that is ${what} is no file`, async () => {
        await bundled(async (page) => {
          await page.getByRole('button', { name: 'Try again' }).waitFor();
          assert.equal(await cards(page).count(), 0);
          assert.equal(await total(page).textContent(), '');
        }, {
          path: `search/?q=${query}`,
          before: (page) => page.route(`**/*.${sort}`, (route) => route.fulfill(answer)),
        });
      });
    }
  }

  test('where a query fails the results of the last one do not stay', async () => {
    await bundled(async (page) => {
      await field(page).fill('khrushchev');
      await results(page, /Results/);
      await page.context().setOffline(true);
      await field(page).fill('"naval quarantine"');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.equal(await page.locator('.results > li').count(), 0);
      assert.equal(await total(page).textContent(), '');
    });
  });

  test('a choice takes the words that were typed a moment ago with it', async () => {
    await bundled(async (page) => {
      await field(page).fill('khrushchev');
      await results(page, /Results/);
      await page.evaluate(() => {
        const input = document.querySelector('.find input[name=q]');
        input.value = 'kennedy';
        input.dispatchEvent(new Event('input', { bubbles: true }));
        document.querySelector('.facet input[type=checkbox]').click();
      });
      await page.waitForURL(/type=/);
      assert.equal(new URL(page.url()).searchParams.get('q'), 'kennedy');
    });
  });

  test('an answer that comes late changes nothing', async () => {
    const { manifest } = await openSite(folders.bundled);
    await bundled(async (page) => {
      let held;
      await page.route('**/*.words', async (route) => {
        if (held) return route.continue();
        held = route;
      });
      await field(page).fill('khrushchev');
      while (!held) await page.waitForTimeout(20);
      await field(page).fill('');
      await page.waitForFunction(() => !location.search);
      await held.continue();
      await page.waitForTimeout(200);
      assert.equal(await total(page).textContent(), 'Type words, or choose what to see');
      assert.ok(manifest.documents > 0);
    });
  });

  test('without scripts it says so and leads to the lists', async () => {
    await bundled(async (page) => {
      assert.match(await page.locator('main').innerText(), /needs JavaScript/);
      for (const name of ['All briefings', 'Actors', 'Claims']) {
        assert.ok(await page.locator('main').getByRole('link', { name }).isVisible(), name);
      }
    }, { scripts: false });
  });

  test('an old browser is told so', async () => {
    await bundled(async (page) => {
      assert.match(await page.locator('main').innerText(), /too old/);
      assert.ok(await page.locator('main').getByRole('link', { name: 'All briefings' }).isVisible());
    }, { before: (page) => page.addInitScript(() => { delete globalThis.DecompressionStream; }) });
  });

  test('nothing is refused by a strict policy, and nothing else is asked for', async () => {
    await bundled(async (page, seen) => {
      await results(page, /Results/);
      await group(page, 'Locations').locator('> summary').click();
      await group(page, 'Locations').locator('li').first().waitFor();
      await wholePage(page);
      assert.deepEqual(seen, []);
    }, { path: 'search/?q=%22united%20states%22' });
  });

  test('works under a path', async () => {
    await bundled(async (page, seen) => {
      await page.locator('.masthead input[name=q]').fill('khrushchev');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/archive/search/?q=khrushchev');
      await cards(page).first().waitFor();
      const links = await page.$$eval('.results a', (all) => all.map((one) => new URL(one.href).pathname));
      assert.ok(links.length > 0 && links.every((one) => one.startsWith('/archive/')), links.join());
      assert.deepEqual(seen, []);
    }, { site: 'bundled under a path', path: '' });
  });

  test('works from a folder, without a server', async () => {
    const at = pathToFileURL(path.join(folders['bundled on disk'], 'index.html')).href;
    await read({ path: at, fresh: true }, async (page, seen) => {
      await page.locator('.masthead input[name=q]').fill('khrushchev');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search/index.html?q=khrushchev');
      await cards(page).first().waitFor();
      await group(page, 'Actors').locator('> summary').click();
      await group(page, 'Actors').locator('li').first().waitFor();
      await cards(page).locator('.from a, h3 a').first().click();
      await page.waitForURL((url) => !url.pathname.includes('/search/'));
      assert.deepEqual(seen, []);
    });
  });

  test('on a phone what narrows the results is out of the way, and nothing scrolls sideways', async () => {
    for (const width of [320, 390]) {
      await bundled(async (page) => {
        await cards(page).first().waitFor();
        assert.ok(!(await group(page, 'What').isVisible()));
        await page.locator('.narrow > summary').click();
        assert.ok(await group(page, 'What').isVisible());
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      }, { path: 'search/?q=khrushchev', width, phone: true });
    }
  });

  test('axe finds nothing, light and dark, on a desk and on a phone', async () => {
    await bundled(async (page) => {
      await page.evaluate(axe);
      await cards(page).first().waitFor();
      await page.getByRole('button', { name: 'Remove What: Claims' }).waitFor();
      await group(page, 'Actors').evaluate((one) => { one.open = true; });
      await group(page, 'Actors').locator('li').first().waitFor();
      for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [375, 'dark'], [375, 'light']]) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await page.locator('.narrow').evaluate((one) => { one.open = true; });
        const found = await page.evaluate(async () => (await globalThis.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'], preload: false,
        })).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)));
        assert.deepEqual(found, [], `${colorScheme}, ${width} px`);
      }
    }, { path: 'search/?q=kennedy&type=claim&type=event' });
  });

  test('an Arabic archive is searched with and without what is written onto a word', async () => {
    await read({ site: 'arabic', path: 'search/?q=%D8%A7%D9%84%D9%85%D8%AD%D8%A7%D8%AF%D8%AB%D8%A7%D8%AA', fresh: true }, async (page) => {
      await cards(page).first().waitFor();
      const there = await shown(page);
      await field(page).fill('محادثات');
      await page.waitForFunction(() => document.title.startsWith('محادثات'));
      await results(page, /./);
      await cards(page).first().waitFor();
      assert.equal(await shown(page), there);
      assert.ok((await page.locator('.results mark').count()) > 0);
    });
  });
});

describe('the field on every page', atATime, () => {
  test('leads to the results', async () => {
    await bundled(async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('kennedy');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search/?q=kennedy');
      await results(page, /Results/);
    }, { path: 'claims/' });
  });

  test('no single letter does anything', async () => {
    await bundled(async (page) => {
      for (const key of ['k', '/', 's', 'f']) await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    }, { path: 'claims/' });
  });
});

describe('what the script answers without a page', async () => {
  const { index, manifest } = await openSite(folders.bundled);
  const found = async (query) => Array.from((await index.search(query)).found);

  test('a count of a facet is the number of results that choosing it leads to, also beside another choice', async () => {
    for (const q of ['missiles', '']) {
      const facets = { type: ['claim'] };
      const { counts } = await index.search({ q, facets });
      const pairs = Object.entries(counts).flatMap(([param, values]) => Array.from(values, ([value, count]) => ({ param, value, count })));
      assert.ok(pairs.length > 8, pairs.length);
      assert.ok(pairs.some(({ value }) => value === 'event'), 'what else could be chosen is counted too');
      for (const { param, value, count } of pairs) {
        assert.equal((await found({ q, facets: { ...facets, [param]: [value] } })).length, count, `${q} ${param}=${value}`);
      }
    }
  });

  test('an entity\'s count is the number of results that choosing it leads to', async () => {
    const { has } = await index.search({ q: 'cuba' });
    const { list, isAll } = await index.values('actors', 1, has);
    assert.ok(isAll && list[0].count > list.at(-1).count);
    for (const { value, count } of list) assert.equal((await found({ q: 'cuba', facets: { actors: [value] } })).length, count, value);
  });

  test('of several values of a facet any counts, of entities all', async () => {
    const many = async (facets) => (await found({ facets })).length;
    assert.equal(await many({ type: ['claim', 'event'] }), (await many({ type: ['claim'] })) + (await many({ type: ['event'] })));
    const both = await many({ actors: ['soviet-union', 'united-states'] });
    assert.ok(both > 0 && both < Math.min(await many({ actors: ['soviet-union'] }), await many({ actors: ['united-states'] })));
  });

  test('what is called just so stands above what is called more, and that above what only begins so', async () => {
    const names = async (q) => {
      const { entities } = await index.search({ q });
      return Promise.all(entities.map(async (id) => {
        const { name, index: at } = index.place(id);
        return /<h3[^>]*>.*?<bdi>(.*?)<\/bdi>/.exec((await index.cards(name))[at])[1];
      }));
    };
    assert.equal((await names('united'))[0].split(' ')[0], 'United');
    const years = await names('1962');
    assert.equal(years[0], '1962');
    assert.match(years[1], /^\w+ 1962$/);
    const october = await names('october 1962');
    assert.equal(october[0], 'October 1962');
    assert.ok(october.length > 5 && october.slice(1).every((one) => /^\d+ October 1962$/.test(one)), october.join());
    assert.equal((await names('octo'))[0].split(' ')[0], 'October');
  });

  test('an entity is told its name by its address, whatever file it is in', async () => {
    assert.equal(await index.nameOf('actors', 'nikita-khrushchev'), 'Nikita Khrushchev');
    assert.equal(await index.nameOf('actors', 'nobody-at-all'), undefined);
    for (const { value, name } of (await index.values('locations', 9, new Uint8Array(manifest.documents))).list) {
      assert.equal(await index.nameOf('locations', value), name);
    }
  });

  test('a value that a facet does not have finds nothing', async () => {
    for (const facets of [{ actors: ['nobody'] }, { type: ['poem'] }, { date: ['1066'] }, { lang: ['tlh'] }, { status: ['true'] }]) {
      assert.deepEqual(await found({ facets }), [], JSON.stringify(facets));
      assert.deepEqual(await found({ q: 'kennedy', facets }), [], JSON.stringify(facets));
    }
  });

  test('of a kind without values any value finds nothing', async () => {
    const { index: small } = await openSite(folders.old);
    assert.equal((await small.search({ q: 'duke' })).found.length, 1);
    assert.deepEqual(Array.from((await small.search({ q: 'duke', facets: { locations: ['nowhere'] } })).found), []);
  });

  test('an index without words finds nothing', async () => {
    const small = parts.open({ ...manifest, words: { first: [], files: [], places: [] } }, () => assert.fail('no file is asked for'));
    assert.deepEqual(Array.from((await small.search({ q: 'kennedy "range missiles"' })).found), []);
  });

  test('a date in digits is a phrase, and its entity still stands above', async () => {
    const { index: small } = await openSite(folders.old);
    const ask = async (q) => {
      const { found, entities } = await small.search({ q });
      return [found.length, entities.length];
    };
    assert.deepEqual(await ask('0987-06-01'), [1, 1]);
    assert.deepEqual(await ask('0987-06'), [1, 2], 'the day is called so as well');
    assert.deepEqual(await ask('0987-01-06'), [0, 1], 'its words are those of the day');
    assert.deepEqual(await ask('"0987-06-01"'), [1, 0]);
    assert.deepEqual(await ask('0987-06-01x'), [0, 0]);
  });

  test('of a query the first thousand signs count', async () => {
    const one = await found({ q: 'kennedy' });
    assert.deepEqual(await found({ q: `${'kennedy '.repeat(125)}zzyzx` }), one);
    assert.deepEqual(await found({ q: `${'kennedy '.repeat(124)}zzyzx` }), []);
  });

  test('a phrase is found where its words follow each other', async () => {
    const words = await found({ q: 'range missiles ' });
    const phrase = await found({ q: '"range missiles"' });
    assert.ok(phrase.length > 0 && phrase.length <= words.length, `${phrase.length} of ${words.length}`);
    assert.deepEqual(await found({ q: '"missiles range"' }), []);
  });

  test('the last word may go on, unless it is short or a space follows', async () => {
    const lengths = await Promise.all(['khrushch', 'khrushch ', 'kh'].map(async (q) => (await found({ q })).length));
    assert.ok(lengths[0] > 10, lengths[0]);
    assert.deepEqual(lengths.slice(1), [0, 0]);
  });

  test('nothing asked for finds nothing, and by date the newest stands first', async () => {
    assert.deepEqual(await found({}), []);
    const months = (await found({ q: 'the', sort: 'date' })).map((id) => {
      const { first, months } = manifest.segments.find((one) => id < one.first + one.count);
      let end = first;
      return months.find(([, count]) => id < (end += count))[0];
    });
    assert.ok(new Set(months).size > 1);
    assert.deepEqual(months, months.toSorted((one, other) => other - one));
  });
});

describe('what the search weighs', atATime, () => {
  test('its script is less than 16 kB, and no page but its own loads it', async () => {
    const assets = await readdir(path.join(folders.bundled, 'assets'));
    const script = await readFile(path.join(folders.bundled, 'assets', assets.find((one) => one.startsWith('search'))));
    assert.ok(gzipSync(script).length < 16_000, gzipSync(script).length);
    const home = await (await fetch(homes.bundled)).text();
    assert.ok(!home.includes('assets/search'));
  });
});
