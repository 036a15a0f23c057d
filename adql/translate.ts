import type { Catalog } from './catalog.ts';
import type { Translation } from './translation.ts';

export interface TranslateOptions {
  readonly catalog: Catalog;
  /** In 2.0 the words that 2.1 reserved anew (OFFSET, ILIKE...) may be names. */
  readonly language: 'ADQL-2.0' | 'ADQL-2.1';
  /** The statement returns at most this many rows, whatever TOP says. */
  readonly rowLimit: number;
}

export declare function translate(adql: string, options: TranslateOptions): Translation;
