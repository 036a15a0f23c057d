import { expect, test } from '@jest/globals';
import { readQuerySet } from './query-set.ts';

test('a query set is read with its defaults and its declared functions', () => {
  const xml = `<?xml version="1.0"?>
    <queries>
      <title>Two queries</title>
      <functions><function><form>f(a INTEGER) -> REAL</form></function></functions>
      <query uuid="1">
        <description>Less
          than.</description>
        <functions><function><form>g () -> REAL</form><description>G</description></function></functions>
        <adql valid="true" version="adql-2.0">SELECT a FROM t <!-- no text --> WHERE a &lt; g()</adql>
      </query>
      <query uuid="2"><adql><![CDATA[SELECT < FROM]]></adql></query>
    </queries>`;
  expect(readQuerySet(xml)).toEqual([
    {
      uuid: '1',
      description: 'Less than.',
      adql: 'SELECT a FROM t  WHERE a < g()',
      isValid: true,
      language: 'ADQL-2.0',
      functions: ['f', 'g'],
    },
    {
      uuid: '2',
      description: '',
      adql: 'SELECT < FROM',
      isValid: false,
      language: 'ADQL-2.1',
      functions: ['f'],
    },
  ]);
});

test('XML that is not well-formed is an error', () => {
  expect(() => readQuerySet('<queries><query></queries>')).toThrow('unexpected close tag');
});
