import { element } from '../../xml.ts';
import { ByteOutput, fixedBytes } from '../byte-output.ts';
import { cellWriters, type CellWriter } from '../cell-writer.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { writeTextRows, type TextLayout } from '../text-rows.ts';
import { rowsMarker, votableFrame } from './votable-frame.ts';
import { writeXmlText } from './xml-text.ts';

const blank = 0x20;

const data = element('TABLEDATA', {}, [rowsMarker]);

const tags = {
  rowStart: fixedBytes(Buffer.from('\n<TR><TD>')),
  separator: fixedBytes(Buffer.from('</TD><TD>')),
  rowEnd: fixedBytes(Buffer.from('</TD></TR>')),
};

/** VOTable in TABLEDATA (VOTable 1.4, "TABLEDATA Serialization"): the one that every client reads. */
export function createTabledataEncoder(head: ResultHead): ResultEncoder {
  const frame = votableFrame(head, data);
  const output = new ByteOutput();
  const layout: TextLayout = {
    ...tags,
    writers: cellWriters(head.columns, writeXmlText).map((write, index) =>
      head.columns[index]?.datatype === 'bit' ? writeBits : write,
    ),
  };
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => frame.head,
    rows: (batch, rowCount) => {
      writeTextRows({ bytes: batch.bytes, rowCount }, layout, output);
      return output.take();
    },
    foot: frame.foot,
  };
}

/** `1 0 1`: without blanks, STIL 4.1 reads the first bit alone, and astropy 8.0 refuses a `bit[*]`. */
const writeBits: CellWriter = ({ source, start, end }, output) => {
  output.reserve((end - start) * 2);
  for (let index = start; index < end; index += 1) {
    if (index > start) output.bytes[output.length++] = blank;
    output.bytes[output.length++] = source[index] ?? 0;
  }
};
