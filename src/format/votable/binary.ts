import type { OutputColumn } from '../../../adql/index.ts';
import type { RowBatch } from '../../row-batch.ts';
import { element, type XmlElement } from '../../xml.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { Base64Stream } from './base64-stream.ts';
import { binary2Column, binaryColumn, type BinaryColumn } from './binary-column.ts';
import { binaryLayout, writeBinaryRows, type BinaryLayout } from './binary-rows.ts';
import type { FieldColumn } from './field.ts';
import { learnUnicode, unicodeColumns } from './unicode-columns.ts';
import { rowsMarker, votableFrame, type VotableFrame } from './votable-frame.ts';

/** What tells the two binary serializations apart. */
interface Serialization {
  readonly data: XmlElement;
  readonly describe: (column: OutputColumn, isUnicode: boolean) => BinaryColumn;
  readonly hasNullFlags: boolean;
  /** As long as their (cached) translations are. */
  readonly tables: WeakMap<Columns, BinaryTable>;
}

type Columns = ResultHead['columns'];

interface BinaryTable {
  /** Of each column whether it is described as `unicodeChar`. */
  readonly isUnicode: readonly boolean[];
  readonly fields: readonly FieldColumn[];
  readonly layout: BinaryLayout;
}

/** VOTable in BINARY2 (VOTable 1.4, "BINARY2 Serialization"): half the size of TABLEDATA or less. */
export const createBinary2Encoder = binaryEncoder({
  data: stream('BINARY2'),
  describe: binary2Column,
  hasNullFlags: true,
  tables: new WeakMap(),
});

/** VOTable in BINARY, for readers older than VOTable 1.3. */
export const createBinaryEncoder = binaryEncoder({
  data: stream('BINARY'),
  describe: binaryColumn,
  hasNullFlags: false,
  tables: new WeakMap(),
});

function stream(name: string): XmlElement {
  return element(name, {}, [element('STREAM', { encoding: 'base64' }, [rowsMarker])]);
}

const nothing = { bytes: Buffer.alloc(0), rowCount: 0 };

/**
 * The head waits for the first rows: they tell which strings need `unicodeChar`, twice the size of
 * `char`. Answers of one batch are thus always right; in a longer one a first character beyond
 * ASCII further down is an error that names the column, and the query is answered when it comes again,
 * as are all others on a column that TAP_SCHEMA describes. (UTF-8 in `char`, which VOTable 1.6 is to allow, is no way out: astropy 8 cannot read such a
 * table at all, and STIL 4.1 shows wrong letters. All strings as `unicodeChar` would double most answers.)
 */
function binaryEncoder(serialization: Serialization): (head: ResultHead) => ResultEncoder {
  return (head) => {
    const base64 = new Base64Stream();
    let begun: Begun | null = null;
    return {
      wireFormats: tableOf(head.columns, serialization).layout.values.map(
        ({ wireFormat }) => wireFormat,
      ),
      head: () => Buffer.alloc(0),
      rows: ({ bytes }, rowCount) => {
        const isFirst = begun === null;
        begun ??= begin(head, serialization, { bytes, rowCount });
        try {
          writeBinaryRows({ bytes, rowCount }, begun.layout, base64.output);
        } catch (error) {
          learnUnicode(head.columns, { bytes, rowCount });
          throw error;
        }
        return base64.take(isFirst ? begun.frame.head : nothing.bytes);
      },
      foot: (outcome) => {
        const { frame } = begun ?? begin(head, serialization, nothing);
        const parts = [base64.takeLast(), frame.foot(outcome)];
        return Buffer.concat(begun === null ? [frame.head, ...parts] : parts);
      },
    };
  };
}

/** A document that has its head. */
interface Begun {
  readonly frame: VotableFrame;
  readonly layout: BinaryLayout;
}

function begin(head: ResultHead, serialization: Serialization, firstRows: Rows): Begun {
  learnUnicode(head.columns, firstRows);
  const { fields, layout } = tableOf(head.columns, serialization);
  return { frame: votableFrame({ ...head, columns: fields }, serialization.data), layout };
}

type Rows = Pick<RowBatch, 'bytes' | 'rowCount'>;

function tableOf(columns: Columns, serialization: Serialization): BinaryTable {
  const { tables } = serialization;
  const isUnicode = unicodeColumns(columns);
  const known = tables.get(columns);
  if (known?.isUnicode.join() === isUnicode.join()) return known;
  const table = describeTable(columns, serialization, isUnicode);
  tables.set(columns, table);
  return table;
}

function describeTable(
  columns: Columns,
  { describe, hasNullFlags }: Serialization,
  isUnicode: readonly boolean[],
): BinaryTable {
  const described = columns.map((column, index) => describe(column, isUnicode[index] ?? false));
  return {
    isUnicode,
    fields: described.map(({ field }) => field),
    layout: binaryLayout(described, hasNullFlags),
  };
}
