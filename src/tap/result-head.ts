import { explain, type Translation } from '../../adql/index.ts';
import type { ResultHead } from '../format/result-format.ts';
import type { TapRequest } from './tap-request.ts';

/** What the document says of the query before its first row. */
export function resultHead(request: TapRequest, translation: Translation): ResultHead {
  return {
    columns: translation.columns,
    query: request.query,
    ...(request.cloud === undefined ? {} : { cloud: request.cloud }),
    ...repeatUrl(request),
    warnings: translation.warnings.map((warning) => explain(warning, request.query)),
    // DALI timestamps carry no zone: UTC is meant.
    requestDate: new Date().toISOString().replace('Z', ''),
  };
}

/** Longer URLs are cut or refused on their way. */
const longestUrl = 8000;

/** Uploaded tables cannot be named in a URL. */
function repeatUrl({ query, syncUrl, uploads }: TapRequest): Pick<ResultHead, 'repeatUrl'> {
  if (syncUrl === undefined || uploads.values.length > 0) return {};
  const url = `${syncUrl}?${new URLSearchParams({ LANG: 'ADQL', QUERY: query }).toString()}`;
  return url.length > longestUrl ? {} : { repeatUrl: url };
}
