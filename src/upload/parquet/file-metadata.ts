import type { SpoolFile } from '../spool.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';
import { readSchema, type SchemaNode } from './schema.ts';
import {
  integerOf,
  structOf,
  structsOf,
  textOf,
  ThriftError,
  ThriftReader,
  type ThriftStruct,
} from './thrift.ts';

/** What the footer says (Parquet format, "Metadata"), as far as it is needed to read the rows. */
export interface FileMetadata {
  readonly columns: readonly SchemaNode[];
  readonly rowCount: number;
  readonly rowGroups: readonly RowGroup[];
  /** IVOA.VOTable-Parquet.content (VOParquet 1.0), a VOTable without data. */
  readonly votable: string | null;
}

export interface RowGroup {
  readonly rowCount: number;
  /** Of every leaf of the schema, in its order. */
  readonly chunks: readonly ColumnChunk[];
}

/** The pages of one column in one row group. */
export interface ColumnChunk {
  readonly codec: number;
  /** Nulls included; of lists all elements. */
  readonly valueCount: number;
  /** Bytes of the file. */
  readonly start: number;
  readonly end: number;
}

const magic = 'PAR1';
const tailBytes = 8;
/** A thousand columns in a hundred row groups. */
const mostFooterBytes = 16_000_000;
/** Of `ThriftReader`: 26,000 chunks of columns, which are 5,000,000 rows of 26 columns as this service writes them. */
const footerAllowance = 3_000_000;

/** @throws ServiceError when there is no footer that can be read */
export async function readMetadata(file: SpoolFile): Promise<FileMetadata> {
  const size = file.size();
  const tail = await file.read(size - tailBytes, tailBytes);
  const kind = tail.toString('latin1', 4);
  if (kind === 'PARE') throw badUpload('it is an encrypted Parquet file; send it in the clear.');
  if (kind !== magic) throw badUpload('it is a Parquet file without its end; it is not complete.');
  const length = tail.readUInt32LE();
  if (length > mostFooterBytes) throw footerTooLarge();
  const footer = await file.read(size - tailBytes - length, length);
  if (footer.length < length || size < length + tailBytes + magic.length) throw damaged();
  return metadataOf(readFooter(footer), size);
}

function readFooter(footer: Buffer): ThriftStruct {
  try {
    return new ThriftReader(footer, 0, footerAllowance).struct();
  } catch (error) {
    if (error instanceof ThriftError) {
      throw error.kind === 'too-much' ? footerTooLarge() : damaged(error);
    }
    throw error;
  }
}

function metadataOf(footer: ThriftStruct, size: number): FileMetadata {
  const content = structsOf(footer, 5).find(
    (pair) => textOf(pair, 1) === 'IVOA.VOTable-Parquet.content',
  );
  return {
    columns: readSchema(structsOf(footer, 2)),
    rowCount: integerOf(footer, 3) ?? 0,
    rowGroups: structsOf(footer, 4).map((group) => ({
      rowCount: integerOf(group, 3) ?? 0,
      chunks: structsOf(group, 1).map((chunk) => readChunk(chunk, size)),
    })),
    votable: content === undefined ? null : textOf(content, 2),
  };
}

/** By the numbers of Thrift's fields: 7 total_compressed_size, 9 data_page_offset and so on. */
function readChunk(chunk: ThriftStruct, size: number): ColumnChunk {
  const metadata = structOf(chunk, 3);
  if (metadata === null || chunk.has(8)) {
    throw badUpload('its columns are encrypted; send the file in the clear.');
  }
  if (chunk.has(1)) throw badUpload('its data are in another file; send them in one.');
  const number = (id: number): number => integerOf(metadata, id) ?? -1;
  const [dictionary, data, valueCount] = [number(11), number(9), number(5)];
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + number(7);
  const isSound = start >= 0 && end >= start && end <= size && valueCount >= 0;
  if (!isSound) throw damaged();
  return { codec: number(4), valueCount, start, end };
}

function footerTooLarge(): Error {
  return uploadTooLarge(
    'its footer is larger than this service takes; write it with larger row groups.',
  );
}

export function damaged(cause?: unknown): Error {
  return badUpload('its Parquet metadata are damaged.', { cause });
}
