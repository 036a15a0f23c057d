import { CopyRows } from '../copy-rows.ts';
import { declaredXmlEncoding, decodeText } from '../decode-text.ts';
import type { IncomingTable } from '../incoming-table.ts';
import type { UploadBody } from '../open-body.ts';
import { badUpload } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { VotableDocument } from './votable-document.ts';
import { XmlReader } from './xml-reader.ts';

/**
 * Reads a VOTable 1.0 to 1.6 in TABLEDATA, BINARY or BINARY2, never more of it than the consumer of
 * the rows takes.
 * @throws ServiceError that says what is wrong with the document; from the rows, at which row and column
 */
export async function readVotable(body: UploadBody, limits: UploadLimits): Promise<IncomingTable> {
  const rows = new CopyRows(limits);
  const document = new VotableDocument(limits, rows);
  const xml = new XmlReader(document, limits.cellBytes);
  const text = decodeText(body, declaredXmlEncoding(body));
  while (document.table === null) {
    const next = await text.next();
    if (next.done === true) {
      xml.end();
      throw badUpload('it holds no TABLE with FIELDs.');
    }
    xml.write(next.value);
  }
  const { fields, description, utype } = document.table;
  const columns = fields.map(({ column }) => column);
  return {
    description,
    utype,
    columns,
    rows: copyPieces({ text, xml, rows }),
    settledColumns: () => columns,
  };
}

interface Journey {
  readonly text: AsyncGenerator<string>;
  readonly xml: XmlReader;
  readonly rows: CopyRows;
}

/** What stands in `rows` already came with the last piece of the head. */
async function* copyPieces({ text, xml, rows }: Journey): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    if (rows.isPiece) yield rows.take();
    xml.write(piece);
  }
  xml.end();
  yield rows.take();
}
