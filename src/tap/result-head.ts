import { explain, type Translation } from '../../adql/index.ts';
import type { ResultHead } from '../format/result-format.ts';
import type { TapRequest } from './tap-request.ts';

/** What the document says of the query before its first row. */
export function resultHead(request: TapRequest, translation: Translation): ResultHead {
  return {
    columns: translation.columns,
    query: request.query,
    warnings: translation.warnings.map((warning) => explain(warning, request.query)),
    // DALI timestamps carry no zone: UTC is meant.
    requestDate: new Date().toISOString().replace('Z', ''),
  };
}
