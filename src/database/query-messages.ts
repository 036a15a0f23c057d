import type { SqlStatement } from '../../adql/index.ts';
import type { WireFormat } from '../row-batch.ts';
import type { Naming } from './prepared-names.ts';
import { typeOids } from './type-oids.ts';

/** One run of a statement. */
export interface Submission {
  readonly statement: SqlStatement;
  /** One per output column. */
  readonly wireFormats: readonly WireFormat[];
  readonly naming: Naming;
}

/**
 * Everything that PostgreSQL needs to run one statement, in one write: Close for a name that is given up,
 * Parse unless it is prepared already, Bind, Execute, Sync (PostgreSQL manual, "Message Formats").
 * The unnamed portal is used; Describe is not asked for, since the translator knows the columns.
 */
export function queryMessages(submission: Submission): Buffer {
  const { isPrepared, outdated } = submission.naming;
  const messages = new Messages(sizeAtMost(submission));
  if (outdated !== null) {
    messages.write('C', () => {
      messages.text(`S${outdated}`);
    });
  }
  if (!isPrepared) {
    messages.write('P', () => {
      parse(messages, submission);
    });
  }
  messages.write('B', () => {
    bind(messages, submission);
  });
  messages.write('E', () => {
    messages.text('');
    messages.int32(allRows);
  });
  messages.write('S', () => undefined);
  return messages.written();
}

/** Execute's row limit: none. */
const allRows = 0;

/** A length in place of a value. */
const nullValue = -1;

/** Three bytes of UTF-8 stand for one UTF-16 code unit at most. */
const bytesOfUnit = 3;

/** Codes, lengths and counts of the five messages together. */
const fixedBytes = 64;

function sizeAtMost({ statement, wireFormats, naming }: Submission): number {
  const { text, values, types } = statement;
  const names = 2 * naming.name.length + (naming.outdated?.length ?? 0);
  const units = values.reduce((sum, value) => sum + (value?.length ?? 0), text.length + names);
  const counted = 4 * types.length + 4 * values.length + 2 * wireFormats.length;
  return fixedBytes + bytesOfUnit * units + counted;
}

function parse(messages: Messages, { statement, naming }: Submission): void {
  messages.text(naming.name);
  messages.text(statement.text);
  messages.int16(statement.types.length);
  for (const type of statement.types) messages.int32(typeOids[type]);
}

function bind(messages: Messages, { statement, naming, wireFormats }: Submission): void {
  // The name of the portal; all parameters are text.
  messages.text('');
  messages.text(naming.name);
  messages.int16(0);
  messages.int16(statement.values.length);
  for (const value of statement.values) messages.value(value);
  messages.int16(wireFormats.length);
  for (const format of wireFormats) messages.int16(format === 'binary' ? 1 : 0);
}

/** Messages in one buffer: a buffer for each of their fields took longer than to send them. */
class Messages {
  readonly #bytes: Buffer;
  #length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  /** The length counts itself and all that follows, but not the code. */
  write(code: string, writeFields: () => void): void {
    this.#length += this.#bytes.write(code, this.#length, 'latin1');
    const start = this.#length;
    this.int32(0);
    writeFields();
    this.#bytes.writeInt32BE(this.#length - start, start);
  }

  int16(number: number): void {
    this.#length = this.#bytes.writeUInt16BE(number, this.#length);
  }

  int32(number: number): void {
    this.#length = this.#bytes.writeInt32BE(number, this.#length);
  }

  /** Ended by a zero, and so without any inside. */
  text(text: string): void {
    this.#length += this.#bytes.write(text.replaceAll('\0', ''), this.#length);
    this.#length = this.#bytes.writeUInt8(0, this.#length);
  }

  value(value: string | null): void {
    const start = this.#length;
    this.int32(nullValue);
    if (value === null) return;
    this.#length += this.#bytes.write(value, this.#length);
    this.#bytes.writeInt32BE(this.#length - start - 4, start);
  }

  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
