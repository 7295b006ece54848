import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atATime, pages, read } from './reader.js';

/** Words that each kind of page is there for. */
const content = {
  'the home page': 'A truce is refused',
  'a briefing': 'Hamas is in direct talks with the United States.',
  'a briefing that answers another': 'The letter says so.',
  'a translation': 'حماس في محادثات مباشرة مع الولايات المتحدة.',
  'a retracted briefing': 'The document was forged.',
  'the list of briefings': 'A truce is refused',
  'a numbered page of the list': 'A deadline passes',
  'the index of actors': 'Bassem Naim',
  'the index of places': 'Khan Younis',
  'an actor': 'A profile has words of its own.',
  'a place': 'Khan Younis',
  'a topic': 'Hamas official says',
  'the index of dates': '2025',
  'a year': 'May',
  'a month': '15',
  'a day': 'Hamas official says',
  'a page of words': 'We read, and we say who says what.',
  'a missing page': 'Nothing is published at this address.',
};

describe('where scripts do not run', atATime, () => {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} shows all that it shows elsewhere`, async () => {
      const text = { true: '', false: '' };
      for (const scripts of [true, false]) {
        await read({ site: 'desk', path, scripts }, async (page, seen) => {
          assert.ok(await page.locator('h1').isVisible());
          assert.ok(await page.locator('.masthead nav').isVisible());
          text[scripts] = await page.locator('main').innerText();
          assert.deepEqual(seen, []);
        });
      }
      assert.ok(text.false.includes(content[name]), text.false);
      assert.equal(text.false, text.true);
    });
  }

  test('an old address leads on', async () => {
    for (const scripts of [true, false]) {
      await read({ site: 'desk', path: 'old/direct-talks/', scripts }, async (page) => {
        await page.waitForURL(`**/${pages['a briefing']}`);
      });
    }
  });
});
