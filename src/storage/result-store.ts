import type { Readable } from 'node:stream';

/**
 * Where results and posted files lie. A key names one object, is written once and never changed:
 * letters, digits, `.`, `_` and `-`, at most 200 characters.
 */
export interface ResultStore {
  /**
   * Keeps all chunks, or nothing: an object is there only when it is whole.
   * @param chunks pulled as fast as they can be stored, each used no longer than until the next is
   *   pulled; whatever they throw is thrown on
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
  /**
   * A URL at which whoever has it can read the object for a quarter of an hour, from the store itself;
   * null when this store has no URLs, as a folder.
   * @throws ServiceError 'storage-unavailable'
   */
  readonly urlOf: (download: Download) => Promise<string | null>;
  /** Objects that are not there are no error. */
  readonly delete: (keys: readonly string[]) => Promise<void>;
  /** Everything that lies there, half-written remains too. */
  readonly list: () => AsyncIterable<StoredObject>;
  /** For VOSI availability: throws when the store cannot be used. */
  readonly check: () => Promise<void>;
}

/** How an object shall present itself to a client that fetches it by URL. */
export interface Download {
  readonly key: string;
  readonly mediaType: string;
  /** For Content-Disposition. */
  readonly disposition: string;
}

export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface StoredObject {
  readonly key: string;
  readonly modified: Date;
}
