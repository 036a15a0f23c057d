/** A name as TAP_SCHEMA declares it, read by the rules of ADQL (ADQL 2.1, "Identifiers"). */
export interface DeclaredName {
  /** Without quotes, as declared. */
  readonly name: string;
  readonly delimited: boolean;
  /** What PostgreSQL calls it: regular names fold to lower case, delimited ones stay. */
  readonly sqlName: string;
}

const identifier = /(?:"((?:[^"]|"")+)"|([A-Za-z][A-Za-z0-9_]*))(\.|$)/y;

/** `ivoa.obscore`, `"size"` or `"2mass"."J-H"` in its parts; undefined when it is no ADQL name. */
export function readDeclaredName(text: string): readonly DeclaredName[] | undefined {
  const parts: DeclaredName[] = [];
  identifier.lastIndex = 0;
  for (let more = true; more;) {
    const match = identifier.exec(text);
    if (match === null) return undefined;
    const [, quoted, regular = ''] = match;
    parts.push(
      quoted === undefined
        ? { name: regular, delimited: false, sqlName: regular.toLowerCase() }
        : delimitedName(quoted.replaceAll('""', '"')),
    );
    more = match[3] === '.';
  }
  return parts;
}

function delimitedName(name: string): DeclaredName {
  return { name, delimited: true, sqlName: name };
}
