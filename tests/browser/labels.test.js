import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getDocumentProxy } from 'unpdf';
import { atATime, read } from './reader.js';

/** The labels and their colours on black, as FIRST prescribes them (TLP 2.0, August 2022). */
const prescribed = {
  'TLP:AMBER+STRICT': 'rgb(255, 192, 0)',
  'TLP:AMBER': 'rgb(255, 192, 0)',
  'TLP:GREEN': 'rgb(51, 255, 0)',
  'TLP:CLEAR': 'rgb(255, 255, 255)',
};

/** A page of each label, in two directions. */
const pages = [
  ['TLP:AMBER+STRICT', ''],
  ['TLP:AMBER+STRICT', 'briefings/2025/05/18/strict/'],
  ['TLP:AMBER', 'briefings/2025/05/17/talks/'],
  ['TLP:GREEN', 'briefings/2025/05/16/green/'],
  ['TLP:CLEAR', 'briefings/2025/05/15/clear/'],
];

/** Twelve points, in the pixels of CSS. */
const twelvePoints = 16;

const banners = (page) => page.$$eval('.edition-label .tlp', (all) => all.map((one) => {
  const style = getComputedStyle(one);
  const { right, top, bottom } = one.getBoundingClientRect();
  const body = getComputedStyle(document.body);
  const edge = document.body.getBoundingClientRect().right - parseFloat(body.paddingRight);
  return {
    words: one.innerText,
    color: style.color,
    background: style.backgroundColor,
    size: parseFloat(style.fontSize),
    fromRight: Math.abs(edge - right),
    isInHeader: bottom <= document.querySelector('main').getBoundingClientRect().top,
    isInFooter: top >= document.querySelector('main').getBoundingClientRect().bottom,
    shown: one.checkVisibility(),
  };
}));

describe('labels', atATime, () => {
  for (const [label, path] of pages) {
    test(`${path || 'the home page'} bears ${label} in header and footer, at the right, in its colour on black, in 12 points or more`, async () => {
      await read({ site: 'inner', path }, async (page) => {
        for (const [why, media, colorScheme, width] of [
          ['light', 'screen', 'light', 1280],
          ['dark', 'screen', 'dark', 1280],
          ['on a phone', 'screen', 'light', 320],
          ['on paper', 'print', 'light', 642],
        ]) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ media, colorScheme });
          const found = await banners(page);
          assert.equal(found.length, 2, why);
          for (const one of found) {
            assert.equal(one.words, label, why);
            assert.equal(one.color, prescribed[label], why);
            assert.equal(one.background, 'rgb(0, 0, 0)', why);
            assert.ok(one.size >= twelvePoints, `${one.size} px, ${why}`);
            assert.ok(one.fromRight <= 1, `${one.fromRight} px from the right edge, ${why}`);
            assert.ok(one.shown, why);
          }
          assert.deepEqual(found.map((one) => [one.isInHeader, one.isInFooter]), [[true, false], [false, true]], why);
        }
      });
    });
  }

  test('a reader with forced colours sees each label in its own', async () => {
    await read({ site: 'inner', path: pages[1][1] }, async (page) => {
      await page.emulateMedia({ forcedColors: 'active' });
      for (const one of await banners(page)) {
        assert.deepEqual([one.color, one.background], [prescribed[one.words], 'rgb(0, 0, 0)']);
      }
      await page.emulateMedia({ forcedColors: null });
    });
  });

  test('every sheet of paper bears the label at its top and at its bottom, at the right', async () => {
    for (const [label, path] of [pages[1], pages[2]]) {
      await read({ site: 'inner', path }, async (page) => {
        const paper = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A5' })));
        assert.ok(paper.numPages > 1, 'the text takes more than one sheet');
        for (let number = 1; number <= paper.numPages; number += 1) {
          const sheet = await paper.getPage(number);
          const words = (await sheet.getTextContent()).items.filter((one) => one.str.trim());
          const marks = words.filter((one) => one.str.trim() === label && one.height >= 11.9);
          assert.equal(marks.length, 2, `sheet ${number}`);
          const heights = words.filter((one) => !one.str.includes('TLP:') && !one.str.startsWith('Edition') && one.str !== 'inner').map((one) => one.transform[5]);
          assert.ok(marks[0].transform[5] > Math.max(...heights), `above all on sheet ${number}`);
          assert.ok(marks[1].transform[5] < Math.min(...heights), `below all on sheet ${number}`);
          for (const mark of marks) {
            assert.ok(mark.transform[4] > sheet.view[2] / 2, `at the right on sheet ${number}`);
          }
        }
      });
    }
  });

  test('no translator turns a label into other words, and none runs from the right', async () => {
    await read({ site: 'inner', path: pages[1][1] }, async (page) => {
      const wrong = await page.$$eval('body *', (all) => all
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.includes('TLP:')))
        .filter((one) => one.translate || getComputedStyle(one).direction !== 'ltr')
        .map((one) => one.outerHTML));
      assert.deepEqual(wrong, []);
    });
  });
});
