/** A value of Thrift's compact protocol as it is written: its type and its bytes. */
interface Written {
  readonly type: number;
  readonly bytes: Buffer;
}

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}

export function i32(value: number): Written {
  return { type: 5, bytes: varint(value < 0 ? -value * 2 - 1 : value * 2) };
}

export function binary(value: string | Buffer): Written {
  const bytes = Buffer.from(value);
  return { type: 8, bytes: Buffer.concat([varint(bytes.length), bytes]) };
}

type Fields = Readonly<Partial<Record<number, Written>>>;

/** Fields by their ids, in rising order. */
export function struct(fields: Fields): Written {
  let last = 0;
  const parts = Object.entries(fields).map(([key, value]) => {
    const id = Number(key);
    const { type, bytes } = value ?? i32(0);
    const head = Buffer.from([((id - last) << 4) | type]);
    last = id;
    return Buffer.concat([head, bytes]);
  });
  return { type: 12, bytes: Buffer.concat([...parts, Buffer.alloc(1)]) };
}

/** @param count what the list claims; as many as there are when left out */
export function list(items: readonly Written[], count = items.length): Written {
  const type = items[0]?.type ?? 12;
  const head = Buffer.concat([Buffer.from([0xf0 | type]), varint(count)]);
  return { type: 9, bytes: Buffer.concat([head, ...items.map(({ bytes }) => bytes)]) };
}

/** A file of one column `n` and one page, and what of it is to be wrong. */
export interface ParquetFile {
  /** SchemaElement of the column besides its name; INT32, required, by itself. */
  readonly element?: Fields;
  /** The elements behind the root, in place of the one column. */
  readonly schema?: readonly Written[];
  readonly rows?: number;
  /** Values that the chunk claims; as many as rows. */
  readonly values?: number;
  readonly codec?: number;
  readonly pages?: readonly Buffer[];
  /** Changes in ColumnMetaData, ColumnChunk and the footer. */
  readonly chunk?: Fields;
  readonly column?: Fields;
  readonly footer?: Fields;
}

export const optional = { 3: i32(1) };
export const int32 = { 1: i32(1) };
export const text = { 1: i32(6), 6: i32(0) };

export function parquetFile(changes: ParquetFile): Buffer {
  const element: Fields = changes.element ?? int32;
  const { rows = 2, codec = 0, values = rows, pages = [dataPage({})] } = changes;
  const column = struct({ ...element, 3: element[3] ?? i32(0), 4: binary('n') });
  const schema = changes.schema ?? [column];
  const data = Buffer.concat(pages);
  const chunk = struct({
    1: element[1] ?? i32(1),
    2: list([i32(0)]),
    3: list([binary('n')]),
    4: i32(codec),
    5: i32(values),
    6: i32(data.length),
    7: i32(data.length),
    9: i32(4),
    ...changes.chunk,
  });
  const columnChunk = struct({ 2: i32(4), 3: chunk, ...changes.column });
  const group = struct({ 1: list([columnChunk]), 2: i32(data.length), 3: i32(rows) });
  const footer = struct({
    1: i32(1),
    2: list([struct({ 4: binary('root'), 5: i32(schema.length) }), ...schema]),
    3: i32(rows),
    4: list([group]),
    ...changes.footer,
  });
  return withFooter(data, footer.bytes);
}

export function withFooter(data: Buffer, footer: Buffer, length = footer.length): Buffer {
  const tail = Buffer.alloc(8, 'PAR1');
  tail.writeUInt32LE(length, 0);
  tail.write('PAR1', 4);
  return Buffer.concat([Buffer.from('PAR1'), data, footer, tail]);
}

export interface DataPage {
  readonly bytes?: Buffer;
  /** What the header claims. */
  readonly values?: number;
  readonly encoding?: number;
  readonly compressed?: number;
  readonly uncompressed?: number;
}

/** Two int32 by themselves. */
export function dataPage({
  bytes = Buffer.from([1, 0, 0, 0, 2, 0, 0, 0]),
  values = 2,
  encoding = 0,
  compressed = bytes.length,
  uncompressed = bytes.length,
}: DataPage): Buffer {
  const header = struct({
    1: i32(0),
    2: i32(uncompressed),
    3: i32(compressed),
    5: struct({ 1: i32(values), 2: i32(encoding), 3: i32(3), 4: i32(3) }),
  });
  return Buffer.concat([header.bytes, bytes]);
}

export function dictionaryPage(bytes: Buffer, count: number): Buffer {
  const header = struct({
    1: i32(2),
    2: i32(bytes.length),
    3: i32(bytes.length),
    7: struct({ 1: i32(count), 2: i32(0) }),
  });
  return Buffer.concat([header.bytes, bytes]);
}

/** Levels or indexes with their length in front. */
export function levels(bytes: readonly number[] | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, Buffer.from(bytes)]);
}
