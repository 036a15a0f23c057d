import { ServiceError, shortened } from '../service-error.ts';

/** A cell that cannot be read. Who knows the row and the column adds them (`atCell`). */
export class CellError extends Error {
  override readonly name = 'CellError';
}

export function badUpload(message: string, options?: ErrorOptions): ServiceError {
  return new ServiceError('bad-request', message, options);
}

export function uploadTooLarge(message: string): ServiceError {
  return new ServiceError('too-large', message);
}

/** The same failure with the place of the cell in front; rows count from 1. */
export function atCell(error: unknown, row: number, column: string | undefined): unknown {
  if (!(error instanceof CellError)) return error;
  const place = column === undefined ? '' : `, column "${shortened(column)}"`;
  return badUpload(`row ${String(row)}${place}: ${error.message}`, { cause: error });
}
