import type { SqlStatement } from '../../adql/index.ts';
import type { WireFormat } from '../row-batch.ts';
import { typeOids } from './type-oids.ts';

/**
 * Everything that PostgreSQL needs to run one statement, in one write: Parse, Bind, Execute, Sync
 * (PostgreSQL manual, "Message Formats"). The unnamed statement and portal are used; Describe is
 * not asked for, since the translator knows the columns.
 * @param wireFormats one per output column
 */
export function queryMessages(statement: SqlStatement, wireFormats: readonly WireFormat[]): Buffer {
  return Buffer.concat([
    ...message('P', parse(statement)),
    ...message('B', bind(statement.values, wireFormats)),
    ...message('E', [emptyName, allRows]),
    ...message('S', []),
  ]);
}

const emptyName = Buffer.from([0]);
const allRows = Buffer.alloc(4);

function message(code: string, parts: readonly Buffer[]): readonly Buffer[] {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  const head = Buffer.alloc(5);
  head.write(code, 'latin1');
  head.writeInt32BE(length, 1);
  return [head, ...parts];
}

function parse({ text, types }: SqlStatement): readonly Buffer[] {
  const oids = Buffer.alloc(2 + 4 * types.length);
  oids.writeUInt16BE(types.length, 0);
  types.forEach((type, index) => oids.writeUInt32BE(typeOids[type], 2 + 4 * index));
  return [emptyName, Buffer.from(text.replaceAll('\0', '')), emptyName, oids];
}

function bind(
  values: readonly (string | null)[],
  wireFormats: readonly WireFormat[],
): readonly Buffer[] {
  const parts = [emptyName, emptyName, int16(0), int16(values.length)];
  for (const value of values) {
    const bytes = Buffer.from(value ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : bytes.length);
    parts.push(length, bytes);
  }
  parts.push(int16(wireFormats.length));
  for (const format of wireFormats) parts.push(int16(format === 'binary' ? 1 : 0));
  return parts;
}

function int16(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}
