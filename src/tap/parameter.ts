/** A parameter as the client sent it, from the query string, a form or a multipart body. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * All values of a parameter, in the order in which they came (DALI 1.1, "Parameters").
 * @param name in capitals; clients write it as they like
 */
export function valuesOf(parameters: readonly Parameter[], name: string): readonly string[] {
  return parameters
    .filter((parameter) => parameter.name.toUpperCase() === name)
    .map(({ value }) => value);
}

/** The same without empty ones, which count as absent. */
export function givenValuesOf(parameters: readonly Parameter[], name: string): readonly string[] {
  return valuesOf(parameters, name).filter((value) => value !== '');
}
