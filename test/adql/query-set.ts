import { SaxesParser } from 'saxes';

/** One query of a set in the format of the IVOA's validation suite (lyonetia, queries.xsd). */
export interface QueryOfSet {
  readonly uuid: string;
  readonly description: string;
  readonly adql: string;
  readonly isValid: boolean;
  readonly language: 'ADQL-2.0' | 'ADQL-2.1';
  /** Names of the user defined functions declared for the set or for this query alone. */
  readonly functions: readonly string[];
}

interface Draft {
  attributes: Readonly<Record<string, string>>;
  description: string;
  adql: string;
  adqlAttributes: Readonly<Record<string, string>>;
  functions: string[];
}

/** XML of a query set -> its queries in their order. Throws on XML that is not well-formed. */
export function readQuerySet(xml: string): readonly QueryOfSet[] {
  const queries: QueryOfSet[] = [];
  const declared: string[] = [];
  let draft: Draft | null = null;
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    if (name === 'query') draft = newDraft(attributes);
    if (name === 'adql' && draft !== null) draft.adqlAttributes = attributes;
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('cdata', (piece) => (text += piece));
  parser.on('closetag', ({ name }) => {
    if (name === 'form') (draft?.functions ?? declared).push(nameOfForm(text));
    if (draft === null) return;
    if (name === 'adql') draft.adql = text;
    if (name === 'description' && draft.description === '') draft.description = text.trim();
    if (name !== 'query') return;
    queries.push(finish(draft, declared));
    draft = null;
  });
  parser.write(xml).close();
  return queries;
}

function newDraft(attributes: Readonly<Record<string, string>>): Draft {
  return { attributes, description: '', adql: '', adqlAttributes: {}, functions: [] };
}

function finish(draft: Draft, declared: readonly string[]): QueryOfSet {
  const version = draft.adqlAttributes['version'] ?? 'adql-2.1';
  return {
    uuid: draft.attributes['uuid'] ?? '',
    description: draft.description.replaceAll(/\s+/g, ' '),
    adql: draft.adql,
    isValid: draft.adqlAttributes['valid']?.trim().toLowerCase() === 'true',
    language: version.trim().toLowerCase().endsWith('2.0') ? 'ADQL-2.0' : 'ADQL-2.1',
    functions: [...declared, ...draft.functions],
  };
}

/** `f(a INTEGER) -> REAL` declares f. */
function nameOfForm(form: string): string {
  return form.split('(')[0]?.trim() ?? '';
}
