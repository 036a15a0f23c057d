import { element, renderDocument } from '../../xml.ts';
import { info, votable } from './votable-frame.ts';

/** Content-Type of an error document: TOPCAT, STILTS and pyvo read errors of this type at any status. */
export const errorMediaType = 'application/x-votable+xml';

/** What a client gets in place of a result (DALI 1.1, "Error documents"). */
export function errorDocument(message: string): Buffer {
  const results = element('RESOURCE', { type: 'results' }, [
    info('QUERY_STATUS', 'ERROR', message),
  ]);
  return Buffer.from(renderDocument(votable([results])));
}
