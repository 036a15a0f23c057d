/** A page does not hold what its header says. Who knows the column tells it. */
export class DamagedPage extends Error {
  override readonly name = 'DamagedPage';
}
