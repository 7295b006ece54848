import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { atATime, bundledPages, pages, read } from './reader.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.0, 2.1 and 2.2, levels A and AA: the rule, and the places. */
function violations(page) {
  return page.evaluate(async () => {
    const found = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
      preload: false,
    });
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));
  });
}

describe('axe finds nothing against WCAG 2.2 AA', atATime, () => {
  const everyPage = [
    ...Object.entries(pages).map(([name, path]) => ({ site: 'desk', name, path })),
    ...bundledPages.map(([name, path]) => ({ site: 'bundled', name: `${name}, ${path} of the bundled archive`, path, few: true })),
    { site: 'arabic', name: 'an Arabic home page', path: '', few: true },
    { site: 'inner', name: 'the home page of an edition for some', path: '', few: true },
    { site: 'inner', name: 'a briefing with marked parts', path: 'briefings/2025/05/17/talks/' },
    { site: 'inner', name: 'a marked briefing that runs from the right', path: 'briefings/2025/05/18/strict/', few: true },
    { site: 'arabic', name: 'an Arabic briefing', path: 'briefings/2025/05/15/talks/' },
  ];
  for (const { site, name, path, few } of everyPage) {
    test(`${name}, light and dark, on a desk and on a phone`, async () => {
      await read({ site, path }, async (page) => {
        // By the debugger, which no policy holds back.
        await page.evaluate(axe);
        for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [375, 'dark'], [375, 'light']]) {
          if (few && (width === 1280) !== (colorScheme === 'dark')) continue;
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await violations(page), [], `${colorScheme}, ${width} px`);
        }
      });
    });
  }
});
