import { z } from 'zod';
import { cloudAccessRights } from '../cloud/cloud-access.ts';
import { messageOf } from '../database/error-fields.ts';
import { LoadError } from './load-error.ts';

/** How the value of one ObsCore column follows from an object's key and size. */
export type Rule =
  | { readonly kind: 'constant'; readonly value: string | number }
  /** Text with `{part}`, `{key}` or `{lookup.column}` in it. NULL when one of them is. */
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'number'; readonly part: string }
  /** `lookup.column`. NULL when the look-up table has no such row. */
  | { readonly kind: 'lookup'; readonly name: string }
  /** A part that is a time stamp in UTC, as Modified Julian Date. */
  | { readonly kind: 'mjd'; readonly part: string }
  /** The object's size in kbyte of 1000 bytes, rounded up; `otherwise` when it is 0. */
  | { readonly kind: 'size'; readonly otherwise: number }
  | { readonly kind: 'sum'; readonly terms: readonly Rule[] }
  | { readonly kind: 'quotient'; readonly dividend: Rule; readonly divisor: Rule };

const rule: z.ZodType<Rule> = z.lazy(() =>
  z.union(
    [
      z
        .strictObject({ constant: z.union([z.string().min(1), z.number()]) })
        .transform(({ constant: value }): Rule => ({ kind: 'constant', value })),
      z
        .strictObject({ template: z.string().min(1) })
        .transform(({ template }): Rule => ({ kind: 'template', template })),
      z
        .strictObject({ number: z.string() })
        .transform(({ number: part }): Rule => ({ kind: 'number', part })),
      z
        .strictObject({ lookup: z.string() })
        .transform(({ lookup: name }): Rule => ({ kind: 'lookup', name })),
      z
        .strictObject({ mjd: z.string(), format: z.literal('YYYYDDDHHMMSS') })
        .transform(({ mjd: part }): Rule => ({ kind: 'mjd', part })),
      z
        .strictObject({ size: z.literal('kbyte'), otherwise: z.int().positive() })
        .transform(({ otherwise }): Rule => ({ kind: 'size', otherwise })),
      z
        .strictObject({ sum: z.array(rule).min(2) })
        .transform(({ sum: terms }): Rule => ({ kind: 'sum', terms })),
      z
        .strictObject({ quotient: z.tuple([rule, rule]) })
        .transform(({ quotient: [dividend, divisor] }): Rule => ({
          kind: 'quotient',
          dividend,
          divisor,
        })),
    ],
    {
      error:
        'is no rule. Write one of {"constant": ...}, {"template": "..."}, {"number": "part"}, ' +
        '{"lookup": "table.column"}, {"mjd": "part", "format": "YYYYDDDHHMMSS"}, ' +
        '{"size": "kbyte", "otherwise": n}, {"sum": [rule, rule]} or {"quotient": [rule, rule]}',
    },
  ),
);

const definition = z.strictObject({
  description: z.string(),
  location: z.strictObject({
    provider: z.enum(['aws', 'gcp']),
    bucket: z.string().min(1),
    region: z.string().min(1),
    access: z.enum(cloudAccessRights),
  }),
  /** A JavaScript regular expression over the whole key; its named groups are the parts. */
  key: z.string(),
  lookups: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, 'look-up names are lower case letters, digits and _'),
      z.strictObject({ file: z.string(), by: z.array(z.string()).min(1) }),
    )
    .default({}),
  columns: z.record(z.string(), rule),
});

/** How a collection's rows follow from a list of its objects (schema/collections/README.md). */
export type CollectionDefinition = z.infer<typeof definition>;

/** Reads the text of a `collection.json`; `source` names it in the LoadError that tells each fault. */
export function readCollectionDefinition(text: string, source: string): CollectionDefinition {
  const read = definition.safeParse(parseJson(text, source));
  if (read.success) return read.data;
  const faults = read.error.issues.map(
    ({ path, message }) => `  ${path.length === 0 ? 'the file' : path.join('.')}: ${message}`,
  );
  throw new LoadError([`${source} is no collection definition:`, ...faults].join('\n'));
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LoadError(`${source} is no JSON: ${messageOf(cause)}`, { cause });
  }
}
