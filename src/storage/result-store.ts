import type { Readable } from 'node:stream';

/**
 * Where results and posted files lie. A key names one object, is written once and never changed:
 * letters, digits, `.`, `_` and `-`, at most 200 characters.
 */
export interface ResultStore {
  /**
   * Keeps all chunks, or nothing: an object is there only when it is whole.
   * @param chunks pulled as fast as they can be stored; whatever they throw is thrown on
   * @returns the size in bytes
   * @throws ServiceError 'storage-full' or 'storage-unavailable'
   */
  readonly write: (
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    mediaType: string,
  ) => Promise<number>;
  /**
   * @param range bytes, both included; all when absent
   * @throws ServiceError 'not-found' or 'storage-unavailable'
   */
  readonly read: (key: string, range?: ByteRange) => Promise<Readable>;
  /** Objects that are not there are no error. */
  readonly delete: (keys: readonly string[]) => Promise<void>;
  /** Everything that lies there, half-written remains too. */
  readonly list: () => AsyncIterable<StoredObject>;
  /** For VOSI availability: throws when the store cannot be used. */
  readonly check: () => Promise<void>;
}

export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface StoredObject {
  readonly key: string;
  readonly modified: Date;
}
