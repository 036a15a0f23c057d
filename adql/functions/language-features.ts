import { geometryFunctions } from './geometry-functions.ts';
import { formOf } from './signature.ts';
import { signatures } from './signatures.ts';

/** The optional parts of ADQL 2.1 (section 9 of the standard), by the last words of their TAPRegExt type. */
export type FeatureGroup =
  | 'adqlgeo'
  | 'udf'
  | 'adql-string'
  | 'adql-common-table'
  | 'adql-sets'
  | 'adql-type'
  | 'adql-conditional'
  | 'adql-unit'
  | 'adql-offset';

export interface LanguageFeature {
  readonly group: FeatureGroup;
  /** `LOWER`, or `ivo_to_mjd(d TIMESTAMP) -> DOUBLE PRECISION`. */
  readonly form: string;
  readonly description: string | null;
}

const keywords: Readonly<Record<Exclude<FeatureGroup, 'udf'>, readonly string[]>> = {
  adqlgeo: geometryFunctions,
  'adql-string': ['LOWER', 'UPPER', 'ILIKE'],
  'adql-common-table': ['WITH'],
  'adql-sets': ['UNION', 'EXCEPT', 'INTERSECT'],
  'adql-type': ['CAST'],
  'adql-conditional': ['COALESCE'],
  'adql-unit': ['IN_UNIT'],
  'adql-offset': ['OFFSET'],
};

/** What the capabilities declare: everything in it works, and nothing else does. */
export const languageFeatures: readonly LanguageFeature[] = [
  ...Object.entries(keywords).flatMap(([group, forms]) =>
    forms.map((form): LanguageFeature => ({
      group: group as FeatureGroup,
      form,
      description: null,
    })),
  ),
  ...signatures
    .filter((signature) => signature.group === 'udf')
    .map((signature): LanguageFeature => ({
      group: 'udf',
      form: formOf(signature),
      description: signature.description,
    })),
];
