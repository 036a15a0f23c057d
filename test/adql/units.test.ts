import { expect, test } from '@jest/globals';
import { parseUnit } from '../../adql/units/parse-unit.ts';
import { ratio, UnitError } from '../../adql/units/unit.ts';

function factor(from: string, to: string): number | null {
  const factors = ratio(parseUnit(from), parseUnit(to));
  return factors === null ? null : factors[0] / factors[1];
}

test.each([
  ['deg', 'arcsec', 3600],
  ['deg', 'mas', 3_600_000],
  ['mas/yr', 'arcsec/yr', 0.001],
  ['arcmin', 'rad', Math.PI / 180 / 60],
  ['deg**2', 'sr', (Math.PI / 180) ** 2],
  ['m', 'nm', 1e9],
  ['Angstrom', 'nm', 0.1],
  ['um', 'm', 1e-6],
  ['kbyte', 'byte', 1000],
  ['KiB', 'bit', 8192],
  ['d', 's', 86400],
  ['yr', 'd', 365.25],
  ['km/s', 'm.s**-1', 1000],
  ['km/s', 'pc/yr', 1.0227121650537077e-6],
  ['10**-16erg/(s.cm**2)', 'W/m**2', 1e-19],
  ['Jy', 'W.m**-2.Hz**-1', 1e-26],
  ['mJy', 'erg/s/cm**2/Hz', 1e-26],
  ['eV', 'J', 1.602176634e-19],
  ['Hz', '1/s', 1],
  ['m**(1/2)', 'sqrt(m)', 1],
  ['AU', 'm', 149_597_870_700],
  ['kg.m/s**2', 'N', 1],
  ['%', '0.01', 1],
  ['Mpc', 'kpc', 1000],
  ['mmag', 'mag', 0.001],
  // astropy.units 7.2, format vounit
  ['mdeg', 'arcsec', 3.6],
  ['marcmin', 'mas', 60],
  ['kd', 'yr', 2.737850787132101],
  ['MsolMass', 'kg', 1.988409870698051e36],
  ['u', 'kg', 1.66053906892e-27],
  ['Ry', 'eV', 13.60569312299],
  ['YiB', 'byte', 2 ** 80],
])('one %s is so many %s: %d', (from, to, expected) => {
  const found = factor(from, to) ?? NaN;
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);
});

test.each([
  ['deg', 'm'],
  ['m', 'm**2'],
  ['eV', 'Hz'],
  ['mag', 'Jy'],
  ['count', 'photon'],
  ['dB', 'bit'],
  ['Sun', 'solMass'],
])('%s is never %s', (from, to) => {
  expect(factor(from, to)).toBeNull();
});

test.each([
  ['', 'There is no unit.'],
  ['furlong', 'There is no unit "furlong".'],
  ['kmas', 'There is no unit "kmas".'],
  ['micron', 'There is no unit "micron": write um.'],
  ['Degrees', 'There is no unit "Degrees": write deg.'],
  ['km/sec', 'There is no unit "sec": write s.'],
  ['pct', 'There is no unit "pct": write %.'],
  ['Msun/yr', 'There is no unit "Msun": write solMass.'],
  ['\u00b5m', 'VOUnits has no such sign: write u for micro, as in um.'],
  ['\u00c5', 'VOUnits has no such sign: write Angstrom.'],
  ['m\u00b2', 'VOUnits has no such sign: write powers with **, as in m**2.'],
  ['m^2', '"^2" is not understood'],
  ['m s', '" s" is not understood'],
  ['kg/m.s', 'put it in parentheses, kg/(m.s)'],
  ['m**', 'it ends too early'],
  ['(m', 'it ends too early'],
  ['log(Hz)', 'Units with log(...) cannot be converted.'],
])('"%s" is no unit: %s', (text, problem) => {
  expect(() => parseUnit(text)).toThrow(UnitError);
  expect(() => parseUnit(text)).toThrow(problem);
});
