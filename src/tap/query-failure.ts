import { AdqlError, explain } from '../../adql/index.ts';
import { ServiceError } from '../service-error.ts';

/** Whatever went wrong, in words for the one who sent the query. */
export function queryFailure(error: unknown, adql: string): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof AdqlError) {
    return new ServiceError('bad-query', explain(error, adql), { cause: error });
  }
  return new ServiceError(
    'internal',
    'The service failed on this query. The fault is ours and was logged; please report it.',
    { cause: error },
  );
}
