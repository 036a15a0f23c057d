/** A load that cannot be done, told to the operator who started it. The catalogue is as it was. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}
