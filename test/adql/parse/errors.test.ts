import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AdqlError } from '../../../adql/error.ts';
import { explain } from '../../../adql/explain.ts';
import { parse } from '../../../adql/parse/parse.ts';

/** The code of the error, and the whole text that clients see. */
function refusal(adql: string): string {
  try {
    parse(adql, { language: 'ADQL-2.1' });
    return 'accepted';
  } catch (error) {
    if (error instanceof AdqlError) return `${error.code}. ${explain(error, adql)}`;
    throw error;
  }
}

const folder = new URL('errors/', import.meta.url);

/** Each file holds refusals by one cause: what is said, the query, and the caret below it. */
describe.each(readdirSync(folder))('what authors of wrong queries are told: %s', (file) => {
  const refusals = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n\n');

  test.each(refusals.map((text) => [text.split('\n')[1] ?? '', text]))('%s', (adql, text) => {
    expect(refusal(adql)).toBe(text);
  });
});

test('in a query of several lines the place is told by line and column', () => {
  expect(refusal('SELECT a\nFROM t\nWHERE (a = 1 OR (b = 2)')).toBe(
    `syntax. Line 3, column 7: This parenthesis is never closed.
WHERE (a = 1 OR (b = 2)
      ^`,
  );
});

test('an empty query is told apart from an unfinished one', () => {
  expect(refusal(' -- nothing\n')).toBe(
    `syntax. Line 2, column 1: The query is empty.

^`,
  );
});
