import { badUpload } from './upload-failure.ts';

export type UploadFormat = 'votable' | 'fits' | 'parquet' | 'csv' | 'tsv';

export interface SniffedUpload {
  readonly head: Buffer;
  /** As the client or the web server named it, if it did. */
  readonly mediaType: string | null;
}

/**
 * The format of an upload: by its first bytes, since clients name it wrongly or not at all (pyvo
 * sends none, astroquery `None`); the media type only tells CSV from TSV.
 */
export function sniffFormat({ head, mediaType }: SniffedUpload): UploadFormat {
  if (head.length === 0) throw badUpload('it is empty.');
  const start = head.toString('latin1', 0, 64).replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  const known = magics.find(({ magic }) => magic.test(start));
  if (known !== undefined) return known.format;
  const foreign = foreignFormats.find(({ magic }) => start.startsWith(magic));
  if (foreign !== undefined) throw badUpload(`it is ${foreign.name}; ${formatsRead}`);
  if (head.includes(0)) throw badUpload(`its format is not known here; ${formatsRead}`);
  if (mediaType?.startsWith('text/tab-separated-values') === true) return 'tsv';
  return firstLine(head).includes('\t') && !firstLine(head).includes(',') ? 'tsv' : 'csv';
}

const magics = [
  // In UTF-16 too.
  { magic: /^[\s\0]*</, format: 'votable' },
  { magic: /^SIMPLE {2}=/, format: 'fits' },
  { magic: /^PAR1/, format: 'parquet' },
] as const;

const formatsRead = 'send a VOTable, FITS, Parquet, CSV or TSV.';

const foreignFormats = [
  { magic: 'PK\x03\x04', name: 'a zip file' },
  { magic: '%PDF', name: 'a PDF file' },
  { magic: '{', name: 'JSON' },
] as const;

function firstLine(head: Buffer): string {
  return head.toString('latin1').split(/\r?\n/, 1)[0] ?? '';
}
