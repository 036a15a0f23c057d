import { element } from '../../xml.ts';
import { ByteOutput } from '../byte-output.ts';
import { cellWriters } from '../cell-writer.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { writeTextRows, type TextLayout } from '../text-rows.ts';
import { rowsMarker, votableFrame } from './votable-frame.ts';
import { writeXmlText } from './xml-text.ts';

const data = element('TABLEDATA', {}, [rowsMarker]);

/** VOTable in TABLEDATA (VOTable 1.4, "TABLEDATA Serialization"): the one that every client reads. */
export function createTabledataEncoder(head: ResultHead): ResultEncoder {
  const frame = votableFrame(head, data);
  const output = new ByteOutput();
  const layout: TextLayout = {
    rowStart: Buffer.from('\n<TR><TD>'),
    separator: Buffer.from('</TD><TD>'),
    rowEnd: Buffer.from('</TD></TR>'),
    writers: cellWriters(head.columns, writeXmlText),
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
