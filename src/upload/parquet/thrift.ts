/** A value of Thrift's compact protocol; integers as far as a Number holds them. */
export type ThriftValue = boolean | number | Buffer | ThriftStruct | readonly ThriftValue[];

/** Parquet numbers its fields no further; what has a higher number is not kept. */
const highestId = 31;

/** A struct; an array takes a tenth of the memory of a Map, and footers have many thousand. */
export class ThriftStruct {
  readonly #fields: (ThriftValue | undefined)[] = [];

  /** Field ids that are there. */
  get ids(): readonly number[] {
    return [...this.#fields.keys()].filter((id) => this.has(id));
  }

  get(id: number): ThriftValue | undefined {
    return this.#fields[id];
  }

  has(id: number): boolean {
    return this.#fields[id] !== undefined;
  }

  set(id: number, value: ThriftValue): void {
    if (id >= 0 && id <= highestId) this.#fields[id] = value;
  }
}

/** What stands there is no Thrift, or more of it than Parquet has use for. */
export class ThriftError extends Error {
  override readonly name = 'ThriftError';
  /** More bytes might make it right; or there is more than was allowed. */
  readonly kind: 'cut-off' | 'too-much' | 'wrong';

  constructor(message: string, kind: ThriftError['kind'] = 'wrong') {
    super(message);
    this.kind = kind;
  }
}

/** What values cost of a reader's allowance: about 25 bytes of memory to the unit. */
const costs = { struct: 8, binary: 4, other: 1 } as const;

const deepest = 20;
/** 64 bits in groups of 7. */
const longestVarint = 10;

/**
 * Thrift's compact protocol. hyparquet has one too, but it trusts what it reads: a number of a
 * million bytes keeps it busy for minutes, and nothing bounds its memory.
 */
export class ThriftReader {
  readonly #source: Buffer;
  #at: number;
  #allowance: number;

  /** @param allowance what the values may cost together */
  constructor(source: Buffer, at: number, allowance: number) {
    this.#source = source;
    this.#at = at;
    this.#allowance = allowance;
  }

  /** Behind what was read. */
  get at(): number {
    return this.#at;
  }

  /** @throws ThriftError */
  struct(depth = 0): ThriftStruct {
    if (depth > deepest) throw new ThriftError('nested too deep');
    this.#spend(costs.struct);
    const fields = new ThriftStruct();
    let id = 0;
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      const delta = header >> 4;
      id = delta === 0 ? zigzag(this.#varint()) : id + delta;
      const type = header & 15;
      fields.set(id, type <= 2 ? type === 1 : this.#value(type, depth));
    }
    return fields;
  }

  #value(type: number, depth: number): ThriftValue {
    this.#spend(costs.other);
    if (type <= 2) return this.#byte() === 1;
    if (type >= 4 && type <= 6) return zigzag(this.#varint());
    switch (type) {
      case 3:
        return (this.#byte() << 24) >> 24;
      case 7:
        return this.#bytes(8).readDoubleLE();
      case 8:
        this.#spend(costs.binary);
        return this.#bytes(this.#varint());
      case 9:
      case 10:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new ThriftError(`unknown type ${String(type)}`);
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    const header = this.#byte();
    const count = header >> 4 === 15 ? this.#varint() : header >> 4;
    const values: ThriftValue[] = [];
    for (let index = 0; index < count; index += 1) values.push(this.#value(header & 15, depth));
    return values;
  }

  #bytes(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#source.length) throw new ThriftError('cut off', 'cut-off');
    const bytes = this.#source.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  #byte(): number {
    const byte = this.#source[this.#at];
    if (byte === undefined) throw new ThriftError('cut off', 'cut-off');
    this.#at += 1;
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let index = 0; index < longestVarint; index += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw new ThriftError('a number of more than 64 bits');
  }

  #spend(cost: number): void {
    this.#allowance -= cost;
    if (this.#allowance < 0) throw new ThriftError('too many values', 'too-much');
  }
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

export function integerOf(struct: ThriftStruct, id: number): number | null {
  const value = struct.get(id);
  return typeof value === 'number' ? value : null;
}

export function textOf(struct: ThriftStruct, id: number): string | null {
  const value = struct.get(id);
  return Buffer.isBuffer(value) ? value.toString() : null;
}

export function structOf(struct: ThriftStruct, id: number): ThriftStruct | null {
  const value = struct.get(id);
  return value instanceof ThriftStruct ? value : null;
}

/** The structs of a list; none when there is no such list. */
export function structsOf(struct: ThriftStruct, id: number): readonly ThriftStruct[] {
  const value = struct.get(id);
  if (!Array.isArray(value)) return [];
  return (value as readonly ThriftValue[]).filter(
    (item): item is ThriftStruct => item instanceof ThriftStruct,
  );
}
