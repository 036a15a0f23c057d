import type { z } from 'zod';
import { type Setting, settings } from './settings.ts';

type Settings = typeof settings;

/** Settings without a default are null when absent. */
export type Config = {
  readonly [Key in keyof Settings]:
    z.output<Settings[Key]['schema']> | (Settings[Key]['default'] extends string ? never : null);
};

/**
 * Reads the settings; one that is empty counts as absent.
 * @throws Error whose message has a line for each setting that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, row] of Object.entries(settings)) {
    const given = nonEmpty(environment[row.name]) ?? defaultOf(row, environment);
    const result = given === null ? { data: null, error: undefined } : row.schema.safeParse(given);
    values[key] = result.data;
    if (result.error !== undefined) {
      problems.push(
        `${row.name}=${given ?? ''}: ${result.error.issues[0]?.message ?? 'is wrong'}.`,
      );
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return values as Config;
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/**
 * In a database of the operator nobody wants TESS images unasked, and most have 100 connections for
 * all that use them.
 */
const foreignDefaults: Readonly<Record<string, string>> = {
  [settings.sample.name]: 'false',
  [settings.slowReaderConnections.name]: '20',
};

function defaultOf(
  row: Setting<z.ZodType, string | null>,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const isForeign = nonEmpty(environment[settings.databaseUrl.name]) !== null;
  return (isForeign ? foreignDefaults[row.name] : undefined) ?? row.default;
}
