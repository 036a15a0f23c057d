import { expect, test } from '@jest/globals';
import { badDocuments } from './bad-documents.ts';
import { badFits } from './bad-fits.ts';
import { badParquet } from './bad-parquet.ts';
import { binary, int, limits, piecesOf, read, tabledata, votable } from './read-hostile.ts';

test.each([...badDocuments, ...badFits, ...badParquet])(
  '%s is refused',
  async (_name, content, message) => {
    await expect(read(piecesOf(content))).rejects.toMatchObject({ name: 'ServiceError', message });
  },
);

test.each([
  ['TABLEDATA', tabledata('datatype="double" arraysize="*"', '1.5 2.5 3.5 '.repeat(200))],
  [
    'BINARY',
    binary(
      int,
      Array.from({ length: 2000 }, (_, index) => index % 251),
    ),
  ],
])('a document in %s cut off anywhere is refused', async (_name, content) => {
  await expect(read(piecesOf(content))).resolves.toBeGreaterThan(1000);
  for (let length = 1; length < content.length; length += 100) {
    await expect(read(piecesOf(content.slice(0, length)))).rejects.toThrow(/it |its /);
  }
});

test.each([
  ['a cell', tabledata('datatype="char" arraysize="*"', ' ').split(' </TD>')[0] ?? '', 'x'],
  ['white space between rows', '<VOTABLE><RESOURCE>', ' '],
  ['descriptions', '<VOTABLE><RESOURCE>', '<DESCRIPTION>x</DESCRIPTION>'],
  [
    'rows',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA>|').split('|')[0] ?? '',
    '<TR><TD>1</TD></TR>',
  ],
  [
    'a binary row',
    binary('datatype="double" arraysize="1000000"', '|').split('|')[0] ?? '',
    'AAAA',
  ],
  [
    'nothing that is rows',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA/>').replace('</VOTABLE>', ''),
    '<INFO/>',
  ],
])('%s without end is refused when the limit is reached', async (_name, start, repeated) => {
  let taken = 0;
  const piece = Buffer.from(repeated.repeat(5000));
  const endless = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from(start));
    for (;;) {
      taken += piece.length;
      yield await Promise.resolve(piece);
    }
  };
  await expect(read(endless())).rejects.toThrow(/limit|the most|too large|no data came/);
  expect(taken).toBeLessThan(limits.bytes + 2 * piece.length);
});
