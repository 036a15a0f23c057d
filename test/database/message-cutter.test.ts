import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Cut, MessageCutter } from '../../src/database/message-cutter.ts';

function message(code: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(code);
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

function show(cut: Cut): string {
  if (cut.kind === 'rows') return `${String(cut.rowCount)} rows: ${cut.bytes.toString('latin1')}`;
  return `other: ${cut.bytes.toString('latin1')}`;
}

/** As they come out of the socket. */
function cut(cutter: MessageCutter, chunk: Buffer): readonly Cut[] {
  chunk.copy(cutter.space(chunk.length));
  return cutter.cut(chunk.length);
}

test('rows that arrive together stay together; other messages stand alone', () => {
  const bytes = Buffer.concat([
    message('D', 'a'),
    message('D', 'bc'),
    message('C', 'x'),
    message('Z', 'I'),
  ]);

  expect(cut(new MessageCutter(), bytes).map(show)).toEqual([
    '2 rows: D\0\0\0\x05aD\0\0\0\x06bc',
    'other: C\0\0\0\x05x',
    'other: Z\0\0\0\x05I',
  ]);
});

test('wherever the bytes are torn, no message is lost, torn or out of order', () => {
  const messages = fc.array(fc.tuple(fc.constantFrom('D', 'N', 'C'), fc.string()));
  const pieceSizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
  fc.assert(
    fc.property(messages, pieceSizes, (list, sizes) => {
      const sent = Buffer.concat(list.map(([code, body]) => message(code, body)));
      const cutter = new MessageCutter();
      const cuts: Cut[] = [];
      for (let offset = 0, i = 0; offset < sent.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        const piece = sent.subarray(offset, offset + size);
        cuts.push(...cut(cutter, piece).map((one) => ({ ...one, bytes: Buffer.from(one.bytes) })));
        offset += size;
      }
      const rows = cuts.reduce((sum, cut) => sum + (cut.kind === 'rows' ? cut.rowCount : 0), 0);

      expect(Buffer.concat(cuts.map(({ bytes }) => bytes))).toEqual(sent);
      expect(rows).toBe(list.filter(([code]) => code === 'D').length);
      expect(cuts.filter(({ kind }) => kind === 'other')).toHaveLength(list.length - rows);
    }),
  );
});

test('rows stay as they are while those behind them are cut', () => {
  const cutter = new MessageCutter();
  const torn = Buffer.concat([message('D', 'first'), message('D', 'torn')]);
  const cuts = [
    ...cut(cutter, torn.subarray(0, 15)),
    ...cut(cutter, Buffer.concat([torn.subarray(15), message('D', 'second').subarray(0, 8)])),
  ];

  expect(cuts.map(show)).toEqual(['1 rows: D\0\0\0\x09first', '1 rows: D\0\0\0\x08torn']);
});
