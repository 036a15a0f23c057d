/** How people and other syntaxes (FITS, CDS, OGIP, full names) call units, and what VOUnits writes. */
const groups: readonly (readonly [names: string, symbol: string])[] = [
  ['degree degr', 'deg'],
  ['arcminute minute_of_arc', 'arcmin'],
  ['arcsecond asec arcs', 'arcsec'],
  ['milliarcsecond milliarcsec marcs masec', 'mas'],
  ['microarcsecond microarcsec muas', 'uas'],
  ['radian', 'rad'],
  ['steradian', 'sr'],
  ['second sec', 's'],
  ['millisecond msec', 'ms'],
  ['minute mins', 'min'],
  ['hour hr hrs', 'h'],
  ['day', 'd'],
  ['year', 'yr'],
  ['meter metre', 'm'],
  ['kilometer kilometre', 'km'],
  ['centimeter centimetre', 'cm'],
  ['millimeter millimetre', 'mm'],
  ['micrometer micrometre micron mum', 'um'],
  ['nanometer nanometre', 'nm'],
  ['ang', 'Angstrom'],
  ['parsec', 'pc'],
  ['kiloparsec', 'kpc'],
  ['megaparsec', 'Mpc'],
  ['lightyear light_year ly', 'lyr'],
  ['hertz', 'Hz'],
  ['kilohertz khz', 'kHz'],
  ['megahertz', 'MHz'],
  ['gigahertz ghz', 'GHz'],
  ['kelvin', 'K'],
  ['gram', 'g'],
  ['kilogram', 'kg'],
  ['joule', 'J'],
  ['watt', 'W'],
  ['jansky', 'Jy'],
  ['millijansky', 'mJy'],
  ['electronvolt', 'eV'],
  ['magnitude mags', 'mag'],
  ['msun solmass m_sun', 'solMass'],
  ['lsun sollum l_sun', 'solLum'],
  ['rsun solrad r_sun', 'solRad'],
  ['percent pct', '%'],
];

const symbolByName: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([names, symbol]) => names.split(' ').map((name) => [name, symbol] as const)),
);

/** The VOUnits symbol of a unit that goes by another name, in any case, one or many; null for others. */
export function symbolOf(name: string): string | null {
  const lowerCase = name.toLowerCase();
  return symbolByName.get(lowerCase) ?? symbolByName.get(lowerCase.replace(/s$/, '')) ?? null;
}
