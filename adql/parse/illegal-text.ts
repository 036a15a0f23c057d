import { AdqlError } from '../error.ts';

/** What people write from other languages, the longer before the shorter, and what ADQL has. */
const advice: readonly (readonly [text: string, message: string])[] = [
  ['==', 'ADQL compares with a single =.'],
  ['=~', 'ADQL has no regular expressions: use LIKE with the wildcards % and _.'],
  ['=>', 'ADQL has no => operator: "greater or equal" is >=.'],
  ['=<', 'ADQL has no =< operator: "less or equal" is <=.'],
  ['->', "ADQL reads no JSON: cloud_uri(cloud_access, 'aws') gives the S3 URI."],
  ['::', 'ADQL has no :: casts: write CAST(value AS TYPE).'],
  ['/*', 'ADQL has no /* */ comments: a comment begins with -- and ends with the line.'],
  ['//', 'ADQL has no // comments: a comment begins with --.'],
  ['<<', 'ADQL has no bit operators.'],
  ['>>', 'ADQL has no bit operators.'],
  ['&&', 'ADQL has no && operator: write AND, or INTERSECTS(...) = 1 for shapes.'],
  ['&', 'ADQL has no bit operators; conditions are combined with AND.'],
  ['|', 'ADQL has no | operator: strings are joined with ||, conditions combined with OR.'],
  ['!~', 'ADQL has no regular expressions: use NOT LIKE with the wildcards % and _.'],
  ['!', 'ADQL has no ! operator: write NOT, or <> for "not equal".'],
  ['~', 'ADQL has no regular expressions: use LIKE with the wildcards % and _.'],
  ['%', 'ADQL has no % operator: write MOD(x, y).'],
  ['^', 'ADQL has no ^ operator: write POWER(x, y).'],
  ['`', 'Back-ticks are not ADQL: a name is quoted with double quotes: "name".'],
  ['[', 'Brackets are not ADQL: a name is quoted with double quotes: "name".'],
  [']', 'Brackets are not ADQL: a name is quoted with double quotes: "name".'],
  ['{', 'Braces are not ADQL. Was a placeholder of a program left unfilled?'],
  ['}', 'Braces are not ADQL. Was a placeholder of a program left unfilled?'],
  ['?', 'ADQL has no parameters: write the value itself in place of the question mark.'],
  [':', 'ADQL has no parameters and no colons: write the value itself.'],
  ['@', 'ADQL has no variables: write the value itself.'],
  ['$', 'ADQL has no parameters: write the value itself. A name with $ needs double quotes.'],
  ['#', 'ADQL has no # comments: a comment begins with --.'],
  ['\\', 'A backslash is not ADQL; in strings it is an ordinary character.'],
  ['\u2018', "Typographic quotes are not ADQL: strings stand in straight quotes: 'text'."],
  ['\u2019', "Typographic quotes are not ADQL: strings stand in straight quotes: 'text'."],
  ['\u201c', 'Typographic quotes are not ADQL: names stand in straight double quotes: "name".'],
  ['\u201d', 'Typographic quotes are not ADQL: names stand in straight double quotes: "name".'],
  ['\u00b0', 'Numbers have no unit in ADQL; angles are in degrees anyway.'],
  ['\u2032', 'Angles are decimal degrees in ADQL, without signs for minutes and seconds.'],
  ['\u2033', 'Angles are decimal degrees in ADQL, without signs for minutes and seconds.'],
  ['\u2013', 'This dash is not a minus sign: write -.'],
  ['\u2014', 'This dash is not a minus sign: write -.'],
  ['\u2212', 'This minus sign is not ASCII: write -.'],
  ['\u00d7', 'The multiplication sign of ADQL is *.'],
  ['\u2264', '"Less or equal" is written <= in ADQL.'],
  ['\u2265', '"Greater or equal" is written >= in ADQL.'],
  ['\u2260', '"Not equal" is written <> in ADQL.'],
  ['\u00a0', 'A no-break space stands here, often copied from a web page: write a plain space.'],
  ['\ufeff', 'An invisible byte order mark stands here: remove it.'],
];

/** Why no token of ADQL begins at `start`, and what to write instead. */
export function illegalText(adql: string, start: number): AdqlError {
  const known = adviceByPlace(adql, start) ?? advice.find(([text]) => adql.startsWith(text, start));
  if (known !== undefined) {
    return new AdqlError('syntax', known[1], { start, end: start + known[0].length });
  }
  const name = /^[\p{L}\p{N}_]+/u.exec(adql.slice(start, start + 100))?.[0];
  if (name !== undefined) return irregularName(adql, { start, end: start + name.length });
  const code = adql.codePointAt(start) ?? 0;
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const end = start + String.fromCodePoint(code).length;
  return new AdqlError('syntax', `The character ${shown} is not allowed here.`, { start, end });
}

/** A bracket or colon means different things by what stands before it. */
function adviceByPlace(adql: string, start: number): readonly [string, string] | null {
  const sign = adql.charAt(start);
  const before = adql.slice(Math.max(0, start - 20), start);
  if (sign === '[' && /\bin\s*$/i.test(before)) {
    return [sign, 'A list stands in parentheses: IN (1, 2).'];
  }
  if (sign === '[' && /[\w"]$/.test(before)) {
    return [sign, 'ADQL cannot write arrays, nor take single elements out of them.'];
  }
  if (sign === ':' && /\d$/.test(before) && /^:\d/.test(adql.slice(start, start + 2))) {
    const message = "Angles are decimal degrees: ivo_hms_to_degrees('12:30:45') converts hours.";
    return [sign, message];
  }
  return null;
}

function irregularName(adql: string, end: { start: number; end: number }): AdqlError {
  // In `gr\u00f6\u00dfe` the name begins before the character that made it irregular.
  const before = /[A-Za-z][A-Za-z0-9_]*$/.exec(adql.slice(Math.max(0, end.start - 100), end.start));
  const span = { start: end.start - (before?.[0].length ?? 0), end: end.end };
  const name = adql.slice(span.start, span.end);
  const message =
    'A name without quotes begins with a letter A-Z and holds only letters A-Z, digits and _. ' +
    `Write it in double quotes: "${name}".`;
  return new AdqlError('syntax', message, span);
}
