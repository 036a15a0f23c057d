import { power, product, type Unit } from './unit.ts';

/** A unit by its symbol, and whether kilo, milli and the like may stand before it. */
interface KnownUnit {
  readonly unit: Unit;
  readonly prefixes: 'decimal' | 'decimal and binary' | 'none';
}

function base(name: string): Unit {
  return { times: 1, per: 1, dimension: { [name]: 1 } };
}

/** `times / per` of a unit. */
function scaled(unit: Unit, times: number, per = 1): Unit {
  return { ...unit, times: unit.times * times, per: unit.per * per };
}

function all(...units: readonly Unit[]): Unit {
  return units.reduce(product);
}

const [m, g, s, A, K] = [base('m'), base('g'), base('s'), base('A'), base('K')];
const deg = base('deg');
const kg = scaled(g, 1000);
const rad = scaled(deg, 180 / Math.PI);
const perSecond = power(s, -1);
const N = all(kg, m, power(s, -2));
const J = all(N, m);
const W = all(J, perSecond);
const C = all(A, s);
const V = all(W, power(A, -1));
const Wb = all(V, s);
const T = all(Wb, power(m, -2));
const photon = base('photon');
const day = scaled(s, 86400);
const year = scaled(day, 365.25);
const AU = scaled(m, 149_597_870_700);
const steradian = power(rad, 2);
const bit = base('bit');

/** VOUnits 1.0, tables 1 to 4: those that take decimal prefixes. */
const prefixed: Readonly<Record<string, Unit>> = {
  m,
  g,
  s,
  A,
  K,
  mol: base('mol'),
  cd: base('cd'),
  rad,
  sr: steradian,
  Hz: perSecond,
  N,
  Pa: all(N, power(m, -2)),
  J,
  W,
  C,
  V,
  S: all(A, power(V, -1)),
  F: all(C, power(V, -1)),
  Wb,
  T,
  H: all(Wb, power(A, -1)),
  lm: all(base('cd'), steradian),
  lx: all(base('cd'), steradian, power(m, -2)),
  Ohm: all(V, power(A, -1)),
  a: year,
  yr: year,
  pc: scaled(AU, 648_000 / Math.PI),
  Jy: scaled(all(W, power(m, -2), s), 1, 1e26),
  arcsec: scaled(deg, 1, 3600),
  eV: scaled(J, 1.602176634e-19),
  erg: scaled(J, 1, 1e7),
  G: scaled(T, 1, 1e4),
  mag: base('mag'),
  lyr: scaled(m, 299_792_458 * 86_400 * 365.25),
  barn: scaled(power(m, 2), 1, 1e28),
  R: scaled(all(photon, power(m, -2), perSecond, power(steradian, -1)), 1e10, 4 * Math.PI),
  ct: base('count'),
  count: base('count'),
  photon,
  ph: photon,
  pix: base('pixel'),
  pixel: base('pixel'),
  adu: base('adu'),
  electron: base('electron'),
  D: scaled(all(C, m), 3.33564e-30),
  min: scaled(s, 60),
  h: scaled(s, 3600),
  d: day,
  deg,
  arcmin: scaled(deg, 1, 60),
  // CODATA 2022, as is the Rydberg; the Sun as the IAU has it (2015, B3), its mass by CODATA's G of 2018.
  u: scaled(kg, 1.66053906892e-27),
  Ry: scaled(J, 2.179872361103e-18),
  solMass: scaled(kg, 1.988409870698051e30),
  solLum: scaled(W, 3.828e26),
  solRad: scaled(m, 6.957e8),
  bin: base('bin'),
  beam: base('beam'),
  chan: base('chan'),
  voxel: base('voxel'),
};

const unprefixed: Readonly<Record<string, Unit>> = {
  mas: scaled(deg, 1, 3_600_000),
  uas: scaled(deg, 1, 3_600_000_000),
  AU,
  au: AU,
  Angstrom: scaled(m, 1, 1e10),
  angstrom: scaled(m, 1, 1e10),
  ta: scaled(day, 365.24219),
  Ba: scaled(day, 365.242198781),
  dyn: scaled(N, 1, 1e5),
  dex: base('dex'),
  dB: base('decibel'),
  Sun: base('Sun'),
  '%': { times: 1, per: 100, dimension: {} },
};

const binary: Readonly<Record<string, Unit>> = {
  bit,
  byte: scaled(bit, 8),
  B: scaled(bit, 8),
};

export const knownUnits: ReadonlyMap<string, KnownUnit> = new Map([
  ...Object.entries(prefixed).map(([name, unit]) => entry(name, unit, 'decimal')),
  ...Object.entries(unprefixed).map(([name, unit]) => entry(name, unit, 'none')),
  ...Object.entries(binary).map(([name, unit]) => entry(name, unit, 'decimal and binary')),
]);

function entry(
  name: string,
  unit: Unit,
  prefixes: KnownUnit['prefixes'],
): readonly [string, KnownUnit] {
  return [name, { unit, prefixes }];
}

/** VOUnits 1.0, table 5: [numerator, denominator]. */
export const decimalPrefixes: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['da', [10, 1]],
  ['h', [1e2, 1]],
  ['k', [1e3, 1]],
  ['M', [1e6, 1]],
  ['G', [1e9, 1]],
  ['T', [1e12, 1]],
  ['P', [1e15, 1]],
  ['E', [1e18, 1]],
  ['Z', [1e21, 1]],
  ['Y', [1e24, 1]],
  ['d', [1, 10]],
  ['c', [1, 1e2]],
  ['m', [1, 1e3]],
  ['u', [1, 1e6]],
  ['n', [1, 1e9]],
  ['p', [1, 1e12]],
  ['f', [1, 1e15]],
  ['a', [1, 1e18]],
  ['z', [1, 1e21]],
  ['y', [1, 1e24]],
]);

export const binaryPrefixes: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['Ki', [2 ** 10, 1]],
  ['Mi', [2 ** 20, 1]],
  ['Gi', [2 ** 30, 1]],
  ['Ti', [2 ** 40, 1]],
  ['Pi', [2 ** 50, 1]],
  ['Ei', [2 ** 60, 1]],
  ['Zi', [2 ** 70, 1]],
  ['Yi', [2 ** 80, 1]],
]);
