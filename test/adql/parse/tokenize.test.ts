import { expect, test } from '@jest/globals';
import type { AdqlWarning } from '../../../adql/error.ts';
import type { Token } from '../../../adql/parse/token.ts';
import { Tokenizer } from '../../../adql/parse/tokenize.ts';

/** All, with the end. */
function tokenize(adql: string, warnings: AdqlWarning[] = []): readonly Token[] {
  const tokenizer = new Tokenizer(adql, warnings);
  const read = [tokenizer.next()];
  while (read.at(-1)?.kind !== 'end') read.push(tokenizer.next());
  return read;
}

/** Kind and text of every token but the end. */
function tokens(adql: string): readonly string[] {
  return tokenize(adql)
    .slice(0, -1)
    .map(({ kind, text }) => `${kind} ${text}`);
}

test('words are keywords or names; keywords count in any case, names keep theirs', () => {
  expect(tokens('Select Foo_1 "Foo ""x""" selectx')).toEqual([
    'keyword SELECT',
    'regular Foo_1',
    'delimited Foo "x"',
    'regular selectx',
  ]);
});

test('numbers have all forms of SQL, and a name may touch them', () => {
  expect(tokens('12 12. 12.5 .5 1e-7 1.E+3 89x 1e 2.x')).toEqual([
    'number 12',
    'number 12.',
    'number 12.5',
    'number .5',
    'number 1e-7',
    'number 1.E+3',
    'number 89',
    'regular x',
    'number 1',
    'regular e',
    'number 2.',
    'regular x',
  ]);
});

test('operators are read the longest first', () => {
  expect(tokens('a<=b<>c!=d||e>=f<-g.*;')).toEqual([
    'regular a',
    'operator <=',
    'regular b',
    'operator <>',
    'regular c',
    'operator !=',
    'regular d',
    'operator ||',
    'regular e',
    'operator >=',
    'regular f',
    'operator <',
    'operator -',
    'regular g',
    'operator .',
    'operator *',
    'operator ;',
  ]);
});

test('a string keeps line breaks and backslashes, and a doubled quote is one', () => {
  expect(tokens(String.raw`'O''Neill' 'a\n' ''`)).toEqual([
    "string O'Neill",
    String.raw`string a\n`,
    'string ',
  ]);
  expect(tokens("'two\nlines'")).toEqual(['string two\nlines']);
});

test('a string goes on behind a line break or a comment, and a warning says so', () => {
  const adql = "x = 'a' -- first part\n  'b'\r'c'";
  expect(tokens(adql)).toEqual(['regular x', 'operator =', 'string abc']);
  const warnings: AdqlWarning[] = [];
  tokenize(adql, warnings);
  expect(warnings).toEqual([
    {
      message:
        'String literals on consecutive lines were read as one string. ' +
        'If they are several values, put commas between them.',
      span: { start: 4, end: adql.length },
    },
  ]);
  expect(tokens("'a' 'b'")).toEqual(['string a', 'string b']);
});

test('comments and white space vanish, wherever the line ends', () => {
  expect(tokens('a--x\nb\t--y\r\nc --z\rd--')).toEqual([
    'regular a',
    'regular b',
    'regular c',
    'regular d',
  ]);
});

test('every token says where it stands', () => {
  expect(tokenize('a "b"')).toEqual([
    { kind: 'regular', text: 'a', span: { start: 0, end: 1 } },
    { kind: 'delimited', text: 'b', span: { start: 2, end: 5 } },
    { kind: 'end', text: '', span: { start: 5, end: 5 } },
  ]);
});
