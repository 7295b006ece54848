import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parts } from '../search/engine.mjs';

const { vectors } = JSON.parse(await readFile(new URL('../search/words.json', import.meta.url), 'utf8'));

/** The words of a text, each with its further forms, as the vectors have them. */
const words = (text, isQuery) => Array.from(parts.cut(Array.from(parts.fold(text)), isQuery), (word) => Array.from(parts.forms(word.text)));

describe('the words of the search', () => {
  test('the script of the page cuts every text as the generator does', () => {
    assert.ok(vectors.length > 150);
    for (const { rule, text, words: wanted, query = wanted } of vectors) {
      assert.deepEqual(words(text, false), wanted, `${rule}: ${text}`);
      assert.deepEqual(words(text, true), query, `${rule}, in a query: ${text}`);
    }
  });
});
