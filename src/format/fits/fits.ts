import type { OutputColumn } from '../../../adql/index.ts';
import { softwareVersion } from '../../package-root.ts';
import { ServiceError } from '../../service-error.ts';
import { ByteOutput } from '../byte-output.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { uniqueNames } from '../unique-names.ts';
import { ColumnSurvey, type SizedColumn } from './column-survey.ts';
import { card, dataPadding, headerBlock, history, integerCard } from './fits-header.ts';
import { fitsColumn } from './fits-column.ts';
import { writeFitsRows } from './fits-rows.ts';

/** Bytes of rows. One long string makes all rows long; beyond this another format serves better. */
const mostDataBytes = 16 * 2 ** 30;

/**
 * FITS 4.0 with one BINTABLE. Its header tells the number of rows and the length of the strings, so
 * all rows are surveyed before the first byte leaves. Strings are ASCII there: other characters
 * become `?`, in JSON `\\u00e9`.
 */
export function createFitsEncoder(head: ResultHead): ResultEncoder {
  const columns = head.columns.map(fitsColumn);
  const survey = new ColumnSurvey(columns);
  const output = new ByteOutput();
  let rowTotal = 0;
  let table: FitsTable | null = null;
  return {
    wireFormats: columns.map(({ wireFormat }) => wireFormat),
    survey: ({ bytes }, rowCount) => {
      survey.add({ bytes, rowCount });
      rowTotal += rowCount;
    },
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      const isFirst = table === null;
      table ??= sizedTable(survey.sized(), rowTotal);
      writeFitsRows({ bytes, rowCount }, table.columns, output);
      const written = output.take();
      return isFirst ? Buffer.concat([headers(head, table), written]) : written;
    },
    // An overflow has no form here; a failure must not pass for a whole answer.
    foot: (outcome) => {
      if (outcome.status === 'ERROR') return null;
      if (table !== null) return dataPadding(table.rowBytes * table.rowTotal);
      return headers(head, sizedTable(survey.sized(), 0));
    },
  };
}

interface FitsTable {
  readonly columns: readonly SizedColumn[];
  readonly rowBytes: number;
  readonly rowTotal: number;
}

function sizedTable(columns: readonly SizedColumn[], rowTotal: number): FitsTable {
  const rowBytes = columns.reduce((sum, { width, form }) => sum + width * form.bytes, 0);
  if (rowBytes * rowTotal <= mostDataBytes) return { columns, rowBytes, rowTotal };
  throw new ServiceError(
    'too-large',
    `In FITS every row is as long as the longest, and this answer would take ${String(rowBytes)} bytes for each of ${String(rowTotal)} rows. Ask for another format, or leave out the column with the longest values.`,
  );
}

function headers(head: ResultHead, table: FitsTable): Buffer {
  return Buffer.concat([primaryHeader(head), tableHeader(head, table)]);
}

function primaryHeader({ query, requestDate, warnings }: ResultHead): Buffer {
  return headerBlock([
    card('SIMPLE', true),
    card('BITPIX', 8),
    card('NAXIS', 0),
    card('EXTEND', true),
    card('DATE', requestDate),
    card('CREATOR', softwareVersion),
    ...history(query),
    ...warnings.flatMap(history),
  ]);
}

function tableHeader(head: ResultHead, { columns, rowBytes, rowTotal }: FitsTable): Buffer {
  const names = uniqueNames(head.columns);
  return headerBlock([
    card('XTENSION', 'BINTABLE'),
    card('BITPIX', 8),
    card('NAXIS', 2),
    card('NAXIS1', rowBytes),
    card('NAXIS2', rowTotal),
    card('PCOUNT', 0),
    card('GCOUNT', 1),
    card('TFIELDS', columns.length),
    card('EXTNAME', 'result'),
    ...columns.flatMap((sized, index) =>
      columnCards(sized, { number: String(index + 1), name: names[index] ?? '' }),
    ),
  ]);
}

/** TTYPE, TFORM, TUNIT, TNULL and TDIM are FITS; the others are STIL's words for VOTable's. */
function columnCards(
  { column, form, width, nullNumber }: SizedColumn,
  { number, name }: { readonly number: string; readonly name: string },
): readonly string[] {
  const { unit, ucd, utype, xtype, description } = column;
  const texts = { TUNIT: unit, TUCD: ucd, TUTYP: utype, TXTYP: xtype, TCOMM: description };
  return [
    card(`TTYPE${number}`, name),
    card(`TFORM${number}`, `${width === 1 ? '' : String(width)}${form.code}`),
    ...(nullNumber === null ? [] : [integerCard(`TNULL${number}`, nullNumber.text)]),
    ...dimensions(column, number),
    ...Object.entries(texts)
      .filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '')
      .map(([keyword, text]) => card(`${keyword}${number}`, text)),
  ];
}

/** `3x4` is `(3,4)`; what is variable in VOTable has no TDIM here. */
function dimensions({ arraysize, sqlType }: OutputColumn, number: string): readonly string[] {
  const isFixed = sqlType.endsWith('[]') && /^\d+(x\d+)+$/.test(arraysize ?? '');
  return isFixed ? [card(`TDIM${number}`, `(${(arraysize ?? '').replaceAll('x', ',')})`)] : [];
}
