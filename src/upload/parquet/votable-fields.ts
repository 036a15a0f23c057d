import { CopyRows } from '../copy-rows.ts';
import { badUpload } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { type TableHead, VotableDocument } from '../votable/votable-document.ts';
import { XmlReader } from '../votable/xml-reader.ts';

/**
 * What the VOTable of a VOParquet file says of its columns (VOParquet 1.0); null when it has none.
 * @throws ServiceError when it is no VOTable
 */
export function votableFields(content: string | null, limits: UploadLimits): TableHead | null {
  if (content === null) return null;
  const document = new VotableDocument(limits, new CopyRows(limits));
  const xml = new XmlReader(document, limits.cellBytes);
  try {
    xml.write(content);
    xml.end();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw badUpload(`its VOTable metadata cannot be used: ${error.message}`, { cause: error });
  }
  return document.table;
}
